// How fast mail goes to one recipient domain: messages a minute, and while the domain does not know us yet, messages a day that grow by
// a schedule (warm-up). What is over the pace is given back with the moment of its turn, so that other domains' mail goes on; what was
// counted stands in the database and holds over restarts and for all processes on it. (Connections at once are the transport's:
// domain_connections in its URL.)
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/mail/mail.h"
#include "engine/storage/storage.h"
#include "ground/base/clock.h"
#include "ground/base/result.h"

namespace verbatim::contact {

// With a longest pause of six hours, which chance shortens by up to a quarter: a mail server may be away for nine days.
inline constexpr int mail_attempts = 60;

struct Pace {
    int per_minute = 0;                  // 0: no limit
    std::map<std::string, int, std::less<>> domains;  // their own per_minute
    std::vector<int> warm_up;            // by day of the domain, the first that it was written to is number 0
    int per_minute_of(std::string_view domain) const;
    bool unlimited() const { return per_minute == 0 && warm_up.empty() && domains.empty(); }
};
// As the settings mail.domains and mail.warm_up write them. Error "mail_pace".
Result<Pace> read_pace(std::int64_t per_minute, std::string_view domains, std::string_view warm_up);

// Lets through what may go now; the others' outcome is `retry`.
std::unique_ptr<mail::Transport> paced(std::unique_ptr<mail::Transport> transport, storage::Db& db, const Clock& clock, Pace pace);
// The turn of a message that was held back and not tried, from its outcome's reply; of a domain that is slow to answer: soon.
std::optional<Seconds> held_until(std::string_view reply, Seconds now);

}  // namespace verbatim::contact
