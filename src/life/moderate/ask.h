// What the detectors and the moderators need to know of a subject; for this module only.
#pragma once

#include <string>
#include <string_view>

#include "engine/storage/storage.h"
#include "ground/text/detectors.h"
#include "record/network/network.h"
#include "record/reviews/reviews.h"

namespace verbatim::moderate {

// Staff whose surnames are not for the public, and the names of places and things that may stand.
text::Context context_for(storage::Tx& tx, std::string_view subject, std::string_view lang, std::string_view brand);
std::string subject_name(storage::Tx& tx, std::string_view subject);
}  // namespace verbatim::moderate
