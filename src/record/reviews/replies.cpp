// The dealer's right of reply (norms SUP-1, SUP-5): moderated like the customer's words, committed to in the log.
#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "record/events/events.h"
#include "record/reviews/counted.h"
#include "record/reviews/search.h"
#include "record/reviews/store.h"

namespace verbatim::reviews {
namespace {

using storage::Blob;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_reply(R"sql(
INSERT INTO reply (id, review, body, author, staff, state, submitted_at, salt, commitment) VALUES ($1, $2, $3, $4, $5, 'collected', $6, $7, $8))sql");
constexpr Sql select_reply("SELECT id, review, body, author, staff, state, submitted_at, published_at, findings FROM reply WHERE id = $1");
constexpr Sql select_reply_of(R"sql(
SELECT id, review, body, author, staff, state, submitted_at, published_at, findings FROM reply WHERE review = $1 AND state <> 'refused'
ORDER BY submitted_at DESC, id LIMIT 1)sql");
constexpr Sql set_published("UPDATE reply SET state = 'published', published_at = $2, findings = NULL WHERE id = $1");
constexpr Sql set_held("UPDATE reply SET state = 'held', findings = $2 WHERE id = $1");
constexpr Sql set_refused("UPDATE reply SET state = 'refused', reason = $2 WHERE id = $1");
constexpr Sql select_subject("SELECT subject FROM review WHERE id = $1");
constexpr Sql select_secret("SELECT commitment FROM reply WHERE id = $1");

Reply read_reply(const Row& row) {
    Reply reply{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)),
                std::string(row.text(5)), row.integer(6), row.is_null(7) ? 0 : row.integer(7), {}};
    if (!row.is_null(8)) reply.findings = std::string(row.text(8));
    return reply;
}

Error unknown(std::string_view id) { return not_found("reply_unknown", "there is no reply " + std::string(id)); }
Error wrong_state(const Reply& reply) { return conflict("wrong_state", "the reply is already " + reply.state); }
void tell(Tx& tx, Seconds now, std::string_view kind, std::string_view reply, std::string_view review) {
    events::raise(tx, now, kind, tx.value<std::string>(select_subject, review), reply, {{"review", review}});
}
bool waiting(const Reply& reply) { return reply.state == "collected" || reply.state == "held"; }

}  // namespace

std::optional<Reply> find_reply(Tx& tx, std::string_view id) {
    std::optional<Reply> found;
    tx.each(select_reply, [&](const Row& row) { found = read_reply(row); }, id);
    return found;
}

std::optional<Reply> reply_of(Tx& tx, std::string_view review) {
    std::optional<Reply> found;
    tx.each(select_reply_of, [&](const Row& row) { found = read_reply(row); }, review);
    return found;
}

Result<std::string> propose_reply(Tx& tx, const Actor& actor, Seconds now, std::string_view review_id, std::string_view body, std::string_view author) {
    const auto review = find(tx, review_id);
    if (!review) return not_found("review_unknown", "there is no review " + std::string(review_id));
    if (body.empty()) return invalid("reply_empty", "write the reply first", "reply");
    if (review->state == State::withdrawn || review->state == State::erased || review->state == State::removed || review->state == State::refused) {
        return conflict("review_ended", "the review is " + std::string(to_word(review->state)) + " and can no longer be answered");
    }
    if (const auto before = reply_of(tx, review_id); before) return conflict("already_replied", "this review already has a reply (" + before->state + ")");
    const auto id = crypto::random_id(12);
    const auto salt = crypto::random_bytes(32);
    tx.exec(insert_reply, id, review_id, body, author, actor.id, now, Blob{salt}, commitment(salt, body));
    index_again(tx, review_id);
    note_step(tx, review_id, now, actor, "reply_collected", id);
    raise(tx, now, "reply_collected", id);
    tell(tx, now, "reply.collected", id, review_id);
    return id;
}

Result<void> publish_reply(Tx& tx, const Actor& actor, Seconds now, std::string_view id) {
    const auto reply = find_reply(tx, id);
    if (!reply) return unknown(id);
    if (!waiting(*reply)) return wrong_state(*reply);
    const auto review = find_to_change(tx, reply->review);
    if (!review || review->state != State::published) return conflict("review_not_public", "a reply appears with its review, which is not public");
    const auto before = contribution(tx, *review);
    tx.exec(set_published, id, now);
    count_step(tx, before, reply->review);
    ledger::append(tx, replied_leaf(now, reply->review, tx.value<std::string>(select_secret, id)));
    note_step(tx, reply->review, now, actor, "reply_published", id);
    raise(tx, now, "reply_published", id);
    tell(tx, now, "reply.published", id, reply->review);
    tell_window(tx, review->content.subject);
    return {};
}

Result<void> hold_reply(Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view findings) {
    const auto reply = find_reply(tx, id);
    if (!reply) return unknown(id);
    if (reply->state != "collected") return wrong_state(*reply);
    tx.exec(set_held, id, findings);
    note_step(tx, reply->review, now, actor, "reply_held", id);
    raise(tx, now, "reply_held", id);
    tell(tx, now, "reply.held", id, reply->review);
    return {};
}

Result<void> refuse_reply(Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view reason) {
    if (!is_reason(reason)) return invalid("reason_unknown", "the reason must be one of the public list", "reason");
    if (actor.kind != ActorKind::staff) return forbidden("human_only", "only a human refuses words");
    const auto reply = find_reply(tx, id);
    if (!reply) return unknown(id);
    if (!waiting(*reply)) return wrong_state(*reply);
    tx.exec(set_refused, id, reason);
    index_again(tx, reply->review);
    note_step(tx, reply->review, now, actor, "reply_refused", std::string(id) + " " + std::string(reason));
    raise(tx, now, "reply_refused", id);
    tell(tx, now, "reply.refused", id, reply->review);
    return {};
}

}  // namespace verbatim::reviews
