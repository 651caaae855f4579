// From what was typed to what may be stored: every field checked, bounded and named when it must be mended.
#pragma once

#include <optional>
#include <vector>

#include "life/collect/collect.h"

namespace verbatim::collect {

struct Checked {
    reviews::Content content;                 // subject and experience_on are the caller's
    std::optional<reviews::Content> vehicle;  // the words on the vehicle
    bool anonymous = true;
    bool contact_me = false;
};

// The fields every form has. `declaration` is asked except in a correction, which stands under the first one.
std::optional<Checked> check_words(const FormContext& context, const Submission& submission, bool declaration, std::vector<Problem>& problems);

struct Person {
    std::string first_name, last_name, email, phone, proof, experience_on, service;
};
// The spontaneous form's further fields.
std::optional<Person> check_person(const FormContext& context, const Submission& submission, Seconds now, std::vector<Problem>& problems);

Receipt receipt_from(const reviews::Collected& collected, Seconds decide_by);

// "Claire D." (norm GDP-6); empty without a first name.
std::string signature_of(std::string_view first_name, std::string_view last_name);

}  // namespace verbatim::collect
