// The decision: from a plan, a person's facts, what happened, what was sent and the moment, to what goes now. Pure: the same in, the
// same out, no clock, no chance. Simulation, preview and the platform's own run use this and nothing else.
//
// A trigger makes an occurrence for a day. From `at` on that day, on the person's clock, it is decided: stop rules, conditions, basis
// and channel say no for good; an open complaint, quiet hours, the gap and the caps say not yet, and it waits, `valid` days at most.
// Among what could go at one moment the higher priority goes first. Gaps and caps are counted in days of the person's calendar.
#pragma once

#include <string_view>
#include <vector>

#include "life/plan/facts.h"
#include "life/plan/plan.h"

namespace verbatim::plan {

std::string_view name_of(Outcome outcome);

// A plan made ready to decide by. Keeps the plan; may be shared by threads.
class Rules {
public:
    explicit Rules(Plan plan);
    const Plan& plan() const { return plan_; }

private:
    friend class Agenda;
    Plan plan_;
    std::vector<std::vector<int>> listeners_;                     // by Anchor: campaigns that count from it
    std::vector<std::vector<int>> followers_;                     // by campaign: campaigns that follow it
    std::vector<std::uint64_t> salt_;                             // by campaign: for its variants
    std::vector<std::array<std::uint8_t, purposes>> law_;         // by country: bits of Basis that suffice
    std::vector<std::vector<Channel>> channels_;
    int longest_cap_ = 0;
};

// One person's open occurrences and the sums that conditions ask for. start() and then happened() and decide() in the order of time.
class Agenda {
public:
    explicit Agenda(const Rules& rules) : rules_(rules) {}

    // Takes the person, whose facts may change while this lives, and what is known of the past. What would have gone before `from`
    // does not go any more.
    void start(const Person& person, const History& past, Seconds from);
    void happened(const Happening& happening);
    // A day of a vehicle (end of contract, next inspection) is another one now.
    void day_changed(int vehicle, Anchor anchor, Seconds now);

    // When decide() is to be called next; never where nothing is open.
    Seconds next() const;
    // Decides what is ripe: what goes and what does not go any more is appended.
    void decide(Seconds now, std::vector<Touch>& decided);

    const std::vector<Touch>& sent() const { return sent_; }
    std::size_t open() const { return open_.size(); }

private:
    struct Occurrence {
        Seconds ripe = 0;             // look at it then
        Seconds anchor_at = 0;        // what it counts from
        std::int32_t due_day = 0;
        std::int16_t campaign = 0, vehicle = 0;
        std::int16_t repeat = 0;      // of a trigger that repeats: the how manieth
        bool held = false;            // by an open complaint
    };
    struct Sums {
        int services = 0, reviews = 0, last_score = 0, complaints = 0;
        std::int64_t last_service = unknown_day, away_months = -1;
        std::array<Seconds, happenings> last{};  // when each last happened; 0: never
        std::bitset<most_campaigns> received;
    };
    enum class Answer { go, wait, no };

    void open(int campaign, int vehicle, Seconds anchor_at, std::int64_t anchor_day, int repeat);
    void repeat(const Occurrence& done);
    void follow(const Touch& touch);
    void count(const Happening& happening);
    void keep(const Touch& touch);
    Answer answer(Occurrence& one, Seconds now, const Zone::Local& local, Touch& touch);
    bool holds(const Condition& condition, int vehicle, std::int64_t today) const;
    std::int64_t free_day(const Campaign& campaign, int number, int vehicle, Channel channel, std::int64_t today) const;
    Seconds earliest(const Campaign& campaign, Channel channel, std::int64_t day) const;

    const Rules& rules_;
    const Person* person_ = nullptr;
    Seconds from_ = 0;
    int open_complaints_ = 0;
    std::vector<Sums> sums_;       // by vehicle
    std::vector<Occurrence> open_;
    std::vector<Touch> sent_;
    std::vector<std::int32_t> sent_days_;  // of sent_, on the person's calendar
    std::vector<Occurrence> ripe_;
    struct Key {
        std::int32_t due_day;
        std::int16_t campaign, vehicle;
        Outcome outcome = Outcome::sent;
    };
    std::vector<Key> done_;        // all that was decided, either way
};

// What goes, and what does not go any more, at this moment: an Agenda for one look. `past` holds all that was decided before.
std::vector<Touch> decide(const Rules& rules, const Person& person, const History& past, Seconds from, Seconds now);

std::int64_t add_months(std::int64_t day, int months);  // the day clamped to the month's length

}  // namespace verbatim::plan
