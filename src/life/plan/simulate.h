// What a plan would do: invented lives (lives.h), decided by the very code that decides for real ones (decide.h), and counted.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "life/plan/decide.h"
#include "life/plan/lives.h"

namespace verbatim::plan {

struct SimulationWish {
    LivesWish lives;
    std::int64_t vehicles = 10000;
    int threads = 0;  // 0: as many as there are processors
};

inline constexpr int overlap_days = 7;
inline constexpr int busiest_counted = 16;

struct Tally {
    std::int64_t people = 0, vehicles = 0, touchpoints = 0;
    std::vector<std::array<std::int64_t, channels>> months;          // by calendar month from the first
    std::vector<std::array<std::int64_t, outcomes>> campaigns;       // decided how
    std::vector<std::array<std::int64_t, channels>> campaign_channels;
    std::vector<std::vector<std::int64_t>> ages;                     // by campaign and month since the order
    std::vector<std::vector<std::int64_t>> overlaps;                 // two campaigns to one person within overlap_days; the one sent first, the other
    std::vector<std::vector<std::int64_t>> variant_sent, variant_goals;  // by campaign and variant
    std::vector<std::int64_t> goals;                                 // by campaign: messages whose goal was reached in time
    std::int64_t never = 0, never_without_channel = 0, never_without_basis = 0, too_often = 0;
    std::array<std::int64_t, busiest_counted + 1> busiest{};         // people by the most they got within the plan's too_often_days

    void add(const Tally& other);
};

// One vehicle's messages in the order of due_day and campaign, with the number of the vehicle.
using Keep = std::function<void(std::span<const std::pair<std::int64_t, Touch>>)>;

// The same wish gives the same tally whatever the number of threads. Memory hangs on the plan and the years, not on the vehicles.
// `keep`, where given, is handed all that was sent, in the order of vehicles, one call at a time.
Tally simulate(const Rules& rules, const SimulationWish& wish, const Keep& keep = {});

}  // namespace verbatim::plan
