// Invitations sent and answered, in the month they were sent (docs/figures.md).
#pragma once

#include "record/figures/figures.h"

namespace verbatim::experiences {

// Every invitation of these sites: a figures::Source. Of products: nothing.
void recount(storage::Tx& tx, const figures::Subjects& subjects, const figures::Sink& sink);

}  // namespace verbatim::experiences
