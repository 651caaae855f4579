// Which legal basis lets an invitation go (norms INC-6, GDP-1): the row says what basis there is, the country what suffices.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ground/base/result.h"

namespace verbatim::invite {

// "invitation=legitimate_interest;marketing=yes": purposes invitation|survey|marketing|tracking, bases
// yes|no|legitimate_interest|contract|soft_optin. An empty text is valid and names nothing.
Result<void> check_consent(std::string_view consent);
// The basis named for a purpose, "" where none is.
std::string_view basis_for(std::string_view consent, std::string_view purpose);
bool may_invite(std::string_view consent, std::string_view country);

}  // namespace verbatim::invite
