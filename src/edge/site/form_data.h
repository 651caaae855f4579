// Between the form's fields and a Submission, both ways. For this module only.
#pragma once

#include "edge/site/frame.h"

namespace verbatim::site {

collect::Submission submission_of(const http::Form& form);
// VALUES, CRITERIA with each one's value and error, ERROR by field, ERRORS for the summary.
void put_typed(json& data, std::string_view locale, const std::vector<std::string>& criteria, const collect::Submission& typed, const std::vector<collect::Problem>& problems);

}  // namespace verbatim::site
