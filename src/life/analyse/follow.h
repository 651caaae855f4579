// Followed themes: whoever answers for something follows a theme where it concerns them, sees it first on their screen, and reads once
// a week what customers said of it, in their words; nothing where nobody said anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "ground/base/actor.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"
#include "life/analyse/themes.h"

namespace verbatim::analyse {

inline constexpr int most_followed = 30;  // by one person
inline constexpr int followed_days = 28;

struct Followed {
    std::string theme, branch;
    std::int64_t reviews = 0, positive = 0, negative = 0;                      // in the last 28 days
    std::int64_t reviews_before = 0, positive_before = 0, negative_before = 0;  // in the 28 before
};

class Follow {
public:
    Follow(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

    Result<std::vector<Followed>> list(const Actor& actor) const;
    // conflict "too_many"; not_found: the branch is none of the caller's; invalid: a key that is nobody's account.
    Result<void> begin(const Actor& actor, std::string_view theme, std::string_view branch) const;
    Result<void> end(const Actor& actor, std::string_view theme, std::string_view branch) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

// Once a week: a mail to each who follows something that was spoken of. How many mails.
int tell_followers(storage::Db& db, const Clock& clock, const std::string& base_url, const ThemeName& name);

}  // namespace verbatim::analyse
