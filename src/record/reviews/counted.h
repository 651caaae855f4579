// What a review adds to the figures, as a function of its rows (docs/figures.md). Each step of the state machine counts the
// difference between before and after in its own transaction.
#pragma once

#include "record/figures/figures.h"
#include "record/reviews/reviews.h"

namespace verbatim::reviews {

struct Contribution {
    std::string subject, service, experience;
    std::map<int, figures::Counts> months;
};
Contribution contribution(storage::Tx& tx, const Review& review);
void count_step(storage::Tx& tx, const Contribution& before, std::string_view id);

// Every review of these subjects: a figures::Source.
void recount(storage::Tx& tx, const figures::Subjects& subjects, const figures::Sink& sink);

}  // namespace verbatim::reviews
