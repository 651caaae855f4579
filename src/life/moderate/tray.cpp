// The moderator's desk: what waits for a human on his branch, of all kinds in one list, and one of it, whole. By age alone and
// without a star (norm MOD-2); what he may not decide is shown as that, not hidden.
#include "life/moderate/ask.h"
#include "ground/formats/utf8.h"
#include "life/moderate/work.h"
#include "record/network/branches.h"

namespace verbatim::moderate {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

// $1 the branch, $2 and $3 the last line seen, $4 the kind, or "" for all, $5 how many.
constexpr Sql select_tray(R"sql(
SELECT w.ref, w.kind, w.lang, w.subject, w.at, w.decide_by, w.title, w.body, w.content, COALESCE(o.moderator, '') FROM (
  SELECT 'review:' || id AS ref, 'review' AS kind, COALESCE(lang, '') AS lang, subject, submitted_at AS at, COALESCE(decide_by, 0) AS decide_by, COALESCE(title, '') AS title,
    SUBSTR(COALESCE(body, ''), 1, 240) AS body, '' AS content FROM review WHERE state = 'held' AND rephrase_by IS NULL
  UNION ALL
  SELECT 'review:' || id, 'overdue', COALESCE(lang, ''), subject, submitted_at, COALESCE(decide_by, 0), COALESCE(title, ''), SUBSTR(COALESCE(body, ''), 1, 240), ''
    FROM review WHERE overdue_at IS NOT NULL
  UNION ALL
  SELECT 'review:' || d.review, 'correction', '', r.subject, d.submitted_at, COALESCE(d.decide_by, 0), '', '', d.content
    FROM review_draft d JOIN review r ON r.id = d.review WHERE d.findings IS NOT NULL AND r.rephrase_by IS NULL
  UNION ALL
  SELECT 'reply:' || p.id, 'reply', COALESCE(r.lang, ''), r.subject, p.submitted_at, 0, '', SUBSTR(p.body, 1, 240), ''
    FROM reply p JOIN review r ON r.id = p.review WHERE p.state = 'held'
  UNION ALL
  SELECT 'notice:' || n.id, 'notice', COALESCE(r.lang, ''), r.subject, n.at, n.decide_by, COALESCE(r.title, ''), SUBSTR(COALESCE(r.body, ''), 1, 240), ''
    FROM notice n JOIN review r ON r.id = n.review WHERE n.state = 'open'
  UNION ALL
  SELECT 'complaint:' || c.id, 'complaint', COALESCE(r.lang, ''), r.subject, c.at, c.decide_by, COALESCE(r.title, ''), SUBSTR(COALESCE(r.body, ''), 1, 240), ''
    FROM complaint c JOIN review r ON r.id = c.review WHERE c.state = 'open'
) AS w JOIN branch_subject b ON b.branch = $1 AND b.subject = w.subject LEFT JOIN second_opinion o ON o.ref = w.ref
WHERE (w.at > $2 OR (w.at = $2 AND w.ref > $3)) AND ($4 = '' OR w.kind = $4 OR ($4 = 'review' AND w.kind = 'overdue') OR ($4 = 'second' AND o.ref IS NOT NULL))
ORDER BY w.at, w.ref LIMIT $5)sql");
constexpr Sql count_waiting(R"sql(
SELECT w.kind, COUNT(*), COALESCE(SUM(CASE WHEN w.decide_by <> 0 AND w.decide_by < $2 THEN 1 ELSE 0 END), 0), COUNT(o.ref) FROM (
  SELECT 'review:' || id AS ref, 'review' AS kind, subject, COALESCE(decide_by, 0) AS decide_by FROM review WHERE state = 'held' AND rephrase_by IS NULL
  UNION ALL
  SELECT 'review:' || id, 'review', subject, COALESCE(decide_by, 0) FROM review WHERE overdue_at IS NOT NULL
  UNION ALL
  SELECT 'review:' || d.review, 'correction', r.subject, COALESCE(d.decide_by, 0) FROM review_draft d JOIN review r ON r.id = d.review WHERE d.findings IS NOT NULL AND r.rephrase_by IS NULL
  UNION ALL
  SELECT 'reply:' || p.id, 'reply', r.subject, 0 FROM reply p JOIN review r ON r.id = p.review WHERE p.state = 'held'
  UNION ALL
  SELECT 'notice:' || n.id, 'notice', r.subject, n.decide_by FROM notice n JOIN review r ON r.id = n.review WHERE n.state = 'open'
  UNION ALL
  SELECT 'complaint:' || c.id, 'complaint', r.subject, c.decide_by FROM complaint c JOIN review r ON r.id = c.review WHERE c.state = 'open'
) AS w JOIN branch_subject b ON b.branch = $1 AND b.subject = w.subject LEFT JOIN second_opinion o ON o.ref = w.ref GROUP BY w.kind ORDER BY w.kind)sql");
constexpr Sql count_decided("SELECT COUNT(*) FROM moderation_decision WHERE moderator = $1 AND at >= $2");
constexpr Sql subject_of_review("SELECT subject FROM review WHERE id = $1");
constexpr Sql subject_of_reply("SELECT r.subject FROM reply p JOIN review r ON r.id = p.review WHERE p.id = $1");
constexpr Sql subject_of_notice("SELECT r.subject FROM notice n JOIN review r ON r.id = n.review WHERE n.id = $1");
constexpr Sql subject_of_complaint("SELECT r.subject FROM complaint c JOIN review r ON r.id = c.review WHERE c.id = $1");

// A language nobody asked for may be most of the queue: so many lines are looked at for one page, and the next page goes on there.
constexpr int most_looked_at = 2000;

constexpr std::size_t opening_letters = 240;

std::string opening_of(std::string_view title, std::string_view body) {
    std::string all(title);
    if (!all.empty() && !body.empty()) all += " · ";
    all += body;
    return truncate_code_points(all, opening_letters);
}

}  // namespace

bool Work::within(const Actor& actor, std::string_view ref) const {
    const auto [kind, id] = split_ref(ref);
    const auto subject = kind == "reply"       ? tx.row<std::string>(subject_of_reply, id)
                         : kind == "notice"    ? tx.row<std::string>(subject_of_notice, id)
                         : kind == "complaint" ? tx.row<std::string>(subject_of_complaint, id)
                                               : tx.row<std::string>(subject_of_review, id);
    return subject && network::reaches(tx, network::branch_of(actor), *subject);
}

Moderate::Items Moderate::tray(const Caller& caller, const Wanted& wanted, int limit, std::string_view after) const {
    return db_.read([&](Tx& tx) {
        const auto work = Work::of(*this, tx);
        const auto branch = network::branch_of(caller.actor);
        Items found;
        std::map<std::string, std::string> names;  // subjects repeat
        auto [from, ref] = read_after(after);
        for (int looked_at = 0;;) {
            std::vector<Item> page;
            tx.each(select_tray, [&](const Row& row) {
                Item one;
                one.ref = row.text(0);
                one.kind = row.text(1);
                one.lang = row.text(2);
                one.subject = row.text(3);
                one.submitted_at = row.integer(4);
                one.decide_by = row.integer(5);
                one.opening = opening_of(row.text(6), row.text(7));
                if (one.kind == "correction") {
                    const auto content = json::parse(row.text(8));
                    one.opening = opening_of(content.value("title", ""), content.value("body", ""));
                    one.lang = content.value("lang", "");
                }
                if (one.kind == "overdue") {
                    one.kind = "review";
                    one.overdue = true;
                }
                one.second = !row.text(9).empty();
                if (row.text(9) == caller.actor.id) one.barred = "second_opinion";
                page.push_back(std::move(one));
            }, branch, from, ref, wanted.kind, limit + 1);
            const bool more = page.size() > static_cast<std::size_t>(limit);
            if (more) page.pop_back();
            std::size_t seen = 0;
            for (auto& one : page) {
                ++seen;
                from = one.submitted_at;
                ref = one.ref;
                ++looked_at;
                if (!wanted.language.empty() && language_of(one.lang) != wanted.language) continue;
                const auto why = work.barred(caller.actor, one.subject, one.lang, caller.languages, one.must_declare);
                if (one.barred.empty()) one.barred = why;
                if (wanted.mine && (one.must_declare || !one.barred.empty())) continue;
                auto name = names.find(one.subject);
                if (name == names.end()) name = names.emplace(one.subject, subject_name(tx, one.subject)).first;
                one.subject_name = name->second;
                found.items.push_back(std::move(one));
                if (found.items.size() == static_cast<std::size_t>(limit)) break;
            }
            const bool full = found.items.size() == static_cast<std::size_t>(limit);
            const bool rest = more || seen < page.size();
            if (rest) found.next = std::to_string(from) + ":" + ref;
            if (full || !more || looked_at >= most_looked_at) return found;
            found.next.clear();
        }
    });
}

Result<View> Moderate::view(const Caller& caller, std::string_view ref) const {
    return db_.read([&](Tx& tx) -> Result<View> {
        const auto work = Work::of(*this, tx);
        if (!work.within(caller.actor, ref)) return not_found("unknown", "there is no such thing, or not for you");
        return work.view_of(ref, caller.actor, caller.languages);
    });
}

Moderate::Tally Moderate::tally(const Caller& caller, Seconds midnight) const {
    return db_.read([&](Tx& tx) {
        const auto now = clock_.now();
        Tally tally;
        tx.each(count_waiting, [&](const Row& row) {
            tally.waiting.emplace_back(std::string(row.text(0)), row.integer(1));
            tally.late += row.integer(2);
            tally.second += row.integer(3);
        }, network::branch_of(caller.actor), now);
        tally.today = tx.value<std::int64_t>(count_decided, caller.actor.id, midnight);
        tally.hour = tx.value<std::int64_t>(count_decided, caller.actor.id, now - one_hour);
        return tally;
    });
}

std::vector<SignalFigure> Moderate::signals(const Actor& actor) const {
    return db_.read([&](Tx& tx) { return signal_figures(tx, network::branch_of(actor), clock_.now() - 365 * one_day); });
}

}  // namespace verbatim::moderate
