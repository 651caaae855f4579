// ISO 8601 dates and moments, proleptic Gregorian, UTC. Days and months are what laws and windows count in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ground/base/clock.h"

namespace verbatim {

inline constexpr Seconds one_minute = 60;
inline constexpr Seconds one_hour = 3600;
inline constexpr Seconds one_day = 86400;

struct Date {
    int year = 1970;
    int month = 1;  // 1..12
    int day = 1;    // 1..31

    friend bool operator==(const Date&, const Date&) = default;
    friend auto operator<=>(const Date&, const Date&) = default;
};

// "2026-11-21", or a moment's leading date ("2026-11-21T10:00:00Z"); nothing for a day that does not exist.
std::optional<Date> parse_date(std::string_view text);

// A date (its midnight UTC), or a moment with seconds optional and Z or an offset; nothing when malformed.
std::optional<Seconds> parse_moment(std::string_view text);

std::string format_date(Date date);            // 2026-11-21
std::string format_date(Seconds moment);       // the UTC day
std::string format_moment(Seconds moment);     // 2026-11-21T10:00:00Z
std::string format_http_date(Seconds moment);  // Sat, 21 Nov 2026 10:00:00 GMT (RFC 9110 section 5.6.7)
std::string format_mail_date(Seconds moment);  // Sat, 21 Nov 2026 10:00:00 +0000 (RFC 5322 section 3.3)

Date date_of(Seconds moment);
Seconds midnight(Date date);

// Calendar months back, the day clamped to the month's length: 2026-08-31 less 6 is 2026-02-28. Time of day is kept.
Seconds months_before(Seconds moment, int months);

}  // namespace verbatim
