#include "ground/base/calendar.h"

#include <array>
#include <cstdio>

namespace verbatim {
namespace {

constexpr std::array<const char*, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::chrono::year_month_day to_chrono(Date date) {
    return std::chrono::year{date.year} / std::chrono::month{static_cast<unsigned>(date.month)} / std::chrono::day{static_cast<unsigned>(date.day)};
}

struct Broken {
    Date date;
    int hour, minute, second, weekday;
};

Broken broken_down(Seconds moment) {
    const Seconds days = moment >= 0 ? moment / one_day : -((-moment + one_day - 1) / one_day);
    const int rest = static_cast<int>(moment - days * one_day);
    const std::chrono::sys_days day{std::chrono::days{days}};
    const std::chrono::year_month_day ymd{day};
    return {{static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())), static_cast<int>(static_cast<unsigned>(ymd.day()))},
            rest / 3600, rest / 60 % 60, rest % 60, static_cast<int>(std::chrono::weekday{day}.c_encoding())};
}

template <class... Args>
std::string print(const char* format, Args... args) {
    std::array<char, 64> text{};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    const int length = std::snprintf(text.data(), text.size(), format, args...);
#pragma GCC diagnostic pop
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
    if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
    const Date date{*year, *month, *day};
    if (!to_chrono(date).ok()) return std::nullopt;
    return date;
}

std::optional<Seconds> parse_moment(std::string_view text) {
    const auto date = parse_date(text);
    if (!date) return std::nullopt;
    Seconds moment = midnight(*date);
    if (text.size() == 10) return moment;
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2);
    if (!hour || !minute || text[13] != ':' || *hour > 23 || *minute > 59) return std::nullopt;
    moment += *hour * one_hour + *minute * one_minute;
    std::size_t at = 16;
    if (at < text.size() && text[at] == ':') {
        const auto second = digits(text, 17, 2);
        if (!second || *second > 60) return std::nullopt;
        moment += *second;
        at = 19;
        if (at < text.size() && text[at] == '.') {
            ++at;
            const auto first = at;
            while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
            if (at == first) return std::nullopt;
        }
    }
    if (at == text.size()) return moment;  // no zone: UTC
    if (text[at] == 'Z') return at + 1 == text.size() ? std::optional(moment) : std::nullopt;
    if (text[at] != '+' && text[at] != '-') return std::nullopt;
    const auto hours = digits(text, at + 1, 2);
    const bool colon = at + 3 < text.size() && text[at + 3] == ':';
    const auto minutes = digits(text, at + (colon ? 4 : 3), 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59 || text.size() != at + (colon ? 6 : 5)) return std::nullopt;
    const Seconds offset = *hours * one_hour + *minutes * one_minute;
    return text[at] == '+' ? moment - offset : moment + offset;
}

std::string format_date(Date date) { return print("%04d-%02d-%02d", date.year, date.month, date.day); }
std::string format_date(Seconds moment) { return format_date(date_of(moment)); }

std::string format_moment(Seconds moment) {
    const auto t = broken_down(moment);
    return print("%04d-%02d-%02dT%02d:%02d:%02dZ", t.date.year, t.date.month, t.date.day, t.hour, t.minute, t.second);
}

std::string format_http_date(Seconds moment) {
    const auto t = broken_down(moment);
    return print("%s, %02d %s %04d %02d:%02d:%02d GMT", weekdays[static_cast<std::size_t>(t.weekday)], t.date.day,
                 months[static_cast<std::size_t>(t.date.month - 1)], t.date.year, t.hour, t.minute, t.second);
}

std::string format_mail_date(Seconds moment) {
    const auto t = broken_down(moment);
    return print("%s, %02d %s %04d %02d:%02d:%02d +0000", weekdays[static_cast<std::size_t>(t.weekday)], t.date.day,
                 months[static_cast<std::size_t>(t.date.month - 1)], t.date.year, t.hour, t.minute, t.second);
}

Date date_of(Seconds moment) { return broken_down(moment).date; }

Seconds midnight(Date date) { return std::chrono::sys_days{to_chrono(date)}.time_since_epoch().count() * one_day; }

Seconds months_before(Seconds moment, int count) {
    const Date date = date_of(moment);
    const auto month = std::chrono::year{date.year} / std::chrono::month{static_cast<unsigned>(date.month)} - std::chrono::months{count};
    const auto last = static_cast<int>(static_cast<unsigned>((month / std::chrono::last).day()));
    const Date then{static_cast<int>(month.year()), static_cast<int>(static_cast<unsigned>(month.month())), date.day < last ? date.day : last};
    return midnight(then) + (moment - midnight(date));
}

}  // namespace verbatim
