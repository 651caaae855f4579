#include "edge/site/spoken.h"

#include <algorithm>

namespace verbatim::site {
namespace {

// The words in pieces by code points. Spans may meet; the first one has the words.
json segments_of(const Desk& desk, const render::Locale& locale, const std::string& body, std::vector<readings::Span> spans) {
    std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.start != b.start ? a.start < b.start : a.end > b.end; });
    json all = json::array();
    std::size_t point = 0, byte = 0;
    const auto piece = [&](std::size_t until, const std::string& theme) {
        const auto from = byte;
        while (byte < body.size() && point < until) {
            do ++byte;
            while (byte < body.size() && (static_cast<unsigned char>(body[byte]) & 0xC0) == 0x80);
            ++point;
        }
        if (byte > from) all.push_back({{"TEXT", body.substr(from, byte - from)}, {"THEME", theme}});
    };
    for (const auto& span : spans) {
        if (span.end <= point || span.start < point) continue;
        piece(span.start, "");
        piece(span.end, desk.house.theme_name(span.theme, locale.language()));
    }
    piece(std::string::npos, "");
    return all;
}

}  // namespace

json spoken_data(const Desk& desk, const render::Locale& locale, std::string_view subject) {
    const auto found = desk.house.spoken->of(subject);
    json themes = json::array(), summary = json::array();
    for (const auto& one : found.themes) {
        const auto said = one.positive + one.negative;
        if (one.reviews < publish::fewest_mentions || said == 0 || themes.size() == publish::most_spoken) continue;
        themes.push_back({{"NAME", desk.house.theme_name(one.theme, locale.language())}, {"MENTIONS", one.reviews}, {"SHARE", static_cast<double>(one.positive) / static_cast<double>(said)}});
    }
    if (themes.empty()) return nullptr;
    for (const auto& one : found.summary) {
        summary.push_back({{"TEXT", one.text}, {"LANG", one.lang.empty() ? "und" : one.lang}, {"RATING", one.rating}, {"URL", "/" + locale.tag() + "/reviews/" + one.review}, {"ID", one.review}});
    }
    return {{"COUNT", found.reviews}, {"MONTHS", publish::spoken_months}, {"THEMES", themes}, {"SUMMARY", summary}};
}

void mark_themes(const Desk& desk, const render::Locale& locale, json& reviews) {
    std::vector<std::string> ids;
    for (const auto& one : reviews) ids.push_back(one.at("ID").get<std::string>());
    const auto marks = desk.house.spoken->marks(ids);
    for (auto& one : reviews) {
        const auto found = marks.find(one.at("ID").get<std::string>());
        if (found != marks.end()) one["SEGMENTS"] = segments_of(desk, locale, one.at("BODY").get<std::string>(), found->second);
    }
}

}  // namespace verbatim::site
