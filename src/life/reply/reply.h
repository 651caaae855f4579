// The dealer's right of reply (norms SUP-1, SUP-5).
#pragma once

#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::reply {

inline constexpr std::size_t body_limit = 4000;  // Unicode code points

class Reply {
public:
    Reply(storage::Db& db, const Clock& clock);
    // Stores the proposal; detectors look at it and it appears under the review. Returns its id.
    // `author` is what the public reads: the site's name.
    Result<std::string> propose(const Actor& actor, std::string_view review, std::string_view body, std::string_view author);

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::reply
