// Complaints: for six months the author of refused or removed words, and the notifier of words that were kept, may contest, free
// and by a link or from their own space (DSA art. 20; norm MOD-12). Another human than any who decided before reads it; what was
// wrong is undone at once; both are told why.
#include "life/moderate/ask.h"
#include "life/moderate/work.h"

#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "record/events/events.h"
#include "record/ledger/ledger.h"

namespace verbatim::moderate {
namespace {

using links::Purpose;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define COMPLAINT_COLUMNS "id, review, source, about, reason, explanation, state, at, decide_by, outcome, answer, decided_at, moderator"
constexpr Sql insert_complaint(R"sql(
INSERT INTO complaint (id, review, source, about, reason, explanation, state, at, decide_by) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)
ON CONFLICT (about) DO NOTHING)sql");
constexpr Sql select_complaint("SELECT " COMPLAINT_COLUMNS " FROM complaint WHERE id = $1");
constexpr Sql select_about("SELECT " COMPLAINT_COLUMNS " FROM complaint WHERE about = $1");
constexpr Sql select_open_of("SELECT " COMPLAINT_COLUMNS " FROM complaint WHERE review = $1 AND state = 'open' ORDER BY at, id LIMIT 100");
constexpr Sql select_by_state(R"sql(
SELECT c.id, c.review, c.source, c.about, c.reason, c.explanation, c.state, c.at, c.decide_by, c.outcome, c.answer, c.decided_at, c.moderator
FROM complaint c JOIN review r ON r.id = c.review JOIN branch_subject b ON b.branch = $5 AND b.subject = r.subject
WHERE c.state = $1 AND (c.at > $2 OR (c.at = $2 AND c.id > $3)) ORDER BY c.at, c.id LIMIT $4)sql");
constexpr Sql set_decided("UPDATE complaint SET state = 'decided', outcome = $2, answer = $3, decided_at = $4, moderator = $5 WHERE id = $1");

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

Complaint read_complaint(const Row& row) {
    const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
    return {text(0), text(1), text(2), text(3), text(4), text(5), text(6), row.integer(7), row.integer(8), row.is_null(11) ? 0 : row.integer(11), text(9), text(10), text(12)};
}

// May these words be made public again, or the correction?
bool still_refused(const reviews::Review& review, const reviews::Statement& statement) {
    if (statement.measure == "not_published") return review.state == reviews::State::refused;
    if (statement.measure == "removed") return review.state == reviews::State::removed;
    return false;
}

Result<Moderate::Contestable> contestable_in(const Work& work, const std::string& kind, const std::string& id) {
    Moderate::Contestable out;
    Seconds decided_at = 0;
    std::string review_id;
    if (kind == "statement") {
        out.statement = reviews::find_statement(work.tx, id);
        if (!out.statement) return not_found("link_unknown", "this link is not known");
        review_id = out.statement->review;
        decided_at = out.statement->restriction_at;
    } else {
        out.notice = find_notice(work.tx, id);
        if (!out.notice) return not_found("link_unknown", "this link is not known");
        review_id = out.notice->review;
        decided_at = out.notice->decided_at;
        out.locale = out.notice->locale;
    }
    auto review = reviews::find(work.tx, review_id);
    if (!review) return not_found("link_unknown", "this link is not known");
    out.subject_name = subject_name(work.tx, review->content.subject);
    if (!review->customer.empty() && kind == "statement") {
        if (const auto customer = contact::find_customer(work.tx, review->customer)) out.locale = customer->locale;
    }
    out.complaint = complaint_about(work.tx, kind + ":" + id);
    out.until = contestable_until(decided_at, work.options.complaint_months);
    const bool in_time = contestable_at(decided_at, work.now, work.options.complaint_months);
    const bool object = out.statement ? still_refused(*review, *out.statement) : review->state == reviews::State::published && out.notice->outcome == "kept";
    out.open = in_time && object && !out.complaint;
    out.review = std::move(*review);
    return out;
}

// The newest decision on these words that their author may contest.
std::optional<std::string> newest_statement(Tx& tx, std::string_view review) {
    const auto all = reviews::statements_of(tx, review);
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
        if (one->measure != "correction_not_published") return one->id;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Complaint> find_complaint(Tx& tx, std::string_view id) {
    std::optional<Complaint> found;
    tx.each(select_complaint, [&](const Row& row) { found = read_complaint(row); }, id);
    return found;
}

std::optional<Complaint> complaint_about(Tx& tx, std::string_view about) {
    std::optional<Complaint> found;
    tx.each(select_about, [&](const Row& row) { found = read_complaint(row); }, about);
    return found;
}

std::vector<Complaint> open_complaints_of(Tx& tx, std::string_view review) {
    std::vector<Complaint> all;
    tx.each(select_open_of, [&](const Row& row) { all.push_back(read_complaint(row)); }, review);
    return all;
}

void end_complaint(Tx& tx, Seconds now, std::string_view id, std::string_view outcome, std::string_view answer, std::string_view moderator) {
    tx.exec(set_decided, id, outcome, or_null(answer), now, or_null(moderator));
}

Result<Complaint> Work::complain(std::string_view source, std::string_view about, const reviews::Review& review, std::string_view reason, std::string_view explanation) const {
    if (explanation.find_first_not_of(" \r\n\t") == std::string::npos) return invalid("what_missing", "say why", "explanation");
    if (!valid_utf8(explanation) || code_points(explanation) > 4000) return invalid("too_long", "at most 4,000 characters", "explanation");
    Complaint complaint;
    complaint.id = crypto::random_id(16);
    complaint.review = review.id;
    complaint.source = source;
    complaint.about = about;
    complaint.reason = reason;
    complaint.explanation = explanation;
    complaint.state = "open";
    complaint.at = now;
    complaint.decide_by = now + options.decide_days * one_day;
    if (tx.exec(insert_complaint, complaint.id, complaint.review, complaint.source, complaint.about, complaint.reason, complaint.explanation, now, complaint.decide_by) == 0) {
        return conflict("already_contested", "this decision was contested already");
    }
    ledger::append(tx, reviews::procedure_leaf(now, "appealed", review.id, reason, {}));
    reviews::note(tx, source == "author" ? Actor::customer(review.customer) : Actor::visitor(), now, review.id, "appealed", source);
    events::raise(tx, now, "complaint.received", review.content.subject, complaint.id, {{"review", review.id}, {"source", source}, {"reason", reason}});
    const json data = {{"EXPLANATION", explanation}, {"DECIDE_BY", complaint.decide_by}, {"OF_NOTICE", source == "notifier"}};
    if (source == "author") tell_author(review, "complaint_received", "complaint_received:" + complaint.id, data);
    else if (const auto notice = find_notice(tx, split_ref(about).second)) {
        json more = data;
        more["LINK"] = "";
        tell_notifier(*notice, "complaint_received", more);
    }
    ask("complaint:" + complaint.id, review, review.content.lang, "moderation_complaint", {{"REASON", reason}, {"DECIDE_BY", complaint.decide_by}}, earlier_deciders(review.id));
    return complaint;
}

Result<void> Work::decide_complaint(const Actor& actor, std::string_view id, const Verdict& verdict, std::string_view key_languages) const {
    if (verdict.decision != "uphold" && verdict.decision != "overturn") return invalid("decision_unknown", "decision is uphold or overturn", "decision");
    const auto complaint = find_complaint(tx, id);
    if (!complaint) return not_found("complaint_unknown", "there is no such complaint");
    if (complaint->state != "open") return conflict("decided", "this complaint is decided");
    const auto review = reviews::find(tx, complaint->review);
    if (!review) return not_found("review_unknown", "this review is gone");
    const auto fitness = fit_to_decide(tx, actor, review->content.subject, review->content.lang, verdict.reads, key_languages);
    if (!fitness) return fitness.error();
    const auto before = earlier_deciders(review->id);
    if (std::find(before.begin(), before.end(), actor.id) != before.end()) {
        return forbidden("another_human", "a complaint is decided by another human than the decision it is about");  // DSA 20(4), (6)
    }
    if (verdict.explanation.find_first_not_of(" \r\n\t") == std::string::npos) return invalid("explanation_missing", "both are told why", "explanation");
    const bool overturned = verdict.decision == "overturn";
    const bool author = complaint->source == "author";
    if (overturned && !author && !reviews::is_reason(verdict.reason)) return invalid("reason_unknown", "the reason must be one of the public list", "reason");
    const auto ref = "complaint:" + std::string(id);
    ledger::append(tx, reviews::procedure_leaf(now, "decided", review->id, complaint->reason, overturned ? "overturned" : "upheld"));
    end_complaint(tx, now, id, overturned ? "overturned" : "upheld", verdict.explanation, actor.id);
    keep_decision(*fitness, actor, ref, *review, review->content.lang, verdict, true);
    links::supersede(tx, Purpose::moderation, ref);
    reviews::note(tx, actor, now, review->id, overturned ? "overturned" : "upheld", complaint->source);
    events::raise(tx, now, "complaint.decided", review->content.subject, complaint->id, {{"review", review->id}, {"outcome", overturned ? "overturned" : "upheld"}});
    std::optional<Notice> notice;
    const auto [about, about_id] = split_ref(complaint->about);
    if (about == "notice") notice = find_notice(tx, about_id);
    if (overturned && author) {
        if (auto done = reviews::reinstate(tx, actor, now, review->id); !done) return done;
        // Who had reported it hears that the removal did not stand.
    } else if (overturned) {
        if (auto done = reviews::remove(tx, actor, now, review->id, grounds(verdict, true)); !done) return done;
        tell_reasons(*review);
    }
    json data = {{"OUTCOME", overturned ? "overturned" : "upheld"}, {"EXPLANATION", verdict.explanation}, {"DECIDED_AT", now}, {"POLICY", options.policy},
                 {"DISPUTE_BODY", options.dispute_body}, {"OF_NOTICE", !author},
                 {"REVIEW_URL", options.base_url + "/" + (review->content.lang.empty() ? "en" : review->content.lang) + "/reviews/" + review->id}};
    if (author) {
        tell_author(*review, "complaint_decided", "complaint_decided:" + complaint->id, std::move(data));
    } else if (notice) {
        data["LINK"] = "";
        tell_notifier(*notice, "complaint_decided", std::move(data));
    }
    return {};
}

Result<Moderate::Contestable> Moderate::contestable(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<Contestable> {
        const auto link = links::find(tx, clock_.now(), Purpose::complaint, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        const auto [kind, id] = split_ref(link->ref);
        auto found = contestable_in(Work::of(*this, tx), kind, id);
        if (found && link->state == links::State::withdrawn) return gone("link_withdrawn", "this link was withdrawn");
        return found;
    });
}

Result<Complaint> Moderate::contest(std::string_view token, std::string_view explanation) {
    return db_.write([&](Tx& tx) -> Result<Complaint> {
        const auto link = links::find(tx, clock_.now(), Purpose::complaint, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        const auto [kind, id] = split_ref(link->ref);
        const auto work = Work::of(*this, tx);
        const auto found = contestable_in(work, kind, id);
        if (!found) return found.error();
        if (!found->open) return found->complaint ? conflict("already_contested", "this decision was contested already") : gone("contest_over", "this can no longer be contested");
        return work.complain(kind == "statement" ? "author" : "notifier", link->ref, found->review, found->statement ? found->statement->grounds.reason : found->notice->reason, explanation);
    });
}

std::optional<Moderate::Contestable> Moderate::contestable_of(std::string_view review) const {
    return db_.read([&](Tx& tx) -> std::optional<Contestable> {
        const auto statement = newest_statement(tx, review);
        if (!statement) return std::nullopt;
        auto found = contestable_in(Work::of(*this, tx), "statement", *statement);
        return found ? std::optional(std::move(*found)) : std::nullopt;
    });
}

Result<Complaint> Moderate::contest_of(std::string_view review, std::string_view explanation) {
    return db_.write([&](Tx& tx) -> Result<Complaint> {
        const auto statement = newest_statement(tx, review);
        if (!statement) return conflict("contest_over", "there is no decision to contest");
        const auto work = Work::of(*this, tx);
        const auto found = contestable_in(work, "statement", *statement);
        if (!found) return found.error();
        if (!found->open) return found->complaint ? conflict("already_contested", "this decision was contested already") : gone("contest_over", "this can no longer be contested");
        return work.complain("author", "statement:" + *statement, found->review, found->statement->grounds.reason, explanation);
    });
}

std::vector<Complaint> Moderate::complaints(std::string_view state, int limit, std::string_view after, std::string_view branch) const {
    return db_.read([&](Tx& tx) {
        std::vector<Complaint> all;
        const auto [from, id] = read_after(after);
        tx.each(select_by_state, [&](const Row& row) { all.push_back(read_complaint(row)); }, state, from, id, limit, branch);
        return all;
    });
}

}  // namespace verbatim::moderate
