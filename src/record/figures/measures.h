// What is counted, and where: 42 whole numbers of one place, one service and one month. All of them add up, so that a country is the
// sum of its sites and a year the sum of its months. docs/figures.md says what each counts and in which month.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "ground/base/calendar.h"

// X(column, its number among the parameters of a statement); WIDE the same for sums of seconds.
#define FIGURE_MEASURES_OF(X, WIDE)                                                                                                            \
    X(n1, "$1") X(n2, "$2") X(n3, "$3") X(n4, "$4") X(n5, "$5") X(unrated, "$6") X(promoters, "$7") X(passives, "$8") X(detractors, "$9") \
    X(refused, "$10") X(withdrawn, "$11") X(removed, "$12") X(erased, "$13")                                                           \
    X(replied, "$14") X(replied_in_week, "$15") WIDE(reply_seconds, "$16") X(reply_1d, "$17") X(reply_2d, "$18") X(reply_3d, "$19")        \
    X(reply_5d, "$20") X(reply_7d, "$21") X(reply_14d, "$22") X(reply_30d, "$23") X(reply_later, "$24")                                 \
    X(invited, "$25") X(answered, "$26")                                                                                               \
    X(cases, "$27") X(called, "$28") X(called_in_time, "$29") X(late, "$30") WIDE(call_seconds, "$31") X(call_1h, "$32") X(call_2h, "$33") \
    X(call_4h, "$34") X(call_8h, "$35") X(call_12h, "$36") X(call_20h, "$37") X(call_24h, "$38") X(call_48h, "$39") X(call_later, "$40")  \
    X(resurveyed, "$41") X(won_back, "$42")
#define FIGURE_MEASURES(X) FIGURE_MEASURES_OF(X, X)

namespace verbatim::figures {

enum class Measure : int {
#define FIGURE_ENUMERATOR(column, number) column,
    FIGURE_MEASURES(FIGURE_ENUMERATOR)
#undef FIGURE_ENUMERATOR
};
inline constexpr std::size_t measures = 42;
std::string_view name_of(Measure measure);

// Upper edges of the classes of the two delays; the last class is open.
inline constexpr std::array<Seconds, 7> reply_edges = {one_day, 2 * one_day, 3 * one_day, 5 * one_day, 7 * one_day, 14 * one_day, 30 * one_day};
inline constexpr std::array<Seconds, 8> call_edges = {one_hour, 2 * one_hour, 4 * one_hour, 8 * one_hour, 12 * one_hour, 20 * one_hour, 24 * one_hour, 48 * one_hour};

struct Cell {
    std::array<std::int64_t, measures> values{};

    std::int64_t& operator[](Measure m) { return values[static_cast<std::size_t>(m)]; }
    std::int64_t operator[](Measure m) const { return values[static_cast<std::size_t>(m)]; }
    Cell& operator+=(const Cell& other);
    Cell& operator-=(const Cell& other);
    bool empty() const;  // nothing but zeros
    friend bool operator==(const Cell&, const Cell&) = default;

    std::array<std::int64_t, 5> stars() const { return {values[0], values[1], values[2], values[3], values[4]}; }
};

// How often a criterion was answered, and the sum of the answers.
struct Marks {
    std::int64_t count = 0, sum = 0;
    friend bool operator==(const Marks&, const Marks&) = default;
};

// What one fact adds, or takes away where it is undone.
struct Counts {
    Cell cell;
    std::map<std::string, Marks> criteria;

    Counts& operator+=(const Counts& other);
    Counts& operator-=(const Counts& other);
    bool empty() const;
    // "n5+1 promoters+1 @welcome+1+5": the form in which a change waits to be folded. An unknown word is an error of the program.
    std::string to_text() const;
    static Counts from_text(std::string_view text);
};

// The contributions of a delay.
void add_reply(Cell& cell, Seconds delay);
void add_call(Cell& cell, Seconds delay, bool in_time);

// Months are counted from year 0, in UTC: 2026-11 is 24322.
int month_of(Seconds moment);
std::optional<int> parse_month(std::string_view text);  // "2026-11"
std::string format_month(int month);
Seconds month_begin(int month);

// "0" "1-2" "3-4" "5-7" "8+": whole years from first registration to the experience; "" where either is unknown.
std::string age_band(std::string_view registered_on, std::string_view experience_on);

}  // namespace verbatim::figures
