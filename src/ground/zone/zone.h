// Local time of the IANA time zones, from ICU's copy of them: what the clock on a customer's wall shows, summer time included.
#pragma once

#include <string_view>
#include <vector>

#include "ground/base/calendar.h"

namespace verbatim {

class Zone {
public:
    // "Europe/Paris". Made once and kept; safe from any thread. Null where there is no such zone.
    static const Zone* named(std::string_view name);

    int offset_at(Seconds moment) const;  // seconds east of UTC
    // The moment at which the clocks show this day and minute of the day. Twice in autumn: the first; not at all in spring: as if the
    // clocks had not been changed yet, so half past two that night is half past three (RFC 5545 section 3.3.5).
    Seconds moment_of(std::int64_t day, int minute) const;
    // Days since 1970-01-01 and the minute of that day on the clocks.
    struct Local {
        std::int64_t day = 0;
        int minute = 0;
    };
    Local local(Seconds moment) const;

private:
    struct Change {
        Seconds from;
        int offset;
    };
    explicit Zone(std::vector<Change> changes) : changes_(std::move(changes)) {}
    std::vector<Change> changes_;  // 1970 to 2100; the first begins before all moments
};

}  // namespace verbatim
