// `verbatim train aspects`: what is said of a target, and the categories of a sentence, from labelled sentences.
#pragma once

#include "app/server/train_understanding.h"

namespace verbatim::server {

// Writes OUT/aspects.model and OUT/aspects.md (its card). 0, or throws with what to do.
int train_aspects(const UnderstandingTraining& wish);

}  // namespace verbatim::server
