// The state machine: one function a step. Each checks the state it starts from and does everything the step means in the
// caller's transaction.
#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "record/reviews/counted.h"
#include "record/reviews/incentive.h"
#include "record/reviews/search.h"
#include "record/reviews/store.h"

namespace verbatim::reviews {
namespace {

using storage::Blob;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_review(R"sql(
INSERT INTO review (id, subject, service, origin, source, external_id, experience, customer, state, version, rating, criteria, recommend,
  title, body, lang, experience_on, signature, terms, contact_me, submitted_at, published_at, updated_at, decide_by, salt, commitment,
  collected_entry, public_entry, findings, parent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, NULL, $22, $23, $24, $25, $26, $27, $28)
ON CONFLICT DO NOTHING)sql");
constexpr Sql set_published("UPDATE review SET state = 'published', published_at = $2, public_entry = $3, findings = NULL, reason = NULL, overdue_at = NULL, rephrase_by = NULL WHERE id = $1");
// With its finding still to be decided: what set_published or set_revised did, and this.
constexpr Sql set_overdue("UPDATE review SET overdue_at = $2, findings = $3 WHERE id = $1");
constexpr Sql set_settled("UPDATE review SET overdue_at = NULL, findings = NULL WHERE id = $1");
constexpr Sql set_revised(R"sql(
UPDATE review SET state = 'published', version = $2, rating = $3, criteria = $4, recommend = $5, title = $6, body = $7, lang = $8,
  salt = $9, commitment = $10, collected_entry = $11, public_entry = $12, updated_at = $13, published_at = COALESCE(published_at, $13),
  findings = NULL, reason = NULL, overdue_at = NULL, rephrase_by = NULL WHERE id = $1)sql");
constexpr Sql set_waiting(R"sql(
UPDATE review SET state = 'collected', version = $2, rating = $3, criteria = $4, recommend = $5, title = $6, body = $7, lang = $8,
  salt = $9, commitment = $10, collected_entry = $11, decide_by = $12, findings = NULL, reason = NULL, rephrase_by = NULL WHERE id = $1)sql");
constexpr Sql set_held("UPDATE review SET state = 'held', findings = $2 WHERE id = $1");
constexpr Sql set_draft_held("UPDATE review_draft SET findings = $2 WHERE review = $1");
constexpr Sql set_rephrase("UPDATE review SET state = CASE WHEN state = 'held' THEN 'rephrase' ELSE state END, rephrase_by = $2 WHERE id = $1");
constexpr Sql set_lapsed("UPDATE review SET state = CASE WHEN state = 'rephrase' THEN 'held' ELSE state END, rephrase_by = NULL WHERE id = $1");
constexpr Sql set_ended("UPDATE review SET state = $2, reason = $3, updated_at = $4, overdue_at = NULL, rephrase_by = NULL WHERE id = $1");
constexpr Sql set_reinstated("UPDATE review SET state = 'published', published_at = $2, public_entry = $3, updated_at = NULL, reason = NULL, findings = NULL WHERE id = $1");
constexpr Sql written_again("SELECT 1 FROM review WHERE experience = $1 AND subject = $2 AND id <> $3 AND state <> 'refused' LIMIT 1");
constexpr Sql set_erased(R"sql(
UPDATE review SET state = 'erased', title = NULL, body = NULL, criteria = NULL, recommend = NULL, signature = NULL, salt = NULL,
  customer = NULL, experience = NULL, findings = NULL, overdue_at = NULL, rephrase_by = NULL, updated_at = $2 WHERE id = $1)sql");
constexpr Sql insert_draft(R"sql(
INSERT INTO review_draft (review, version, content, salt, commitment, entry, findings, submitted_at, decide_by) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8)
ON CONFLICT (review) DO UPDATE SET version = excluded.version, content = excluded.content, salt = excluded.salt,
  commitment = excluded.commitment, entry = excluded.entry, findings = NULL, submitted_at = excluded.submitted_at,
  decide_by = excluded.decide_by)sql");
constexpr Sql delete_draft("DELETE FROM review_draft WHERE review = $1");
constexpr Sql insert_version("INSERT INTO review_version (review, version, content, until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
constexpr Sql delete_versions("DELETE FROM review_version WHERE review = $1");
constexpr Sql clear_step_details("UPDATE review_step SET detail = NULL WHERE review = $1");
constexpr Sql delete_replies("DELETE FROM reply WHERE review = $1");

// Time first, chance behind it: new reviews lie side by side in every index, so a commit writes few pages. The moment is no
// secret, the log tells it; 45 random bits behind a running number keep apart the ids of one second, in which an import stores ten thousand: an id taken
// twice would look like a review that is there already.
std::string new_id(Seconds now) {
    constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id(7, '0');
    for (int i = 6; i >= 0; --i, now >>= 5) id[static_cast<std::size_t>(i)] = alphabet[static_cast<std::size_t>(now & 31)];
    // A running number keeps the order within the second, so that newest first is true there as well.
    static std::atomic<unsigned> count{0};
    const unsigned n = count.fetch_add(1, std::memory_order_relaxed);
    for (const unsigned shift : {10u, 5u, 0u}) id += alphabet[n >> shift & 31];
    return id + crypto::random_id(9);
}

Error wrong_state(const Review& review, std::string_view step) {
    return conflict("wrong_state", "review " + review.id + " is " + std::string(to_word(review.state)) + "; " + std::string(step) + " is not possible");
}
Error unknown(std::string_view id) { return not_found("review_unknown", "there is no review " + std::string(id)); }

// The words the detectors marked, each once: the facts of a statement of reasons.
std::string marked_words(std::string_view findings) {
    auto words = nlohmann::json::array();
    if (!findings.empty()) {
        for (const auto& finding : nlohmann::json::parse(findings)) {
            const auto text = finding.value("field", "") == "proof" ? std::string() : finding.value("text", "");
            if (!text.empty() && std::find(words.begin(), words.end(), text) == words.end()) words.push_back(text);
        }
    }
    return words.dump();
}

bool live(State state) { return state == State::collected || state == State::held || state == State::rephrase || state == State::published; }

// No human, or not every human who must, has decided yet.
bool waiting_for_decision(State state) { return state == State::collected || state == State::held || state == State::rephrase; }

// Gathered words enter the log when they are shown; held ones that never were leave no leaf behind (norm TLG-1).
bool logged(const Review& review) { return review.collected_entry || review.public_entry; }

std::optional<std::string_view> null_or(std::string_view text) { return or_null(text); }

}  // namespace

Result<Collected> collect(Tx& tx, const Actor& actor, Seconds now, const Submission& submission) {
    Collected out;
    out.id = new_id(now);
    out.salt = crypto::random_bytes(32);
    out.content = canonical_content(submission.content);
    out.commitment = commitment(out.salt, out.content);
    out.leaf = collected_leaf(now, out.id, submission.content, submission.origin, out.commitment, !submission.incentive.empty());
    out.entry = ledger::append(tx, out.leaf);
    const auto& content = submission.content;
    const auto criteria = criteria_to_json(content.criteria);
    const auto inserted = tx.exec(insert_review, out.id, content.subject, content.service, submission.origin, nullptr, nullptr,
        null_or(submission.experience), null_or(submission.customer), "collected", content.rating, null_or(criteria), content.recommend,
        null_or(content.title), null_or(content.body), null_or(content.lang), null_or(content.experience_on), null_or(submission.signature),
        null_or(submission.terms), submission.contact_me, now, nullptr, submission.decide_by, Blob{out.salt}, out.commitment, out.entry,
        nullptr, nullptr, null_or(submission.parent));
    if (inserted == 0) return conflict("already_reviewed", "this experience already has a review of " + content.subject);  // COL-10
    if (!submission.incentive.empty()) keep_incentive(tx, out.id, content.subject, submission.incentive);
    note_step(tx, out.id, now, actor, "collected", submission.origin);
    index_again(tx, out.id);
    raise(tx, now, "collected", out.id);
    happened(tx, now, "review.collected", out.id, content, submission.origin);
    return out;
}

std::optional<std::string> gather(Tx& tx, const Actor& actor, Seconds now, const Gathered& words) {
    const auto id = new_id(now);
    const auto salt = crypto::random_bytes(32);
    const auto bound = commitment(salt, canonical_content(words.content));
    const bool clean = words.findings.empty();
    const auto criteria = criteria_to_json(words.content.criteria);
    const auto inserted = tx.exec(insert_review, id, words.content.subject, words.content.service, "gathered", words.source, words.external_id,
        nullptr, nullptr, clean ? "published" : "held", words.content.rating, null_or(criteria), words.content.recommend,
        null_or(words.content.title), null_or(words.content.body), null_or(words.content.lang), null_or(words.content.experience_on),
        null_or(words.author), nullptr, false, words.written_at != 0 ? words.written_at : now, clean ? std::optional(now) : std::nullopt, nullptr,
        Blob{salt}, bound, nullptr, nullptr, null_or(words.findings), nullptr);
    if (inserted == 0) return std::nullopt;
    if (clean) {
        const auto entry = ledger::append(tx, gathered_leaf(now, id, words.content, words.source, bound));
        tx.exec("UPDATE review SET public_entry = $2 WHERE id = $1", id, entry);
    }
    index_again(tx, id);
    note_step(tx, id, now, actor, clean ? "gathered" : "held", words.source);
    happened(tx, now, clean ? "review.gathered" : "review.held", id, words.content, "gathered");
    return id;
}

namespace {

// The words that wait become public, those of a correction first. Returns what was found in them.
Result<std::string> make_public(Tx& tx, const Actor& actor, Seconds now, std::string_view id, const Review& review, std::string_view why) {
    if (const auto waiting = draft(tx, id); waiting && review.state == State::published) {
        const auto& content = waiting->content;
        tx.exec(insert_version, id, review.version, canonical_content(review.content), now);
        const auto entry = ledger::append(tx, published_leaf(now, "revised", id, content, waiting->commitment));
        const auto criteria = criteria_to_json(content.criteria);
        tx.exec(set_revised, id, waiting->version, content.rating, null_or(criteria), content.recommend, null_or(content.title),
                null_or(content.body), null_or(content.lang), Blob{waiting->salt}, waiting->commitment, waiting->entry, entry, now);
        tx.exec(delete_draft, id);
        index_again(tx, id, &review.content);
        happened(tx, now, "review.revised", review.id, content, review.origin);
        note_step(tx, id, now, actor, "revised", "version " + std::to_string(waiting->version) + std::string(why.empty() ? "" : ", ") + std::string(why));
        return waiting->findings;
    }
    if (!waiting_for_decision(review.state)) return wrong_state(review, "publish");
    const auto leaf = review.origin == "gathered" ? gathered_leaf(now, id, review.content, review.source, review.commitment)
                                                  : published_leaf(now, "published", id, review.content, review.commitment);
    tx.exec(set_published, id, now, ledger::append(tx, leaf));
    index_again(tx, id);
    note_step(tx, id, now, actor, "published", why);
    happened(tx, now, "review.published", review.id, review.content, review.origin);
    return review.findings;
}

}  // namespace

Result<void> publish(Tx& tx, const Actor& actor, Seconds now, std::string_view id) {
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if (review->overdue_at != 0 && review->state == State::published && !draft(tx, id)) {  // public already; now it is settled
        tx.exec(set_settled, id);
        note_step(tx, id, now, actor, "settled", {});
        happened(tx, now, "review.settled", review->id, review->content, review->origin);
        return {};
    }
    if (review->state == State::rephrase) return wrong_state(*review, "publish");
    const auto before = contribution(tx, *review);
    const auto found = make_public(tx, actor, now, id, *review, {});
    if (!found) return found.error();
    count_step(tx, before, id);
    raise(tx, now, "published", id);
    tell_window(tx, review->content.subject);
    return {};
}

Result<void> publish_overdue(Tx& tx, const Actor& actor, Seconds now, std::string_view id) {
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    const auto before = contribution(tx, *review);
    const auto found = make_public(tx, actor, now, id, *review, "overdue");
    if (!found) return found.error();
    count_step(tx, before, id);
    tx.exec(set_overdue, id, now, found->empty() ? std::string("[]") : *found);
    raise(tx, now, "published", id);
    tell_window(tx, review->content.subject);
    return {};
}

Result<void> hold(Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view findings) {
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if (review->state == State::published) {
        if (tx.exec(set_draft_held, id, findings) == 0) return wrong_state(*review, "hold");
    } else if (review->state == State::collected) {
        tx.exec(set_held, id, findings);
    } else {
        return wrong_state(*review, "hold");
    }
    index_again(tx, id);
    note_step(tx, id, now, actor, "held", {});
    raise(tx, now, "held", id);
    happened(tx, now, "review.held", review->id, review->content, review->origin);
    return {};
}

namespace {

// Norms MOD-9, MOD-10: written with the restriction, never after it. `findings` are the detectors'.
void state_reasons(Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view measure, const Grounds& grounds, std::string_view findings) {
    Statement one;
    one.id = crypto::random_id(12);
    one.review = id;
    one.measure = measure;
    one.origin = grounds.from_notice ? "notice" : "own_initiative";
    one.grounds = grounds;
    one.restriction_at = one.sor_at = now;
    one.decided_by = actor.label();
    one.facts = marked_words(findings);
    one.automated_detection = one.facts != "[]";
    keep_statement(tx, one);
}

// A human, a reason of the public list, and nothing longer than a page.
Result<void> check_grounds(const Actor& actor, const Grounds& grounds) {
    if (!is_reason(grounds.reason)) return invalid("reason_unknown", "the reason must be one of the public list", "reason");  // MOD-3
    if (actor.kind != ActorKind::staff) return forbidden("human_only", "only a human refuses or removes words");  // promise 2, FRA-4
    if (grounds.explanation.size() > 8000 || grounds.law.size() > 400) return invalid("too_long", "the explanation is longer than 8,000 bytes", "explanation");
    return {};
}

}  // namespace

Result<void> refuse(Tx& tx, const Actor& actor, Seconds now, std::string_view id, const Grounds& grounds) {
    if (const auto good = check_grounds(actor, grounds); !good) return good;
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    const auto step_detail = grounds.reason + (grounds.explanation.empty() ? "" : ": " + grounds.explanation);
    if (review->state == State::published) {  // a correction is refused: the published words stay
        const auto waiting = draft(tx, id);
        if (!waiting) return wrong_state(*review, "refuse");
        tx.exec(delete_draft, id);
        tx.exec(set_lapsed, id);
        ledger::append(tx, procedure_leaf(now, "decided", id, grounds.reason, "correction_refused"));
        state_reasons(tx, actor, now, id, "correction_not_published", grounds, waiting->findings);
        note_step(tx, id, now, actor, "correction_refused", step_detail);
        happened(tx, now, "review.correction_refused", review->id, review->content, review->origin, grounds.reason);
    } else {
        if (!waiting_for_decision(review->state) || review->state == State::rephrase) return wrong_state(*review, "refuse");
        if (logged(*review)) ledger::append(tx, refused_leaf(now, id, review->content, grounds.reason, grounds.policy));
        const auto before = contribution(tx, *review);
        tx.exec(set_ended, id, "refused", grounds.reason, now);
        count_step(tx, before, id);
        index_again(tx, id);
        state_reasons(tx, actor, now, id, "not_published", grounds, review->findings);
        note_step(tx, id, now, actor, "refused", step_detail);
        happened(tx, now, "review.refused", review->id, review->content, review->origin, grounds.reason);
    }
    raise(tx, now, "refused", id);
    return {};
}

Result<void> ask_rephrase(Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view explanation, Seconds until) {
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if (review->state != State::held && (review->state != State::published || !draft(tx, id))) return wrong_state(*review, "ask_rephrase");
    tx.exec(set_rephrase, id, until);
    index_again(tx, id);
    note_step(tx, id, now, actor, "rephrase", explanation);
    raise(tx, now, "rephrase", id);
    happened(tx, now, "review.rephrase", review->id, review->content, review->origin);
    return {};
}

Result<void> lapse(Tx& tx, const Actor& actor, Seconds now, std::string_view id) {
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if (review->rephrase_by == 0) return wrong_state(*review, "lapse");
    tx.exec(set_lapsed, id);
    index_again(tx, id);
    note_step(tx, id, now, actor, "lapsed", {});
    raise(tx, now, "lapsed", id);
    happened(tx, now, "review.lapsed", review->id, review->content, review->origin);
    return {};
}

Result<void> reinstate(Tx& tx, const Actor& actor, Seconds now, std::string_view id) {
    if (actor.kind != ActorKind::staff) return forbidden("human_only", "only a human decides on a complaint");
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if ((review->state != State::refused && review->state != State::removed) || review->origin == "gathered") return wrong_state(*review, "reinstate");
    if (!review->experience.empty() && tx.row<std::int64_t>(written_again, review->experience, review->content.subject, id)) {
        return conflict("already_reviewed", "the author has written of this experience again");  // COL-10
    }
    const auto before = contribution(tx, *review);
    tx.exec(set_reinstated, id, now, ledger::append(tx, published_leaf(now, "published", id, review->content, review->commitment)));
    count_step(tx, before, id);
    index_again(tx, id);
    note_step(tx, id, now, actor, "reinstated", {});
    raise(tx, now, "published", id);
    happened(tx, now, "review.reinstated", review->id, review->content, review->origin);
    tell_window(tx, review->content.subject);
    return {};
}

Result<Collected> correct(Tx& tx, const Actor& actor, Seconds now, std::string_view id, const Content& content, Seconds decide_by) {
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if (!live(review->state)) return wrong_state(*review, "correct");
    Content words = content;  // subject, service and experience are the review's for ever (norm PUB-6)
    words.subject = review->content.subject;
    words.service = review->content.service;
    words.experience_on = review->content.experience_on;
    Collected out;
    out.id = std::string(id);
    out.salt = crypto::random_bytes(32);
    out.content = canonical_content(words);
    out.commitment = commitment(out.salt, out.content);
    out.leaf = collected_leaf(now, out.id, words, review->origin, out.commitment);
    out.entry = ledger::append(tx, out.leaf);
    const auto waiting = draft(tx, id);
    const int version = (waiting ? waiting->version : review->version) + 1;
    if (review->state == State::published) {
        tx.exec(insert_draft, id, version, out.content, Blob{out.salt}, out.commitment, out.entry, now, decide_by);
        tx.exec(set_lapsed, id);  // reworded: the time to do so is no longer counted
    } else {
        tx.exec(insert_version, id, review->version, canonical_content(review->content), now);
        const auto criteria = criteria_to_json(words.criteria);
        tx.exec(set_waiting, id, version, words.rating, null_or(criteria), words.recommend, null_or(words.title), null_or(words.body),
                null_or(words.lang), Blob{out.salt}, out.commitment, out.entry, decide_by);
        index_again(tx, id, &review->content);
    }
    note_step(tx, id, now, actor, "corrected", "version " + std::to_string(version));
    raise(tx, now, "corrected", id);
    happened(tx, now, "review.corrected", review->id, words, review->origin);
    return out;
}

namespace {

Result<void> end(Tx& tx, const Actor& actor, Seconds now, std::string_view id, std::string_view word, std::string_view reason, bool from_any) {
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if (!live(review->state) && !(from_any && review->state != State::erased)) return wrong_state(*review, word);
    const auto before = contribution(tx, *review);
    if (logged(*review)) ledger::append(tx, ended_leaf(now, word, id, review->content, reason));
    if (word == "erased") {
        index_out(tx, now, id, review->content);
        tx.exec(set_erased, id, now);
        tx.exec(delete_versions, id);
        tx.exec(clear_step_details, id);
        tx.exec(delete_replies, id);  // an answer quotes what it answers
        forget_statement_words(tx, id);
    } else {
        tx.exec(set_ended, id, word, null_or(reason), now);
        index_again(tx, id);
    }
    tx.exec(delete_draft, id);
    count_step(tx, before, id);
    note_step(tx, id, now, actor, word, reason);
    raise(tx, now, word, id);
    happened(tx, now, "review." + std::string(word), review->id, review->content, review->origin, reason);
    tell_window(tx, review->content.subject);
    return {};
}

}  // namespace

Result<void> withdraw(Tx& tx, const Actor& actor, Seconds now, std::string_view id) { return end(tx, actor, now, id, "withdrawn", {}, false); }
Result<void> erase(Tx& tx, const Actor& actor, Seconds now, std::string_view id) { return end(tx, actor, now, id, "erased", {}, true); }
Result<void> remove(Tx& tx, const Actor& actor, Seconds now, std::string_view id, const Grounds& grounds) {
    if (const auto good = check_grounds(actor, grounds); !good) return good;
    const auto review = find_to_change(tx, id);
    if (!review) return unknown(id);
    if (review->state != State::published) return wrong_state(*review, "remove");
    state_reasons(tx, actor, now, id, "removed", grounds, review->findings);
    return end(tx, actor, now, id, "removed", grounds.reason, false);
}

}  // namespace verbatim::reviews
