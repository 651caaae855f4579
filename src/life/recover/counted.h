// What a case adds to the figures (docs/figures.md), in the month it was opened.
#pragma once

#include "engine/storage/storage.h"
#include "record/figures/figures.h"

namespace verbatim::recover {

// After every step of a case, in its transaction.
void count_case(storage::Tx& tx, std::string_view id);
// Cases from before they were counted, by id after `after`, at most `limit`; the last one's id, empty at the end.
std::string count_old_cases(storage::Tx& tx, std::string_view after, int limit);
// Every case of these sites: a figures::Source.
void recount(storage::Tx& tx, const figures::Subjects& subjects, const figures::Sink& sink);

}  // namespace verbatim::recover
