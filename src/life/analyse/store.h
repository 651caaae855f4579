// A finding as it is stored, for this module only.
#pragma once

#include "life/analyse/findings.h"

namespace verbatim::analyse {

// The finding where the caller may see it: who manages findings on his branch, the auditor, and whoever it was sent to. Else, and
// for one that is not there, not_found "finding_unknown".
Result<Finding> seen_by(storage::Tx& tx, const Actor& actor, std::string_view id);
// The same, and he may change it: else forbidden.
Result<Finding> managed_by(storage::Tx& tx, const Actor& actor, std::string_view id);
void note_finding(storage::Tx& tx, const Actor& actor, Seconds now, const Finding& finding, std::string_view step, std::string_view detail);
std::vector<Recipient> recipients_of(storage::Tx& tx, const Actor& actor, const Finding& finding);
Letters letters_of(storage::Tx& tx, std::string_view id);
Result<void> check_words(const std::map<std::string, std::string>& words);
// "about" as people call it: a site's or product's name, else the branch's own text.
std::string about_name(storage::Tx& tx, std::string_view about);

}  // namespace verbatim::analyse
