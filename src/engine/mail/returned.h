// What comes back: a report that a message could not be delivered (RFC 3464 in a multipart/report of RFC 6522) or that its reader
// calls it unwanted (RFC 5965, the abuse reporting format). Somebody else wrote it: everything is bounded, nothing is believed here;
// whether it is about a message of ours is for the caller to check by `sent_to` or `message_id`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace verbatim::mail {

struct Returned {
    enum class Kind {
        nothing,    // no report: an answer, an absence note, spam
        delayed,    // still tried, or refused for now (4.x.x, action delayed)
        failed,     // given up for good (5.x.x, action failed)
        complaint,  // feedback-type abuse, fraud, not-spam is nothing
    };
    Kind kind = Kind::nothing;
    std::string status;                // "5.1.1"; empty where the report says none
    std::string diagnostic;            // the server's words, at most 500 bytes, one line
    std::string message_id;            // of the message that came back, without angle brackets; empty where the report does not hold it
    std::vector<std::string> sent_to;  // where the report itself was sent: Delivered-To, X-Original-To, To; at most 10
};

inline constexpr std::size_t most_of_a_report = 1u << 20;  // bytes read of it

Returned read_returned(std::string_view message);

}  // namespace verbatim::mail
