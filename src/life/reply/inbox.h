// The reviews a member of staff reaches: found by their words and by all that is known of them, and each one whole. Everything is cut
// by the caller's branch; what lies beside it does not exist for him.
#pragma once

#include "life/reply/reply.h"
#include "record/reviews/search.h"

namespace verbatim::reply {

struct InboxLine {
    reviews::Review review;             // its words too
    std::string subject_name, product_name, adviser_name;
    std::optional<reviews::Reply> reply;
    bool in_case = false, proven = false;
    reviews::Snippet snippet;           // where words were looked for
};
struct InboxPage {
    std::vector<InboxLine> lines;
    std::string next;
};

// As asked for at the door: what the index knows by other names is found out here.
struct InboxQuery {
    reviews::Wanted wanted;
    std::string product;                // a model means its versions too
    std::int64_t adviser = 0;           // the id of a person; 0: any
};

struct InboxDetails {
    InboxLine line;
    std::string site_name, timezone, site;
    std::vector<reviews::Step> history;
    std::vector<reviews::PastVersion> versions;
    bool draft_waits = false;           // a correction of the author's is being decided
    std::string incentive;
    std::vector<std::string> together;  // the other reviews of the same visit
    // Only for who works with customers; the door decides.
    std::string customer_name, customer_phone, customer_email, vehicle, registered_on, visited_on;
};

class Inbox {
public:
    Inbox(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}
    // The branch as asked for (?branch=) within the caller's; nothing: as if it did not exist.
    std::optional<std::string> narrowed(std::string_view branch, std::string_view asked) const;
    Result<InboxPage> search(const Actor& actor, std::string_view branch, const InboxQuery& query) const;
    Result<InboxDetails> details(const Actor& actor, std::string_view branch, std::string_view review) const;
    // Came in of late, and waits for an answer: for the day's first screen.
    struct Waiting {
        std::vector<InboxLine> arrived, unanswered;
        std::int64_t unanswered_count = 0;   // counted to a hundred
    };
    Waiting waiting(const Actor& actor, std::string_view branch) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::reply
