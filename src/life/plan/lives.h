// Invented lives of customers and their vehicles, for seeing what a plan would do before it does it. All of it is made up here: the
// rates below are round numbers for a car brand in Europe, not measurements, and no real person is in them. The same seed makes the
// same lives, whatever the number of threads.
#pragma once

#include <cstdint>
#include <vector>

#include "life/plan/decide.h"
#include "life/plan/facts.h"

namespace verbatim::plan {

struct LivesWish {
    std::uint64_t seed = 1;
    std::int64_t first_day = 0;  // of the simulation
    int years = 10;
    bool cohort = false;         // all ordered in the first year; else the fleet is up to ten years old when it begins
};

// splitmix64, as in decide.cpp: small, quick, and good enough to draw lives from.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    int below(int count) { return static_cast<int>((next() >> 32) * static_cast<std::uint64_t>(count) >> 32); }
    int between(int from, int to) { return from + below(to - from + 1); }
    bool in_thousand(int share) { return below(1000) < share; }

private:
    std::uint64_t state_;
};

// One life after another, in the same memory.
class Lives {
public:
    Lives(const Rules& rules, const LivesWish& wish);

    // Something that happens, or a fact that changes.
    struct Item {
        enum class Kind : std::uint8_t { happening, sold, deceased, day, unsubscribed } kind{};
        Purpose purpose{};            // unsubscribed
        Anchor anchor{};              // day
        std::int64_t day = 0;         // day
        Happening happening;          // its `at` and `vehicle` are the item's in any case
    };

    void begin(std::uint64_t number, int vehicles);
    Person& person() { return person_; }
    Seconds next() const { return items_.empty() ? never : items_.back().happening.at; }
    // Takes the next item and applies it to the person. The caller tells the agenda.
    Item take();
    // What a message brings about.
    void react(const Touch& touch);

private:
    void vehicle(int number, std::int64_t ordered);
    void add(Item item);
    void add_happening(Anchor what, int vehicle, Seconds at, int score = 0, int outcome = -1);
    void review(int vehicle, Seconds at);
    Seconds at_day(std::int64_t day) { return person_.zone->moment_of(day, chance_.between(9 * 60, 17 * 60)); }

    const Rules& rules_;
    LivesWish wish_;
    struct Country {
        int code, language, other_language;
        int other_share;  // percent
        const Zone* zone;
        int weight;
    };
    std::vector<Country> countries_;
    int weights_ = 0;
    Chance chance_{0};
    Person person_;
    std::vector<Item> items_;  // the latest first
};

}  // namespace verbatim::plan
