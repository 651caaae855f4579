#include "engine/render/value_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace verbatim::render {
namespace {

void append_plain(std::string& out, const Json& value) {
    std::array<char, 32> digits;
    if (value.is_string()) {
        out += value.get_ref<const std::string&>();
    } else if (value.is_number_integer()) {
        out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value.get<std::int64_t>()).ptr);
    } else if (value.is_number_float()) {
        out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value.get<double>()).ptr);
    } else if (value.is_boolean()) {
        out += value.get<bool>() ? "true" : "false";
    }
}

// Numbers, and texts that are numbers ("4.56", as ratings are computed in decimals).
std::pair<bool, double> as_number(const Json& value) {
    if (value.is_number()) return {true, value.get<double>()};
    if (!value.is_string()) return {false, 0};
    const auto& text = value.get_ref<const std::string&>();
    double real = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), real);
    return {error == std::errc() && end == text.data() + text.size(), real};
}

// A length of an SVG whose whole is 100: at most one decimal, a dot, whatever the language.
void append_length(std::string& out, double value) {
    std::array<char, 32> digits;
    const double rounded = std::round(std::clamp(value, 0.0, 100.0) * 10) / 10;
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), rounded).ptr);
}

// "<" and "&" as \u003c and \u0026, U+2028 and U+2029 as escapes: still the same JSON, and nothing in it can end the
// script element or start a comment (html.spec.whatwg.org, restrictions for contents of script elements).
void append_json_for_script(std::string& out, std::string_view json) {
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string_view rest = json.substr(i, 3);
        if (json[i] == '<') {
            out += "\\u003c";
        } else if (json[i] == '>') {
            out += "\\u003e";
        } else if (json[i] == '&') {
            out += "\\u0026";
        } else if (rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9") {
            out += rest == "\xE2\x80\xA8" ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += json[i];
        }
    }
}

// Days and hours from two days on, hours and minutes from one hour on; the words are the catalogue's.
void append_duration(std::string& out, Seconds seconds, const LocaleImpl& locale) {
    const Seconds length = seconds < 0 ? -seconds : seconds;
    const auto say = [&](std::string_view key, Seconds big, Seconds small) {
        const std::array<Argument, 2> arguments = {Argument{"big", std::int64_t{big}}, Argument{"small", std::int64_t{small}}};
        locale.append_text(out, key, arguments);
    };
    if (length >= 2 * one_day) return say("duration.days", length / one_day, length % one_day / one_hour);
    if (length >= one_hour) return say("duration.hours", length / one_hour, length % one_hour / one_minute);
    say(length >= one_minute ? "duration.minutes" : "duration.moment", length / one_minute, 0);
}

}  // namespace

void append_value(std::string& out, Function function, const Json& value, const LocaleImpl& locale, std::string_view timezone) {
    const auto [number, real] = as_number(value);
    switch (function) {
        case Function::date:
            if (value.is_number_integer()) return locale.append_date(out, date_of(value.get<Seconds>()));
            if (value.is_string())
                if (const auto date = parse_date(value.get_ref<const std::string&>())) return locale.append_date(out, *date);
            break;
        case Function::datetime:
            if (value.is_number_integer()) {
                out += locale.date_time(value.get<Seconds>(), timezone);
                return;
            }
            break;
        case Function::iso:
            if (value.is_number_integer()) {
                out += format_moment(value.get<Seconds>());
                return;
            }
            break;
        case Function::number:
            if (number) return locale.append_number(out, real);
            break;
        case Function::decimal:
            if (value.is_number_integer()) return locale.append_number(out, real);  // a review's own stars: 4, not 4,0
            if (number) {
                out += locale.number(real, 1);
                return;
            }
            break;
        case Function::percent:
            if (number) {
                out += locale.percent(real);
                return;
            }
            break;
        case Function::rate:
            if (number) {
                out += locale.rate(real);
                return;
            }
            break;
        case Function::bar:
            if (number) return append_length(out, real * 100);
            break;
        case Function::stars:
            if (number) return append_length(out, real * 20);
            break;
        case Function::duration:
            if (number) return append_duration(out, static_cast<Seconds>(real), locale);
            break;
        case Function::country:
            if (value.is_string()) {
                out += locale.country(value.get_ref<const std::string&>());
                return;
            }
            break;
        case Function::language:
            if (value.is_string()) {
                out += locale.language_name(value.get_ref<const std::string&>());
                return;
            }
            break;
        case Function::dial:  // RFC 3966: no spaces; visual separators go too
            if (value.is_string())
                for (const char c : value.get_ref<const std::string&>())
                    if ((c >= '0' && c <= '9') || c == '+') out += c;
            return;
        case Function::json:
            if (value.is_string()) return append_json_for_script(out, value.get_ref<const std::string&>());
            return append_json_for_script(out, value.dump(-1, ' ', false, Json::error_handler_t::replace));
        case Function::value:
        case Function::lines:
        case Function::text: break;
    }
    append_plain(out, value);
}

}  // namespace verbatim::render
