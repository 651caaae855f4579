#include "life/gather/words.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "ground/base/calendar.h"
#include "ground/formats/lines.h"
#include "ground/formats/utf8.h"

namespace verbatim::gather {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t longest_name = 300;    // bytes: id, source, subject, author
constexpr std::size_t longest_title = 2000;  // bytes
constexpr double usual_most = 5;

// The members as texts; a view into the line or the parser's memory, empty where absent.
struct Texts {
    std::string_view id, source, lang, subject, rating, rating_max, title, body, date, author;

    std::string_view* of(std::string_view name) {
        switch (name.empty() ? '\0' : name[0]) {
            case 'i': return name == "id" ? &id : nullptr;
            case 's': return name == "source" ? &source : name == "subject" ? &subject : nullptr;
            case 'l': return name == "lang" ? &lang : nullptr;
            case 'r': return name == "rating" ? &rating : name == "rating_max" ? &rating_max : nullptr;
            case 't': return name == "title" ? &title : nullptr;
            case 'b': return name == "body" ? &body : nullptr;
            case 'd': return name == "date" ? &date : nullptr;
            case 'a': return name == "author" ? &author : nullptr;
            default: return nullptr;
        }
    }
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

Error bad(std::string_view member, std::string_view value, std::string_view why) {
    return invalid("bad_" + std::string(member), std::string(member) + " \"" + truncate_code_points(value, 60) + "\" " + std::string(why), std::string(member));
}

// "fr", "FR", "fr-FR", "fr_FR" are French; anything else is for the detector.
std::string language(std::string_view text) {
    const std::string_view first = text.substr(0, text.find_first_of("-_"));
    std::string code;
    for (const char c : first) {
        if (c >= 'A' && c <= 'Z') code += static_cast<char>(c - 'A' + 'a');
        else if (c >= 'a' && c <= 'z') code += c;
        else return {};
    }
    return code.size() == 2 ? code : std::string();
}

Result<std::optional<int>> stars(const Texts& texts) {
    const std::string_view text = trimmed(texts.rating), most_text = trimmed(texts.rating_max);
    if (text.empty()) return std::optional<int>();
    const auto rating = number(text);
    if (!rating) return bad("rating", text, "is no number");
    const auto most = most_text.empty() ? std::optional(usual_most) : number(most_text);
    if (!most) return bad("rating_max", most_text, "is no number");
    const auto scaled = to_stars(*rating, *most);
    if (!scaled.ok()) return scaled.error();
    return std::optional<int>(*scaled);
}

Result<Words> words_from(const Texts& texts) {
    Words words;
    const std::pair<std::string_view, std::string_view> names[] = {{"id", texts.id}, {"source", texts.source}, {"subject", texts.subject}, {"author", texts.author}};
    std::string* const places[] = {&words.id, &words.source, &words.subject, &words.author};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        const auto& [name, text] = names[i];
        const std::string_view value = trimmed(text);
        if (value.empty() && i < 3) return invalid("missing", std::string(name) + " is missing", std::string(name));
        if (value.size() > longest_name) return bad(name, value, "is longer than 300 bytes");
        if (std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) return bad(name, "...", "holds a control character");
        *places[i] = value;
    }
    if (texts.title.size() > longest_title) return bad("title", texts.title, "is longer than 2000 bytes");
    if (texts.title.find('\0') != std::string_view::npos || texts.body.find('\0') != std::string_view::npos) return invalid("nul", "a NUL character in the text");
    auto rating = stars(texts);
    if (!rating.ok()) return rating.error();
    words.rating = *rating;
    if (!words.rating && trimmed(texts.body).empty()) return invalid("missing", "neither rating nor body", "body");
    if (const std::string_view date = trimmed(texts.date); !date.empty()) {
        const auto moment = parse_moment(date);
        if (!moment) return bad("date", date, "is no ISO 8601 date");
        words.written_at = *moment;
    }
    words.lang = language(trimmed(texts.lang));
    words.title = texts.title;
    words.body = texts.body;
    return words;
}

// A member's text; nothing for null. Throws on lists and objects.
std::string_view text_of(ondemand::value value) {
    switch (value.type().value()) {
        case ondemand::json_type::string: return value.get_string().value();
        case ondemand::json_type::number: {
            const std::string_view token = trimmed(value.raw_json_token());
            value.get_double().value();  // throws where it is malformed
            return token;
        }
        case ondemand::json_type::null:
            if (!value.is_null()) throw simdjson::simdjson_error(simdjson::N_ATOM_ERROR);
            return {};
        default: throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    }
}

}  // namespace

Result<int> to_stars(double rating, double most) {
    if (!(most > 0) || most > 1000) return invalid("bad_rating_max", "rating_max is a number above 0, at most 1000", "rating_max");
    if (!(rating >= 0) || rating > most) return invalid("bad_rating", "rating is a number from 0 to rating_max", "rating");
    return std::clamp(static_cast<int>(std::floor(rating * 5 / most + 0.5)), 1, 5);
}

Result<Words> words_from_json(std::string_view line) {
    thread_local ondemand::parser parser;
    const auto broken = [](const std::string& why) { return invalid("bad_json", "not a JSON object: " + why); };
    Texts texts;
    try {
        auto document = parser.iterate(simdjson::padded_string_view(line.data(), line.size(), line.size() + LineReader::padding)).value();
        unsigned seen = 0;
        ondemand::object object = document.get_object().value();
        for (auto member : object) {
            const std::string_view name = member.unescaped_key().value();
            std::string_view* place = texts.of(name);
            if (!place) continue;
            const unsigned bit = 1u << (place - &texts.id);
            if (seen & bit) return broken("\"" + std::string(name) + "\" is given twice");
            seen |= bit;
            *place = text_of(member.value().value());
        }
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return broken("something follows it on the line");
    } catch (const simdjson::simdjson_error& error) {
        if (error.error() == simdjson::INCORRECT_TYPE) return broken("a member is neither text nor number, or the line holds something else");
        return broken(error.what());
    }
    return words_from(texts);
}

Result<Words> words_from_row(const intake::Row& row) {
    Texts texts;
    for (const intake::Field& field : row.fields())
        if (std::string_view* place = texts.of(field.name)) *place = field.value;
    return words_from(texts);
}

}  // namespace verbatim::gather
