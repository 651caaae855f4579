// `verbatim models`: versions of the models that read customers' words, kept in the database. A candidate is activated where it is not
// worse than what reads now, on the part of the platform's own reviews that nobody learns from.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

// A review is held out by its id, one of five: what is learned from never decides what is good.
bool held_out(std::string_view review);

struct SideFigures {
    std::int64_t reviews = 0, right = 0;
    std::array<std::array<std::int64_t, 2>, 2> said{};  // [against, for by the stars][against, for by the words]
    double macro_f1() const;
};
struct ModelFigures {
    SideFigures all;
    std::map<std::string, SideFigures> by_language;  // as the form said, or the review's own
    std::int64_t stars_reviews = 0;
    double stars_error = 0;  // the sum of absolute errors
    double mean_error() const { return stars_reviews == 0 ? 0 : stars_error / static_cast<double>(stars_reviews); }
};

struct ModelsWish {
    std::string candidate;  // a folder of `verbatim train`, a version that is kept, or "shipped"
    std::int64_t fewest = 50;  // held reviews with a side; fewer decide nothing
};

int list_models(const Place& place, std::ostream& out);
// Exit 1 where it is refused, with the figures and why.
int activate_models(const Place& place, const ModelsWish& wish, std::ostream& out);
// The part one may learn from, as JSON Lines for `verbatim train`.
int models_data(const Place& place, const std::string& file, std::ostream& out);

}  // namespace verbatim::server
