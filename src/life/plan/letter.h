// The words of one message of the plan: the template's, in the person's language, with what is known of the person.
#pragma once

#include <string>
#include <string_view>

#include "ground/base/result.h"
#include "life/plan/plan.h"

namespace verbatim::plan {

struct LetterFacts {
    std::string brand, dealer, first_name, model, date, year;
};
struct Letter {
    std::string subject, language;
};

// The error "no_words" names the variable nothing is known for: half a sentence is sent to nobody.
Result<Letter> write_letter(const Plan& plan, const Template& words, std::string_view language, const LetterFacts& facts);

}  // namespace verbatim::plan
