// Passwords as they may be kept: Argon2id (RFC 9106), 64 MiB and two passes, with its own salt, as the text "$argon2id$v=19$...".
// One hash costs some 60 ms and 64 MiB: the caller bounds how many run at once.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::crypto {

inline constexpr std::size_t longest_password = 1024;  // bytes

// Throws std::runtime_error where there is no memory for it.
std::string hash_password(std::string_view password);
// False also for a text that is no such hash.
bool password_matches(std::string_view kept, std::string_view password);
// Costs what a wrong password costs: so that the time of an answer does not say whether there is an account.
void match_nothing(std::string_view password);

}  // namespace verbatim::crypto
