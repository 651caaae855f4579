// Does a reply say who the customer is? (norm SUP-5) The detectors look for names and numbers as such; this looks for the very
// ones in the vault. A finding asks a human, as every finding does.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "record/contact/contact.h"
#include "record/reviews/reviews.h"

namespace verbatim::moderate {

struct OwnTrace {
    std::size_t start = 0, end = 0;  // code points
    std::string text, reason, rule;  // reason: name | personal_data
};

// `name_is_public`: the author signed with the first name, so a greeting by it says nothing new.
std::vector<OwnTrace> own_data_in(std::string_view words, const contact::Customer& customer, bool name_is_public);

// Adds what the reply to this review tells of its author to the list of findings.
void add_own_data(storage::Tx& tx, const reviews::Review& review, std::string_view words, nlohmann::json& findings);

}  // namespace verbatim::moderate
