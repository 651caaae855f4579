// What a case went through, and its second survey: read by the desk and by the author's export.
#pragma once

#include "life/recover/recover.h"

namespace verbatim::recover {

struct Step {
    Seconds at = 0;
    std::string actor, step, detail;  // opened call planned handed_over cause done closed reopened escalated survey_asked survey_answered
};
std::vector<Step> steps_of(storage::Tx& tx, std::string_view id);

// Ten days after closing the customer is asked once more, in private: did it help? (the win-back)
struct Survey {
    std::string state;         // waiting | asked | not_asked | answered | cancelled
    std::string reason;        // not_asked: opted_out | no_basis | no_address | erased
    Seconds asked_at = 0, answered_at = 0;
    std::optional<int> first_rating, rating;  // of the review when the case was closed; of this survey
    std::string solved;        // yes | partly | no
    std::string words;         // for the case alone, never public
};
std::optional<Survey> survey_of(storage::Tx& tx, std::string_view id);

}  // namespace verbatim::recover
