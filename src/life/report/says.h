// What a rule says, in a language. For this module only.
#pragma once

#include "life/report/report.h"

namespace verbatim::report {

std::string says(const render::Locale& locale, const Advice& advice);

}  // namespace verbatim::report
