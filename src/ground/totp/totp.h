// One-time passwords of an app in somebody's pocket: HOTP (RFC 4226) over time (RFC 6238), with SHA-1, six digits and steps of
// 30 seconds, which is what every app knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/clock.h"

namespace verbatim::totp {

inline constexpr int code_digits = 6;
inline constexpr int step_seconds = 30;
inline constexpr std::size_t secret_size = 20;  // RFC 4226 section 4, R6: 160 bits

// RFC 4226 section 5.3. `digits` from 6 to 8.
std::string hotp(std::string_view secret, std::uint64_t counter, int digits = code_digits);

// The time step whose code this is, one step to either side allowed for slow fingers and clocks that differ (RFC 6238 section
// 5.2). Steps up to `used_step` do not count: a code opens once.
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Seconds now, std::int64_t used_step);

// RFC 4648 section 6, without padding: how a person types a secret where there is no camera.
std::string to_base32(std::string_view bytes);

// What the QR code says: otpauth://totp/ISSUER:ACCOUNT?secret=...&issuer=... (the "Key Uri Format" that apps read).
std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret);

// A recovery code for the day the telephone is gone: 50 random bits, as "x7k2m-9qpd4".
std::string recovery_code();
// As somebody may have typed it: white space, dashes and capitals do not count. Empty where it cannot be one.
std::string typed_recovery_code(std::string_view typed);

}  // namespace verbatim::totp
