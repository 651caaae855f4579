#include "life/plan/letter.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/render/letters.h"
#include "ground/base/calendar.h"
#include "life/plan/words.h"

namespace verbatim::plan {
namespace {

using nlohmann::json;

// Names and their values as a reader sees them, "" where nothing is known.
using Values = std::array<std::pair<std::string_view, std::string>, 6>;

Error lacking(std::string_view variable, const Template& words) {
    return {ErrorKind::invalid, "no_words", "nothing is known for {" + std::string(variable) + "} of the template " + words.name, std::string(variable)};
}

const std::string* value_of(const Values& values, std::string_view name) {
    for (const auto& [known, value] : values)
        if (known == name) return value.empty() ? nullptr : &value;
    return nullptr;
}

Result<std::string> fill(const std::string& line, const Values& values, const Template& words) {
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
        const auto open = line.find('{', at);
        out += line.substr(at, open == std::string::npos ? std::string::npos : open - at);
        if (open == std::string::npos) break;
        const auto close = line.find('}', open);
        const auto name = std::string_view(line).substr(open + 1, close == std::string::npos ? close : close - open - 1);
        const auto* value = value_of(values, name);
        if (!value) return lacking(name, words);
        out += *value;
        if (close == std::string::npos) break;
        at = close + 1;
    }
    return out;
}

constexpr std::string_view parts[] = {"lead.", "body.", "one.", "two.", "three."};

}  // namespace

std::int64_t anchor_day(const Trigger& trigger, const Vehicle& vehicle, std::int64_t due_day) {
    if (!trigger.anchor || !is_day(*trigger.anchor) || trigger.every_months != 0) return due_day;
    const auto day = vehicle.day_of(*trigger.anchor);
    return day == unknown_day ? due_day : day;
}

int anchor_years(const Trigger& trigger, const Vehicle& vehicle, std::int64_t due_day) {
    if (!trigger.anchor || !is_day(*trigger.anchor) || trigger.every_months == 0) return 0;
    const auto day = vehicle.day_of(*trigger.anchor);
    if (day == unknown_day) return 0;
    constexpr double days_of_year = 365.2425, days_of_month = days_of_year / 12;
    const double since = static_cast<double>(due_day - day - trigger.after.days) - trigger.after.months * days_of_month;
    return static_cast<int>(since / days_of_year + 0.5);
}

Result<Letter> write_letter(const Plan& plan, const Campaign& campaign, const Template& words, std::string_view locale, const LetterFacts& facts) {
    const auto& letters = render::letters();
    std::string tag(locale);
    const auto* line = words.subject(locale.substr(0, 2));
    if (!line || !letters.speaks(locale.substr(0, 2))) tag = plan.fallback, line = words.subject(plan.fallback);
    if (!line) return Error{ErrorKind::not_found, "no_words", "the template " + words.name + " has no words in " + tag, {}};
    const auto& own = letters.locale(tag);
    const bool dated = facts.day != unknown_day;
    const Values values{{{"brand", facts.brand}, {"dealer", facts.dealer}, {"first_name", facts.first_name}, {"model", facts.model},
                         {"date", dated ? own.date(facts.day * one_day) : std::string()}, {"year", facts.years > 0 ? std::to_string(facts.years) : std::string()}}};
    auto subject = fill(*line, values, words);
    if (!subject) return subject.error();
    const auto look = look_of(words, campaign.purpose);
    for (const auto part : parts) {
        const auto needed = render::needs(own, std::string(part) + std::string(look.name));
        if (!needed) continue;
        for (const auto& name : *needed)
            if (!value_of(values, name)) return lacking(name, words);
    }
    const bool asks = look.family == "invitation";
    if (asks && facts.site.empty()) return lacking("dealer", words);
    json data{{"LETTER", look.name}, {"FAMILY", look.family}, {"BUTTON", look.button}, {"PURPOSE", name_of(campaign.purpose)}, {"SUBJECT", *subject}, {"LANG", own.tag()},
              {"MODEL", facts.model}, {"DEALER", facts.dealer}, {"SAME", facts.dealer == facts.brand}, {"YEAR", facts.years}, {"PHONE", facts.phone},
              {"FACTS", look.family == "service" || look.family == "notice"},
              {"TARGET", facts.site.empty() ? "/" : asks ? "/review/" + facts.site : "/sites/" + facts.site}};
    if (campaign.opens) data["OPENS"] = true;
    if (dated) data["DATE"] = facts.day * one_day;
    return Letter{std::move(subject).value(), own.language(), std::string(look.family), data.dump()};
}

Rendered render_letter(const Letter& letter, std::string_view brand, std::string_view operator_name, bool notice) {
    auto data = json::parse(letter.data);
    data["BRAND"] = brand, data["OPERATOR"] = operator_name, data["BASE_URL"] = "https://reviews.example", data["PLATFORM_LANG"] = "en";
    if (!data.contains("FIRST_NAME")) data["FIRST_NAME"] = "Claire";
    data["LINK"] = "https://reviews.example/c/sample";
    for (const char* star : {"S1", "S2", "S3", "S4", "S5"}) data["STARS"][star] = "https://reviews.example/c/sample";
    if (notice) data["NOTICE"] = true, data["NOTICE_SOURCE"] = data["DEALER"];
    if (data["PURPOSE"] != "service") data["UNSUBSCRIBE_URL"] = "https://reviews.example/u/sample";
    const auto& letters = render::letters();
    const auto& locale = letters.locale(data["LANG"].get<std::string>());
    return {letters.html(letter.family, locale, data), letters.plain("letter_text", locale, data)};
}

}  // namespace verbatim::plan
