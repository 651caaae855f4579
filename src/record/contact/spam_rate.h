// How many of the mails that left were called spam by who got them, as far as feedback loops tell (norm EML-6: under one in a thousand, never
// three).
#pragma once

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::contact {

inline constexpr int spam_days = 30;
struct SpamRate {
    std::int64_t sent = 0, complaints = 0;  // mails of the last thirty days; messages complained about in them
    double share() const { return sent == 0 ? 0 : static_cast<double>(complaints) / static_cast<double>(sent); }
};
SpamRate spam_rate(storage::Tx& tx, Seconds now);

}  // namespace verbatim::contact
