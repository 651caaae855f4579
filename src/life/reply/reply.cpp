#include "life/reply/reply.h"

#include "ground/formats/utf8.h"
#include "record/reviews/reviews.h"

namespace verbatim::reply {

Reply::Reply(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

Result<std::string> Reply::propose(const Actor& actor, std::string_view review, std::string_view body, std::string_view author) {
    if (actor.kind != ActorKind::staff) return forbidden("staff_only", "only the point of sale answers");
    std::string words;
    for (const char c : body) {
        if (c != '\r') words += c;
    }
    if (words.find_first_not_of(" \t\n") == std::string::npos) return invalid("reply_empty", "write the reply first", "reply");
    if (!valid_utf8(words)) return invalid("unreadable", "the reply is not readable text", "reply");
    if (code_points(words) > body_limit) return invalid("too_long", "the reply is longer than " + std::to_string(body_limit) + " characters", "reply");
    return db_.write([&](storage::Tx& tx) { return reviews::propose_reply(tx, actor, clock_.now(), review, words, author); });
}

}  // namespace verbatim::reply
