// One leaf of the public log, read strictly: RFC 8785 form, the members of its kind and no other (contract "A log entry";
// norms TLG-10, GDP-7: an allow-list of members is what keeps personal data out).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::verify {

enum class Kind { batch, outcome, collected, published, revised, refused, withdrawn, erased, removed, replied, noticed, appealed, decided, gathered };
inline constexpr std::size_t kinds = 14;
std::string_view to_word(Kind kind);

struct Entry {
    Kind kind = Kind::batch;
    Seconds at = 0;
    std::string review, subject, service, origin, source, reason, policy, outcome, site, day, experience_on;
    std::string commitment;             // base64 of 32 bytes
    std::optional<int> rating;          // 1..5
    bool incentive = false;             // collected: something was promised for writing
    std::int64_t eligible = 0, answered = 0, expired = 0;
    std::optional<std::int64_t> part;   // of a day's batches, from 1; a leaf without it is the only one of its day
    std::map<std::string, std::int64_t> suppressed;
};

// Error code "leaf_malformed" with what is wrong.
Result<Entry> parse_entry(std::string_view leaf);

}  // namespace verbatim::verify
