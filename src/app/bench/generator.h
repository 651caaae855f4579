// A large network's ten years, made set by set in the database: the same numbers give the same rows, on either engine. Of what is made,
// half are invitations; three tenths are reviews of points of sale, twelve hundredths reviews of vehicles, the rest cases and answers.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/storage/storage.h"
#include "ground/base/clock.h"

namespace verbatim::bench {

struct Size {
    std::int64_t rows = 12'000'000;  // invitations, reviews, cases and answers together, about
    int sites = 10'000;              // in 20 countries, a tenth as many groups, half as many dealers
};

inline constexpr Seconds begin = 1'447'000'000;         // November 2015
inline constexpr Seconds end = begin + 3652LL * 86400;  // when the bench asks

struct Made {
    std::int64_t invitations = 0, reviews = 0, cases = 0, answers = 0;
    std::int64_t all() const { return invitations + reviews + cases + answers; }
};
Made make(storage::Db& db, const Size& size, const std::function<void(const char* what, std::int64_t done)>& progress);

}  // namespace verbatim::bench
