// Notices: anyone, without an account, says why a public review should not stand (DSA art. 16; norm MOD-11); a point of sale does
// so from its case (norm SUP-2). Each is acknowledged at once, read by a human who is fit to decide, and answered with reasons.
// Until then nothing is hidden (norm SUP-4).
#include "life/moderate/ask.h"
#include "life/moderate/work.h"

#include "ground/base/log.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/mailbox.h"
#include "ground/formats/utf8.h"
#include "record/events/events.h"
#include "record/ledger/ledger.h"
#include "record/vault/vault.h"

namespace verbatim::moderate {
namespace {

using links::Purpose;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define NOTICE_COLUMNS                                                                                                                    \
    "id, review, source, reason, explanation, url, sealed, locale, state, at, decide_by, outcome, answer, decided_at, moderator"
constexpr Sql insert_notice(R"sql(
INSERT INTO notice (id, review, source, reason, explanation, url, sealed, locale, state, at, decide_by, outcome, decided_at, unfounded)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0))sql");
constexpr Sql select_notice("SELECT " NOTICE_COLUMNS " FROM notice WHERE id = $1");
constexpr Sql select_open_of("SELECT " NOTICE_COLUMNS " FROM notice WHERE review = $1 AND state = 'open' ORDER BY at, id LIMIT 1000");
// Spelt out for the join: the review says on whose branch it lies.
constexpr Sql select_by_state(R"sql(
SELECT n.id, n.review, n.source, n.reason, n.explanation, n.url, n.sealed, n.locale, n.state, n.at, n.decide_by, n.outcome, n.answer, n.decided_at, n.moderator
FROM notice n JOIN review r ON r.id = n.review JOIN branch_subject b ON b.branch = $5 AND b.subject = r.subject
WHERE n.state = $1 AND (n.at > $2 OR (n.at = $2 AND n.id > $3)) ORDER BY n.at, n.id LIMIT $4)sql");
constexpr Sql set_decided("UPDATE notice SET state = 'decided', outcome = $2, answer = $3, decided_at = $4, moderator = $5, unfounded = $6 WHERE id = $1");
constexpr Sql count_open_of("SELECT COUNT(*) FROM notice WHERE review = $1 AND state = 'open'");

constexpr std::size_t explanation_limit = 4000;

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

// Who reported is nobody's business: sealed, and opened only to answer (norms MOD-13, GDP-6).
std::string place_of(std::string_view id) { return "notice " + std::string(id); }

std::optional<storage::Blob> sealed_person(const Notice& notice) {
    if (notice.name.empty() && notice.email.empty()) return std::nullopt;
    return storage::Blob{vault::seal(json({{"name", notice.name}, {"email", notice.email}}).dump(), place_of(notice.id))};
}

Notice read_notice(const Row& row) {
    const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
    Notice notice;
    notice.id = text(0);
    notice.review = text(1);
    notice.source = text(2);
    notice.reason = text(3);
    notice.explanation = text(4);
    notice.url = text(5);
    if (!row.is_null(6)) {
        const auto who = json::parse(vault::unseal(row.bytes(6), place_of(notice.id)));
        notice.name = who.value("name", "");
        notice.email = who.value("email", "");
    }
    notice.locale = text(7);
    notice.state = text(8);
    notice.at = row.integer(9);
    notice.decide_by = row.integer(10);
    notice.outcome = text(11);
    notice.answer = text(12);
    notice.decided_at = row.is_null(13) ? 0 : row.integer(13);
    notice.moderator = text(14);
    return notice;
}

Result<void> check(const Moderate::Report& report, bool dealer) {
    const auto bad = [](std::string_view text, std::size_t limit) { return !valid_utf8(text) || code_points(text) > limit; };
    if (!reviews::is_reason(report.reason)) return invalid("reason_missing", "choose a reason from the list", "reason");
    if (report.explanation.find_first_not_of(" \r\n\t") == std::string::npos) return invalid("what_missing", "say why", "explanation");
    if (bad(report.explanation, explanation_limit)) return invalid("too_long", "at most 4,000 characters", "explanation");
    if (bad(report.name, 200)) return invalid("too_long", "at most 200 characters", "name");
    if (!report.email.empty() && !plausible_mailbox(report.email)) return invalid("email_wrong", "this is no e-mail address", "email");
    if (bad(report.url, 2000)) return invalid("too_long", "at most 2,000 characters", "url");
    if (!dealer && !report.good_faith) return invalid("good_faith_missing", "confirm your good faith", "good_faith");
    return {};
}

}  // namespace

std::optional<Notice> find_notice(Tx& tx, std::string_view id) {
    std::optional<Notice> found;
    tx.each(select_notice, [&](const Row& row) { found = read_notice(row); }, id);
    return found;
}

std::vector<Notice> open_notices_of(Tx& tx, std::string_view review) {
    std::vector<Notice> all;
    tx.each(select_open_of, [&](const Row& row) { all.push_back(read_notice(row)); }, review);
    return all;
}

void end_notice(Tx& tx, Seconds now, std::string_view id, std::string_view outcome, std::string_view answer, std::string_view moderator, bool unfounded) {
    tx.exec(set_decided, id, outcome, or_null(answer), now, or_null(moderator), unfounded);
}

Result<Notice> Moderate::report(const Actor& actor, const Report& given) {
    const bool dealer = actor.kind == ActorKind::staff;
    if (const auto good = check(given, dealer); !good) return good.error();
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<Notice> {
        const auto review = reviews::find(tx, given.review);
        if (!review || review->state != reviews::State::published) return gone("review_ended", "this review is not public");
        // A flood on one review adds nothing: people read the first hundred.
        if (tx.value<std::int64_t>(count_open_of, given.review) >= 100) return Error{ErrorKind::too_many, "too_many", "this review was reported many times and is being read", {}};
        Notice notice;
        notice.id = crypto::random_id(16);
        notice.review = given.review;
        notice.source = dealer ? "dealer" : "public";
        notice.reason = given.reason;
        notice.explanation = given.explanation;
        notice.url = given.url;
        notice.name = given.name;
        notice.email = dealer ? actor.id : mailbox_key(given.email);
        notice.locale = given.locale;
        notice.at = now;
        notice.decide_by = now + options_.decide_days * one_day;
        // Suspended after a warning (norm MOD-15): acknowledged, kept, and not worked on.
        const auto suspended = conduct::suspended_until(tx, now, conduct::Who::notifier, notice.email);
        notice.state = suspended ? "set_aside" : "open";
        if (suspended) {
            notice.outcome = "suspended";
            notice.decided_at = now;
        }
        tx.exec(insert_notice, notice.id, notice.review, notice.source, notice.reason, notice.explanation, notice.url, sealed_person(notice), notice.locale,
                notice.state, notice.at, notice.decide_by, or_null(notice.outcome), suspended ? std::optional(now) : std::nullopt);
        ledger::append(tx, reviews::procedure_leaf(now, "noticed", notice.review, notice.reason, {}));
        if (suspended) ledger::append(tx, reviews::procedure_leaf(now, "decided", notice.review, notice.reason, "suspended"));
        reviews::note(tx, dealer ? actor : Actor::visitor(), now, notice.review, "noticed", notice.reason);
        events::raise(tx, now, "notice.received", review->content.subject, notice.id, {{"review", notice.review}, {"source", notice.source}, {"reason", notice.reason}});
        const auto work = Work::of(*this, tx);
        work.tell_notifier(notice, "notice_received", {{"SUSPENDED_UNTIL", suspended.value_or(0)}, {"EXPLANATION", notice.explanation}});
        if (!suspended) work.ask("notice:" + notice.id, *review, review->content.lang, "moderation_notice", {{"REASON", notice.reason}, {"DEALER", dealer}, {"DECIDE_BY", notice.decide_by}});
        return notice;
    });
}

std::vector<Seconds> Moderate::reported_by(std::string_view staff, std::string_view review) const {
    return db_.read([&](Tx& tx) {
        std::vector<Seconds> all;
        for (const auto& notice : open_notices_of(tx, review)) {
            if (notice.source == "dealer" && notice.email == staff) all.push_back(notice.at);
        }
        return all;
    });
}

Result<void> Work::decide_notice(const Actor& actor, std::string_view id, const Verdict& verdict, std::string_view key_languages) const {
    if (verdict.decision != "keep" && verdict.decision != "remove") return invalid("decision_unknown", "decision is keep or remove", "decision");
    const auto notice = find_notice(tx, id);
    if (!notice) return not_found("notice_unknown", "there is no such notice");
    if (notice->state != "open") return conflict("decided", "this notice is " + notice->state);
    const auto review = reviews::find(tx, notice->review);
    if (!review || review->state != reviews::State::published) return conflict("review_ended", "this review is not public any more");
    const auto fitness = fit_to_decide(tx, actor, review->content.subject, review->content.lang, verdict.reads, key_languages);
    if (!fitness) return fitness.error();
    if (notice->email == actor.id) return forbidden("own_notice", "nobody decides on a notice of their own");
    if (verdict.explanation.find_first_not_of(" \r\n\t") == std::string::npos) return invalid("explanation_missing", "the notifier is told why", "explanation");
    const bool remove = verdict.decision == "remove";
    if (remove && verdict.unfounded) return invalid("decision_unknown", "a notice that was right is not unfounded", "decision");
    const auto ref = "notice:" + std::string(id);
    if (remove) {
        if (!reviews::is_reason(verdict.reason)) return invalid("reason_unknown", "the reason must be one of the public list", "reason");
        if (options.second_opinion) {
            // The same care as for a refusal: two humans before words go.
            const auto first = find_opinion(tx, ref);
            if (first && first->moderator == actor.id) return forbidden("second_opinion", "another moderator gives the second opinion");
            if (!first) {
                tx.exec("INSERT INTO second_opinion (ref, review, moderator, reason, explanation, law, at) VALUES ($1, $2, $3, $4, $5, $6, $7)", ref, review->id, actor.id,
                        verdict.reason, verdict.explanation, verdict.law, now);
                keep_decision(*fitness, actor, ref, *review, review->content.lang, verdict, false);
                links::supersede(tx, Purpose::moderation, ref);
                ask(ref, *review, review->content.lang, "moderation_second", {{"REASON", verdict.reason}}, {actor.id});
                return {};
            }
        }
    }
    ledger::append(tx, reviews::procedure_leaf(now, "decided", review->id, notice->reason, remove ? "removed" : "kept"));
    end_notice(tx, now, id, remove ? "removed" : "kept", verdict.explanation, actor.id, verdict.unfounded);
    keep_decision(*fitness, actor, ref, *review, review->content.lang, verdict, true);
    links::supersede(tx, Purpose::moderation, ref);
    tx.exec("DELETE FROM second_opinion WHERE ref = $1", ref);
    events::raise(tx, now, "notice.decided", review->content.subject, notice->id, {{"review", review->id}, {"outcome", remove ? "removed" : "kept"}});
    if (remove) {
        if (auto done = reviews::remove(tx, actor, now, review->id, grounds(verdict, true)); !done) return done;
        tell_reasons(*review);
        mark_author(actor, *review, verdict);
    } else {
        reviews::note(tx, actor, now, review->id, "notice_kept", notice->reason);
        if (verdict.unfounded) mark_notifier(actor, *notice);
    }
    const auto until = contestable_until(now, options.complaint_months);
    json data = {{"OUTCOME", remove ? "removed" : "kept"}, {"EXPLANATION", verdict.explanation}, {"POLICY", options.policy}, {"DECIDED_AT", now}, {"DISPUTE_BODY", options.dispute_body},
                 {"APPEAL_MONTHS", options.complaint_months}, {"APPEAL_UNTIL", until}, {"CONTEST_LINK", ""}, {"GROUND", remove ? verdict.reason : ""}};
    if (!remove) data["CONTEST_LINK"] = options.base_url + "/contest/" + links::issue(tx, now, Purpose::complaint, "notice:" + notice->id, notice->id, until);
    tell_notifier(*notice, "notice_decided", std::move(data));
    return {};
}

void Moderate::on_ended(Tx& tx, std::string_view id) const {
    // The words are gone, by their author or by a decision: what was still asked about them has no object any more.
    const auto now = clock_.now();
    const auto work = Work::of(*this, tx);
    const auto review = reviews::find(tx, id);
    if (!review) return;
    tx.exec("DELETE FROM second_opinion WHERE review = $1", id);
    if (review->state == reviews::State::erased) forget_signals(tx, id);
    for (const auto& notice : open_notices_of(tx, id)) {
        const bool removed = review->state == reviews::State::removed;
        ledger::append(tx, reviews::procedure_leaf(now, "decided", id, notice.reason, removed ? "removed" : "moot"));
        end_notice(tx, now, notice.id, removed ? "removed" : "moot", {}, {}, false);
        events::raise(tx, now, "notice.decided", review->content.subject, notice.id, {{"review", review->id}, {"outcome", removed ? "removed" : "moot"}});
        links::supersede(tx, Purpose::moderation, "notice:" + notice.id);
        work.tell_notifier(notice, "notice_decided", {{"OUTCOME", removed ? "removed" : "moot"}, {"EXPLANATION", ""}, {"POLICY", options_.policy}, {"DECIDED_AT", now},
                                                      {"DISPUTE_BODY", ""}, {"APPEAL_MONTHS", options_.complaint_months}, {"APPEAL_UNTIL", now}, {"CONTEST_LINK", ""}, {"GROUND", review->reason}});
    }
    if (review->state == reviews::State::removed) return;  // its author's complaint may still come
    if (review->state == reviews::State::erased) {
        tx.exec("UPDATE complaint SET explanation = '' WHERE review = $1 AND source = 'author'", id);
        for (const auto& statement : reviews::statements_of(tx, id)) links::forget(tx, Purpose::complaint, "statement:" + statement.id);
    }
    for (const auto& complaint : open_complaints_of(tx, id)) {
        ledger::append(tx, reviews::procedure_leaf(now, "decided", id, complaint.reason, "moot"));
        end_complaint(tx, now, complaint.id, "moot", {}, {});
        links::supersede(tx, Purpose::moderation, "complaint:" + complaint.id);
    }
}

std::string Moderate::personal_data(Tx& tx, const std::vector<std::string>& reviews) {
    json statements = json::array(), complaints = json::array();
    for (const auto& review : reviews) {
        for (const auto& statement : reviews::statements_of(tx, review)) {
            statements.push_back(json::parse(reviews::statement_json(statement)));
            const auto complaint = complaint_about(tx, "statement:" + statement.id);
            if (complaint) complaints.push_back({{"review", review}, {"at", format_moment(complaint->at)}, {"explanation", complaint->explanation}, {"outcome", complaint->outcome}, {"answer", complaint->answer}});
        }
    }
    return json({{"statements_of_reasons", statements}, {"complaints", complaints}}).dump();
}

std::vector<Notice> Moderate::notices(std::string_view state, int limit, std::string_view after, std::string_view branch) const {
    return db_.read([&](Tx& tx) {
        std::vector<Notice> all;
        const auto [from, id] = read_after(after);
        tx.each(select_by_state, [&](const Row& row) { all.push_back(read_notice(row)); }, state, from, id, limit, branch);
        return all;
    });
}

}  // namespace verbatim::moderate
