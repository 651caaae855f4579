// A human's verdict on words: who may (MOD-6, MOD-7), the second opinion, and what it causes.
#include "life/moderate/ask.h"
#include "life/moderate/work.h"
#include "record/network/network.h"

namespace verbatim::moderate {
namespace {

using links::Purpose;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_opinion("SELECT moderator, reason, explanation, law, at FROM second_opinion WHERE ref = $1");
constexpr Sql insert_opinion("INSERT INTO second_opinion (ref, review, moderator, reason, explanation, law, at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING");
constexpr Sql delete_opinion("DELETE FROM second_opinion WHERE ref = $1");
constexpr Sql select_decisions(R"sql(
SELECT d.at, d.ref, d.review, d.decision, d.reason, d.moderator, d.lang, d.languages, d.language_match, d.policy, d.final
FROM moderation_decision d JOIN branch_subject b ON b.branch = $2 AND b.subject = d.subject WHERE d.review = $1 ORDER BY d.id)sql");
// The queue by age alone: held words, corrections that wait, and what the clock published. Never by stars (MOD-2).
constexpr Sql select_queue(R"sql(
SELECT id, lang, waiting.subject, submitted_at, title, body, findings, decide_by, kind, content FROM (
  SELECT id, COALESCE(lang, '') AS lang, subject, submitted_at, COALESCE(title, '') AS title, COALESCE(body, '') AS body, COALESCE(findings, '[]') AS findings,
    COALESCE(decide_by, 0) AS decide_by, 'review' AS kind, '' AS content FROM review WHERE state = 'held' AND rephrase_by IS NULL
  UNION ALL
  SELECT id, COALESCE(lang, ''), subject, submitted_at, COALESCE(title, ''), COALESCE(body, ''), COALESCE(findings, '[]'), COALESCE(decide_by, 0), 'overdue', ''
    FROM review WHERE overdue_at IS NOT NULL
  UNION ALL
  SELECT d.review, '', r.subject, d.submitted_at, '', '', d.findings, COALESCE(d.decide_by, 0), 'correction', d.content
    FROM review_draft d JOIN review r ON r.id = d.review WHERE d.findings IS NOT NULL AND r.rephrase_by IS NULL
) AS waiting JOIN branch_subject b ON b.branch = $4 AND b.subject = waiting.subject
WHERE submitted_at > $1 OR (submitted_at = $1 AND id > $2) ORDER BY submitted_at, id LIMIT $3)sql");

std::string_view decision_word(reviews::State state) {
    using reviews::State;
    if (state == State::published || state == State::refused || state == State::rephrase || state == State::withdrawn || state == State::erased || state == State::removed) {
        return reviews::to_word(state);
    }
    return {};
}

Error gone_words() { return not_found("review_unknown", "this review is gone"); }

}  // namespace

std::optional<Opinion> find_opinion(Tx& tx, std::string_view ref) {
    std::optional<Opinion> found;
    tx.each(select_opinion, [&](const Row& row) {
        found = Opinion{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4)};
    }, ref);
    return found;
}

Result<void> Work::decide_words(const Actor& actor, std::string_view ref, const Verdict& verdict, std::string_view key_languages) const {
    const auto [kind, id] = split_ref(ref);
    if (verdict.decision != "publish" && verdict.decision != "refuse" && verdict.decision != "rephrase") {
        return invalid("decision_unknown", "decision is publish, refuse or rephrase", "decision");
    }
    if (kind == "reply") {
        const auto reply = reviews::find_reply(tx, id);
        const auto review = reply ? reviews::find(tx, reply->review) : std::nullopt;
        if (!review) return not_found("reply_unknown", "this reply is gone");
        const auto fitness = fit_to_decide(tx, actor, review->content.subject, review->content.lang, verdict.reads, key_languages);
        if (!fitness) return fitness.error();
        auto done = verdict.decision == "publish" ? reviews::publish_reply(tx, actor, now, id) : reviews::refuse_reply(tx, actor, now, id, verdict.reason);
        if (!done) return done;
        keep_decision(*fitness, actor, ref, *review, review->content.lang, verdict, true);
        links::supersede(tx, Purpose::moderation, ref);
        return {};
    }
    const auto review = reviews::find(tx, id);
    if (!review) return gone_words();
    const auto waiting = reviews::draft(tx, id);
    const auto& lang = waiting ? waiting->content.lang : review->content.lang;
    const int version = waiting ? waiting->version : review->version;
    if (verdict.version != 0 && verdict.version != version) return conflict("words_changed", "the author has changed the words meanwhile; read them again");
    const auto fitness = fit_to_decide(tx, actor, review->content.subject, lang, verdict.reads, key_languages);
    if (!fitness) return fitness.error();
    const auto first = find_opinion(tx, ref);
    if (first && first->moderator == actor.id) return forbidden("second_opinion", "another moderator gives the second opinion");
    const bool overdue = review->overdue_at != 0 && !waiting;

    if (verdict.decision == "refuse" && options.second_opinion && !first) {
        if (!reviews::is_reason(verdict.reason)) return invalid("reason_unknown", "the reason must be one of the public list", "reason");
        if (review->state != reviews::State::held && !waiting && !overdue) return conflict("wrong_state", "this review is " + std::string(reviews::to_word(review->state)));
        tx.exec(insert_opinion, ref, id, actor.id, verdict.reason, verdict.explanation, verdict.law, now);
        reviews::note(tx, actor, now, id, "refusal_proposed", verdict.reason);
        keep_decision(*fitness, actor, ref, *review, lang, verdict, false);
        links::supersede(tx, Purpose::moderation, ref);
        ask(ref, *review, lang, "moderation_second", {{"REASON", verdict.reason}}, {actor.id});
        return {};
    }

    Result<void> done;
    if (verdict.decision == "publish") {
        done = reviews::publish(tx, actor, now, id);
    } else if (verdict.decision == "refuse") {
        // What the clock had published comes down again, with its statement (norm MOD-4).
        done = overdue ? reviews::remove(tx, actor, now, id, grounds(verdict)) : reviews::refuse(tx, actor, now, id, grounds(verdict));
        if (done) {
            tell_reasons(*review);
            mark_author(actor, *review, verdict);
        }
    } else {
        if (review->customer.empty()) return conflict("no_author", "nobody is known who could reword this");
        const auto decide_by = waiting && waiting->decide_by != 0 ? waiting->decide_by : review->decide_by;
        // The author needs time, and a human afterwards: half a day is kept for that before the announced time is over.
        const auto until = std::min(now + options.rephrase_days * one_day, decide_by - one_day / 2);
        if (until < now + 6 * one_hour) return conflict("too_late_to_reword", "the announced time is nearly over: decide now");
        done = reviews::ask_rephrase(tx, actor, now, id, verdict.explanation, until);
    }
    if (!done) return done;
    keep_decision(*fitness, actor, ref, *review, lang, verdict, true);
    tx.exec(delete_opinion, ref);
    links::supersede(tx, Purpose::moderation, ref);  // the other moderators' links for the same words
    return {};
}

namespace {

Result<View> words_view(const Work& work, std::string_view kind, const std::string& id) {
    View view;
    auto& tx = work.tx;
    std::string review_id = id;
    if (kind == "reply") {
        const auto reply = reviews::find_reply(tx, id);
        if (!reply) return not_found("reply_unknown", "this reply is gone");
        view.kind = "reply";
        view.body = reply->body;
        view.findings = reply->findings;
        view.reply_author = reply->author;
        view.submitted_at = reply->submitted_at;
        if (reply->state == "published" || reply->state == "refused") view.decided = reply->state;
        review_id = reply->review;
    }
    auto review = reviews::find(tx, review_id);
    if (!review) return gone_words();
    view.lang = review->content.lang;
    view.decide_by = review->decide_by;
    view.version = review->version;
    if (kind != "reply") {
        const auto waiting = reviews::draft(tx, id);
        view.kind = waiting ? "correction" : "review";
        const auto& words = waiting ? waiting->content : review->content;
        view.title = words.title;
        view.body = words.body;
        view.lang = words.lang;
        view.findings = waiting ? waiting->findings : review->findings;
        view.submitted_at = waiting ? waiting->submitted_at : review->submitted_at;
        view.overdue = review->overdue_at != 0 && !waiting;
        if (waiting) {
            view.version = waiting->version;
            if (waiting->decide_by != 0) view.decide_by = waiting->decide_by;
        } else if (!view.overdue) {
            view.decided = decision_word(review->state);
        }
        view.first = find_opinion(tx, "review:" + id);
        for (const auto& step : reviews::history(tx, id)) {
            if (step.step == "lapsed") view.lapsed = true;
            if (step.step == "corrected") view.lapsed = false;
        }
        view.standing = conduct::standing(tx, work.now, conduct::Who::author, work.address_of(*review), work.options.conduct);
        view.next = conduct::next_effect(view.standing, work.options.conduct);
    }
    view.review = std::move(*review);
    return view;
}

}  // namespace

Result<View> Work::view_of(std::string_view ref, const Actor& actor, std::string_view key_languages) const {
    const auto [kind, id] = split_ref(ref);
    Result<View> view = View{};
    if (kind == "notice") {
        auto notice = find_notice(tx, id);
        if (!notice) return not_found("notice_unknown", "this notice is gone");
        view = words_view(*this, "review", notice->review);
        if (!view) return view;
        view->kind = "notice";
        view->decided = notice->state == "open" ? "" : notice->outcome;
        view->submitted_at = notice->at;
        view->decide_by = notice->decide_by;
        view->first = find_opinion(tx, ref);
        view->standing = conduct::standing(tx, now, conduct::Who::notifier, notice->email, options.conduct);
        view->next = conduct::next_effect(view->standing, options.conduct);
        view->notice = std::move(notice);
    } else if (kind == "complaint") {
        auto complaint = find_complaint(tx, id);
        if (!complaint) return not_found("complaint_unknown", "this complaint is gone");
        view = words_view(*this, "review", complaint->review);
        if (!view) return view;
        view->kind = "complaint";
        view->decided = complaint->state == "open" ? "" : complaint->outcome;
        view->submitted_at = complaint->at;
        view->decide_by = complaint->decide_by;
        const auto [about, about_id] = split_ref(complaint->about);
        if (about == "statement") view->statement = reviews::find_statement(tx, about_id);
        else view->notice = find_notice(tx, about_id);
        view->complaint = std::move(complaint);
    } else {
        view = words_view(*this, kind, id);
        if (!view) return view;
    }
    if (view->kind == "notice" || view->kind == "complaint") {  // about the words the public sees, or saw
        view->title = view->review.content.title;
        view->body = view->review.content.body;
        view->lang = view->review.content.lang;
        view->findings = view->review.findings;
        view->version = view->review.version;
    }
    if (view->findings.empty()) view->findings = "[]";
    view->site_name = subject_name(tx, view->review.content.subject);
    view->barred = barred(actor, view->review.content.subject, view->lang, key_languages, view->must_declare);
    if (view->barred.empty() && view->first && view->first->moderator == actor.id) view->barred = "second_opinion";
    if (view->barred.empty() && view->kind == "notice" && view->notice->email == actor.id) view->barred = "own_notice";
    if (view->barred.empty() && view->kind == "complaint") {
        const auto before = earlier_deciders(view->review.id);
        if (std::find(before.begin(), before.end(), actor.id) != before.end()) view->barred = "another_human";
    }
    return view;
}

// Why this actor may not decide; "" where he may, if need be after saying that somebody read it to him.
std::string Work::barred(const Actor& actor, std::string_view subject, std::string_view lang, std::string_view key_languages, bool& must_declare) const {
    const auto fitness = fit_to_decide(tx, actor, subject, lang, false, key_languages);
    must_declare = !fitness && fitness.error().code == "language";
    return fitness || must_declare ? std::string() : fitness.error().code;
}

Result<View> Moderate::view(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<View> {
        const auto link = links::find(tx, clock_.now(), Purpose::moderation, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        auto view = Work::of(*this, tx).view_of(link->ref, {ActorKind::staff, link->holder, "moderator", "*"}, {});
        if (view) view->link = link->state;
        return view;
    });
}

namespace {

Result<void> decide_ref(const Work& work, const Actor& actor, std::string_view ref, const Verdict& verdict, std::string_view key_languages) {
    const auto [kind, id] = split_ref(ref);
    if (verdict.explanation.size() > 8000 || verdict.law.size() > 400) return invalid("too_long", "the explanation is longer than 8,000 bytes", "explanation");
    if (kind == "notice") return work.decide_notice(actor, id, verdict, key_languages);
    if (kind == "complaint") return work.decide_complaint(actor, id, verdict, key_languages);
    return work.decide_words(actor, ref, verdict, key_languages);
}

}  // namespace

Result<void> Moderate::decide(std::string_view token, const Verdict& verdict) {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto link = links::find(tx, now, Purpose::moderation, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        if (!links::use(tx, now, Purpose::moderation, token)) {
            return gone("link_" + std::string(links::to_word(link->state)), "this was decided already or the link's time is over");
        }
        const Actor actor{ActorKind::staff, link->holder, "moderator", "*"};
        return decide_ref(Work::of(*this, tx), actor, link->ref, verdict, {});  // an Error leaves the link unused
    });
}

Result<void> Moderate::decide(const Caller& caller, std::string_view ref, const Verdict& verdict) {
    const auto& role = caller.actor.role;
    if (role != "moderator" && role != "hq" && role != "admin") return forbidden("moderators_only", "only moderators decide on words");
    const auto whole = ref.find(':') == std::string_view::npos ? "review:" + std::string(ref) : std::string(ref);
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto work = Work::of(*this, tx);
        if (!work.within(caller.actor, whole)) return not_found("unknown", "there is no such thing, or not for you");
        return decide_ref(work, caller.actor, whole, verdict, caller.languages);
    });
}

std::vector<Moderate::Waiting> Moderate::queue(int limit, std::string_view after, std::string_view branch) const {
    return db_.read([&](Tx& tx) {
        std::vector<Waiting> waiting;
        const auto [from, id] = read_after(after);
        tx.each(select_queue, [&](const Row& row) {
            Waiting one{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(4)), std::string(row.text(5)),
                        std::string(row.text(6)), row.integer(3), row.integer(7), row.text(8) == "correction", row.text(8) == "overdue", {}};
            if (one.correction) {
                const auto content = json::parse(row.text(9));
                one.title = content.value("title", "");
                one.body = content.value("body", "");
                one.lang = content.value("lang", "");
            }
            waiting.push_back(std::move(one));
        }, from, id, limit, branch);
        for (auto& one : waiting) one.first = find_opinion(tx, "review:" + one.review);
        return waiting;
    });
}

std::vector<Moderate::Decision> Moderate::decisions(std::string_view review, std::string_view branch) const {
    return db_.read([&](Tx& tx) {
        std::vector<Decision> all;
        tx.each(select_decisions, [&](const Row& row) {
            const auto text = [&](int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
            all.push_back({row.integer(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), text(9), row.integer(10) != 0});
        }, review, branch);
        return all;
    });
}

}  // namespace verbatim::moderate
