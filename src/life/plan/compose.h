// The letter of one touchpoint: what is known of its person and vehicle, in the words of its variant. The run sends it, a dry run reads
// it, a test letter is one of an invented person.
#pragma once

#include "life/plan/letter.h"
#include "life/plan/people.h"

namespace verbatim::plan {

// The template of this variant, or the campaign's own.
const Template& template_of(const Plan& plan, const Campaign& campaign, int variant);
// The site the vehicle was at last; nothing where none is known.
const Sites::Facts* site_of(storage::Tx& tx, Sites& sites, const Member& member, int vehicle);
LetterFacts facts_of(storage::Tx& tx, std::string_view brand, Sites& sites, const Member& member, const Campaign& campaign, const Touch& touch, std::string first_name);
// Of nobody: everything is known.
LetterFacts sample_facts(std::string_view brand, std::int64_t today);

}  // namespace verbatim::plan
