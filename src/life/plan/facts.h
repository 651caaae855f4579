// What deciding looks at: a person with vehicles, what happened to them, what they were sent. Filled by the simulation and the preview;
// numbers instead of words, as words.h counts them. Days are days since 1970-01-01.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "ground/base/clock.h"
#include "ground/zone/zone.h"
#include "life/plan/plan.h"

namespace verbatim::plan {

inline constexpr Seconds never = std::numeric_limits<Seconds>::max();
inline constexpr std::int64_t unknown_day = std::numeric_limits<std::int64_t>::min();

struct Vehicle {
    int model = -1, energy = -1, use = -1, segment = -1, finance = -1;  // -1: unknown
    int site_country = -1, site_group = -1;
    std::uint32_t site_services = 0, equipment = 0;                     // bits
    int mileage = -1;
    std::int64_t contract_from = unknown_day;
    std::array<std::int64_t, anchors - happenings> days{unknown_day, unknown_day, unknown_day, unknown_day, unknown_day};  // registration .. inspection_due
    Seconds sold = never;

    std::int64_t day_of(Anchor anchor) const { return days[static_cast<std::size_t>(anchor) - happenings]; }
    std::int64_t& day_of(Anchor anchor) { return days[static_cast<std::size_t>(anchor) - happenings]; }
};

struct Person {
    std::uint64_t number = 0;                  // theirs for ever: which variant they get hangs on it
    int language = -1, country = -1;           // two_letters()
    const Zone* zone = nullptr;                // never null where it is decided
    bool company = false, insider = false;
    std::int64_t born = unknown_day;
    std::uint8_t reached_by = 0;               // bits of Channel: there is an address
    std::uint8_t closed = 0;                   // bits of Channel: there is a wish against it; what is owed (service) goes by mail all the same
    std::array<Basis, purposes> consent{};     // of invitation, survey, marketing
    Basis tracking = Basis::none;
    std::array<Seconds, purposes> unsubscribed{never, never, never, never};  // since when, by purpose (norm EML-10)
    Seconds deceased = never;
    std::vector<Vehicle> vehicles;
};

struct Happening {
    Anchor what{};        // one that happens, not a day
    int vehicle = 0;
    Seconds at = 0;
    int score = 0;        // review
    int outcome = -1;     // case_closed
};

// Something was decided about one message: `due_day` with campaign and vehicle is what it is known by.
enum class Outcome : std::uint8_t { sent, sold, deceased, unsubscribed, insider, condition, no_basis, no_channel, superseded, answered, capped, too_late, no_words };
inline constexpr int outcomes = 13;

struct Touch {
    std::int16_t campaign = 0;
    std::int16_t vehicle = 0;
    std::int32_t due_day = 0;   // the day it was meant for
    Seconds at = 0;             // when it was decided
    Outcome outcome = Outcome::sent;
    Channel channel = Channel::mail;
    std::int8_t variant = -1;
    std::int8_t reason = -1;    // condition: which of the campaign's
};

struct History {
    std::vector<Happening> happenings;  // by time
    std::vector<Touch> touches;         // by time; decided against as well as sent
};

}  // namespace verbatim::plan
