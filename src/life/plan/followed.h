// Letters that went and what their people did next, read by the slice of people: what goals, the end of a split and lists of those who did
// not come are counted from.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>

#include "engine/storage/storage.h"
#include "life/plan/facts.h"

namespace verbatim::plan {

struct Followed {
    std::int64_t person = 0;
    std::string customer, campaign;
    int variant = -1;                  // as the touchpoint has it
    Seconds at = 0;
    Seconds clicked_at = never;        // by a person, the first time (clicks.h)
    std::array<Seconds, happenings> first{};  // of order, delivery, service and review: the first after the letter; never where none

    bool clicked() const { return clicked_at != never; }
    bool reached(Anchor what, Seconds within) const { return soon(first[static_cast<std::size_t>(what)], within); }
    bool reached(const Goal& goal) const { return goal.anchor ? reached(*goal.anchor, goal.days * one_day) : soon(clicked_at, goal.days * one_day); }

private:
    bool soon(Seconds when, Seconds within) const { return when != never && when <= at + within; }
};

// By person, then by time; `each` gets whole people. `variants_only`: touchpoints of campaigns with variants. Read until `each` says false.
void walk_followed(storage::Tx& tx, Seconds from, Seconds until, std::int64_t after, bool variants_only, const std::function<bool(std::span<const Followed>)>& each);

}  // namespace verbatim::plan
