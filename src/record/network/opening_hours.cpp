#include "record/network/opening_hours.h"

#include <algorithm>
#include <array>

namespace verbatim::network {
namespace {

constexpr std::array<std::string_view, 9> days = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

// A list "A,B-C" whose every end satisfies `known`.
template <class F>
bool ranges(std::string_view list, const F& known) {
    for (;;) {
        const std::size_t comma = list.find(',');
        const std::string_view range = list.substr(0, comma);
        const std::size_t dash = range.find('-');
        if (!known(range.substr(0, dash))) return false;
        if (dash != std::string_view::npos && !known(range.substr(dash + 1))) return false;
        if (comma == std::string_view::npos) return true;
        list.remove_prefix(comma + 1);
    }
}

bool is_day(std::string_view word) { return std::find(days.begin(), days.end(), word) != days.end(); }
bool is_month(std::string_view word) { return std::find(months.begin(), months.end(), word) != months.end(); }

// 00:00 to 26:00, for a bar that closes after midnight.
bool is_time(std::string_view word) {
    const auto digit = [&](std::size_t at) { return word[at] >= '0' && word[at] <= '9'; };
    if (word.size() != 5 || word[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return false;
    const int minutes = ((word[0] - '0') * 10 + word[1] - '0') * 60 + (word[3] - '0') * 10 + word[4] - '0';
    return word[3] <= '5' && minutes <= 26 * 60;
}

// "08:00-18:30", also "17:00+".
bool is_time_span(std::string_view list) {
    for (;;) {
        const std::size_t comma = list.find(',');
        const std::string_view span = list.substr(0, comma);
        const bool open_end = span.size() == 6 && span[5] == '+' && is_time(span.substr(0, 5));
        if (!open_end && (span.size() != 11 || span[5] != '-' || !is_time(span.substr(0, 5)) || !is_time(span.substr(6)))) return false;
        if (comma == std::string_view::npos) return true;
        list.remove_prefix(comma + 1);
    }
}

bool is_rule(std::string_view rule) {
    if (rule == "24/7" || rule == "off" || rule == "closed") return true;
    int stage = 0;  // 1: months were read, 2: days, 3: times, off or closed
    while (!rule.empty()) {
        const std::size_t space = std::min(rule.find(' '), rule.size());
        std::string_view word = rule.substr(0, space);
        rule = trimmed(rule.substr(space));
        if (word.back() == ',' && !rule.empty()) {  // "Mo, Tu" and "08:00-12:00, 13:00-17:00"
            word.remove_suffix(1);
            if (word.empty()) return false;
        }
        const int kind = is_time_span(word) || word == "off" || word == "closed" ? 3 : ranges(word, is_day) ? 2 : ranges(word, is_month) ? 1 : 0;
        if (kind == 0 || kind < stage) return false;
        stage = kind;
    }
    return stage == 3;
}

}  // namespace

bool is_opening_hours(std::string_view text) {
    if (text.size() > 500 || text.empty()) return false;
    for (;;) {
        const std::size_t end = text.find(';');
        const std::string_view rule = trimmed(text.substr(0, end));
        const bool last = end == std::string_view::npos;
        if (rule.empty() ? !last : !is_rule(rule)) return false;
        if (last) return true;
        text.remove_prefix(end + 1);
    }
}

}  // namespace verbatim::network
