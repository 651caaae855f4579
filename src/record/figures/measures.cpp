#include "record/figures/measures.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace verbatim::figures {
namespace {

constexpr std::string_view names[] = {
#define FIGURE_NAME(column, number) #column,
    FIGURE_MEASURES(FIGURE_NAME)
#undef FIGURE_NAME
};
static_assert(std::size(names) == measures);

std::int64_t number_of(std::string_view text) {
    std::int64_t value = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) throw std::runtime_error("a waiting figure is not readable: " + std::string(text));
    return value;
}

void put(std::string& text, std::int64_t value) {
    if (value >= 0) text += '+';
    text += std::to_string(value);
}

template <std::size_t N>
std::size_t class_of(const std::array<Seconds, N>& edges, Seconds delay) {
    return static_cast<std::size_t>(std::lower_bound(edges.begin(), edges.end(), delay) - edges.begin());
}

}  // namespace

std::string_view name_of(Measure measure) { return names[static_cast<std::size_t>(measure)]; }

Cell& Cell::operator+=(const Cell& other) {
    for (std::size_t i = 0; i < measures; ++i) values[i] += other.values[i];
    return *this;
}
Cell& Cell::operator-=(const Cell& other) {
    for (std::size_t i = 0; i < measures; ++i) values[i] -= other.values[i];
    return *this;
}
bool Cell::empty() const {
    return std::all_of(values.begin(), values.end(), [](std::int64_t value) { return value == 0; });
}

Counts& Counts::operator+=(const Counts& other) {
    cell += other.cell;
    for (const auto& [criterion, marks] : other.criteria) {
        criteria[criterion].count += marks.count;
        criteria[criterion].sum += marks.sum;
    }
    return *this;
}
Counts& Counts::operator-=(const Counts& other) {
    cell -= other.cell;
    for (const auto& [criterion, marks] : other.criteria) {
        criteria[criterion].count -= marks.count;
        criteria[criterion].sum -= marks.sum;
    }
    return *this;
}
bool Counts::empty() const {
    return cell.empty() && std::all_of(criteria.begin(), criteria.end(), [](const auto& one) { return one.second == Marks{}; });
}

std::string Counts::to_text() const {
    std::string text;
    for (std::size_t i = 0; i < measures; ++i) {
        if (cell.values[i] == 0) continue;
        if (!text.empty()) text += ' ';
        text += names[i];
        put(text, cell.values[i]);
    }
    for (const auto& [criterion, marks] : criteria) {
        if (marks == Marks{}) continue;
        if (!text.empty()) text += ' ';
        text += '@';
        text += criterion;
        put(text, marks.count);
        put(text, marks.sum);
    }
    return text;
}

Counts Counts::from_text(std::string_view text) {
    Counts counts;
    while (!text.empty()) {
        const auto space = text.find(' ');
        auto word = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        const auto last = word.find_last_of("+-");
        if (last == std::string_view::npos || last == 0) throw std::runtime_error("a waiting figure is not readable: " + std::string(word));
        const auto value = number_of(word.substr(last));
        word = word.substr(0, last);
        if (word.starts_with('@')) {
            const auto sign = word.find_last_of("+-");
            if (sign == std::string_view::npos) throw std::runtime_error("a waiting figure is not readable: " + std::string(word));
            counts.criteria[std::string(word.substr(1, sign - 1))] = {number_of(word.substr(sign)), value};
            continue;
        }
        const auto* found = std::find(std::begin(names), std::end(names), word);
        if (found == std::end(names)) throw std::runtime_error("a waiting figure is not known: " + std::string(word));
        counts.cell.values[static_cast<std::size_t>(found - std::begin(names))] = value;
    }
    return counts;
}

void add_reply(Cell& cell, Seconds delay) {
    delay = std::max<Seconds>(delay, 0);
    ++cell[Measure::replied];
    if (delay <= 7 * one_day) ++cell[Measure::replied_in_week];
    cell[Measure::reply_seconds] += delay;
    ++cell.values[static_cast<std::size_t>(Measure::reply_1d) + class_of(reply_edges, delay)];
}

void add_call(Cell& cell, Seconds delay, bool in_time) {
    delay = std::max<Seconds>(delay, 0);
    ++cell[Measure::called];
    if (in_time) ++cell[Measure::called_in_time];
    cell[Measure::call_seconds] += delay;
    ++cell.values[static_cast<std::size_t>(Measure::call_1h) + class_of(call_edges, delay)];
}

int month_of(Seconds moment) {
    const auto date = date_of(moment);
    return date.year * 12 + date.month - 1;
}

std::optional<int> parse_month(std::string_view text) {
    if (text.size() != 7) return std::nullopt;
    const auto date = parse_date(std::string(text) + "-01");
    if (!date) return std::nullopt;
    return date->year * 12 + date->month - 1;
}

std::string format_month(int month) { return format_date(Date{month / 12, month % 12 + 1, 1}).substr(0, 7); }
Seconds month_begin(int month) { return midnight(Date{month / 12, month % 12 + 1, 1}); }

std::string age_band(std::string_view registered_on, std::string_view experience_on) {
    const auto from = parse_date(registered_on), to = parse_date(experience_on);
    if (!from || !to || *to < *from) return {};
    const int years = to->year - from->year - (std::pair(to->month, to->day) < std::pair(from->month, from->day) ? 1 : 0);
    return years < 1 ? "0" : years <= 2 ? "1-2" : years <= 4 ? "3-4" : years <= 7 ? "5-7" : "8+";
}

}  // namespace verbatim::figures
