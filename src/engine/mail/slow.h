// What a message's outcome says that was not tried: its domain lets others wait (smtp_queue.h).
#pragma once

#include <string_view>

namespace verbatim::mail {

inline constexpr std::string_view domain_is_slow = "not tried: its domain is slow to answer, others go first";

}  // namespace verbatim::mail
