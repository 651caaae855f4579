// Repeat abusers (norm MOD-15; DSA art. 23): authors whose words were refused as manifestly illegal or as advertising,
// notifiers whose notices were manifestly unfounded. A human ticks each of these; then the first step is always a warning, and
// only who goes on after it is suspended, for a stated time. Persons are known by their address's mark alone.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"

namespace verbatim::conduct {

std::span<const storage::Migration> migrations();

enum class Who { author, notifier };

// Proportionate: what counts lies within the months before; one bad day is no habit.
struct Limits {
    int warn_after = 2, suspend_after = 4;  // ticks within `months`
    int months = 12;
    int suspend_days = 90;
};

struct Standing {
    int marks = 0;               // within the months
    Seconds warned_at = 0;       // newest warning within the months; 0: none
    Seconds suspended_until = 0; // 0: not suspended now
};
Standing standing(storage::Tx& tx, Seconds now, Who who, std::string_view email, const Limits& limits);
// Until when; nothing for whoever may act.
std::optional<Seconds> suspended_until(storage::Tx& tx, Seconds now, Who who, std::string_view email);

struct Effect {
    enum class Kind { nothing, warned, suspended } kind = Kind::nothing;
    int marks = 0;
    Seconds until = 0;           // of a suspension
};
// A human's tick. The same review or notice (`about`) counts once. Nothing for an empty address: an unknown person is not held
// to account.
Effect mark(storage::Tx& tx, const Actor& human, Seconds now, Who who, std::string_view email, std::string_view about, std::string_view why, const Limits& limits);
// What the next tick would do, so that whoever ticks knows it.
Effect::Kind next_effect(const Standing& standing, const Limits& limits);

}  // namespace verbatim::conduct
