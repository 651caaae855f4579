#include "record/network/open_times.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/timezone.h>
#include <unicode/unistr.h>
#include <utility>
#include <vector>

#include "record/network/opening_hours.h"

namespace verbatim::network {
namespace {

constexpr std::array<std::string_view, 9> days = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr int horizon = 15;  // days looked at

using Spans = std::vector<std::pair<Seconds, Seconds>>;  // of one day, in seconds from its midnight; may end on the next day

struct Rule {
    unsigned months = 0xFFF;  // bit 0: January
    unsigned days = 0x7F;     // bit 0: Monday; a rule for holidays alone has none
    Spans spans;              // none: closed
};

template <std::size_t N>
unsigned mask_of(std::string_view list, const std::array<std::string_view, N>& words) {
    unsigned mask = 0;
    const auto at = [&](std::string_view word) { return static_cast<unsigned>(std::find(words.begin(), words.end(), word) - words.begin()) % N; };
    for (;;) {
        const auto comma = list.find(',');
        const auto range = list.substr(0, comma);
        const auto dash = range.find('-');
        const auto first = at(range.substr(0, dash));
        if (dash == std::string_view::npos) {
            mask |= 1u << first;
        } else {
            // "Sa-Mo" goes round the week. Holidays are no part of it.
            const unsigned wheel = N == 9 ? 7 : static_cast<unsigned>(N);
            const auto last = at(range.substr(dash + 1));
            if (first < wheel && last < wheel) {
                for (unsigned one = first;; one = (one + 1) % wheel) {
                    mask |= 1u << one;
                    if (one == last) break;
                }
            }
        }
        if (comma == std::string_view::npos) return mask;
        list.remove_prefix(comma + 1);
    }
}

Seconds clock_time(std::string_view word) {
    return ((word[0] - '0') * 10 + word[1] - '0') * one_hour + ((word[3] - '0') * 10 + word[4] - '0') * one_minute;
}

bool is_times(std::string_view word) { return word.size() >= 6 && word[2] == ':'; }

void add_spans(std::string_view list, Spans& spans) {
    for (;;) {
        const auto comma = list.find(',');
        const auto span = list.substr(0, comma);
        if (span.size() >= 6) {
            const auto from = clock_time(span);
            auto until = span[5] == '+' ? one_day : clock_time(span.substr(6));
            if (until <= from) until += one_day;
            spans.emplace_back(from, until);
        }
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

std::vector<Rule> rules_of(std::string_view hours) {
    std::vector<Rule> rules;
    while (!hours.empty()) {
        auto text = hours.substr(0, hours.find(';'));
        hours.remove_prefix(std::min(hours.size(), text.size() + 1));
        Rule rule;
        bool any = false, days_named = false;
        while (!text.empty()) {
            while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
            auto word = text.substr(0, text.find(' '));
            text.remove_prefix(word.size());
            if (!word.empty() && word.back() == ',') word.remove_suffix(1);
            if (word.empty()) continue;
            any = true;
            if (word == "24/7") {
                rule.spans = {{0, one_day}};
            } else if (word == "off" || word == "closed") {
                rule.spans.clear();
            } else if (is_times(word)) {
                add_spans(word, rule.spans);
            } else if (std::find(months.begin(), months.end(), word.substr(0, 3)) != months.end()) {
                const auto mask = mask_of(word, months);
                rule.months = rule.months == 0xFFF ? mask : rule.months | mask;
            } else {
                const auto mask = mask_of(word, days) & 0x7F;
                rule.days = days_named ? rule.days | mask : mask;
                days_named = true;
            }
        }
        if (any) rules.push_back(std::move(rule));
    }
    return rules;
}

// OpenStreetMap: of the rules for a day the last one holds.
const Spans& spans_on(const std::vector<Rule>& rules, Date date, int weekday) {
    static const Spans none;
    for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule) {
        if ((rule->months >> (date.month - 1) & 1) != 0 && (rule->days >> weekday & 1) != 0) return rule->spans;
    }
    return none;
}

class Zone {
public:
    explicit Zone(std::string_view name)
        : zone_(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size()))))) {}
    Seconds offset(Seconds at) const {
        int32_t raw = 0, saving = 0;
        UErrorCode status = U_ZERO_ERROR;
        zone_->getOffset(static_cast<UDate>(at) * 1000.0, false, raw, saving, status);
        return U_FAILURE(status) ? 0 : (raw + saving) / 1000;
    }
    // The moment of a local time. In the hour that a change of clocks skips, the time after it.
    Seconds moment(Seconds local) const {
        auto guess = local - offset(local);
        return local - offset(guess);
    }

private:
    std::unique_ptr<icu::TimeZone> zone_;
};

// The times a site is open around a moment, joined where they touch, in order.
Spans open_times(const std::vector<Rule>& rules, const Zone& zone, Seconds from, int count) {
    Spans all;
    const auto today = (from + zone.offset(from)) / one_day;
    for (Seconds day = today - 1; day < today + count; ++day) {
        const int weekday = static_cast<int>(((day + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
        for (const auto& [opens, closes] : spans_on(rules, date_of(day * one_day), weekday)) {
            all.emplace_back(zone.moment(day * one_day + opens), zone.moment(day * one_day + closes));
        }
    }
    std::sort(all.begin(), all.end());
    Spans joined;
    for (const auto& one : all) {
        if (!joined.empty() && one.first <= joined.back().second) joined.back().second = std::max(joined.back().second, one.second);
        else joined.push_back(one);
    }
    return joined;
}

}  // namespace

Seconds utc_offset(std::string_view timezone, Seconds at) { return timezone.empty() ? 0 : Zone(timezone).offset(at); }

Opening opening_at(std::string_view hours, std::string_view timezone, Seconds at) {
    if (!is_opening_hours(hours)) return {};
    const auto rules = rules_of(hours);
    const Zone zone(timezone.empty() ? "UTC" : timezone);
    const auto times = open_times(rules, zone, at, horizon);
    Opening opening;
    opening.known = true;
    for (const auto& [from, until] : times) {
        if (until <= at) continue;
        if (from <= at) {
            opening.open = true;
            opening.closes_at = until - at > (horizon - 2) * one_day ? 0 : until;
        } else {
            opening.opens_at = from;
        }
        break;
    }
    return opening;
}

std::optional<Seconds> open_between(std::string_view hours, std::string_view timezone, Seconds from, Seconds until) {
    if (!is_opening_hours(hours)) return std::nullopt;
    until = std::min(until, from + (horizon - 1) * one_day);
    Seconds sum = 0;
    for (const auto& [opens, closes] : open_times(rules_of(hours), Zone(timezone.empty() ? "UTC" : timezone), from, horizon + 1)) {
        sum += std::max<Seconds>(0, std::min(closes, until) - std::max(opens, from));
    }
    return sum;
}

}  // namespace verbatim::network
