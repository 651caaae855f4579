#include "life/analyse/findings.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "life/analyse/store.h"
#include "record/access/permissions.h"
#include "record/events/events.h"
#include "record/network/branches.h"
#include "record/network/network.h"

namespace verbatim::analyse {
namespace {

using access::Permission;
using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

// $1: "yes" for who sees those of his branch, else ""; $2: the branch; $3, $4: e-mail and role, for those sent to him.
#define ON_BRANCH "($2 = '*' OR f.author_branch = $2 OR EXISTS (SELECT 1 FROM branch_subject b WHERE b.branch = $2 AND b.subject = f.about))"
#define FINDING_COLUMNS \
    "SELECT f.id, f.about, f.title, f.body, f.state, f.outcome, f.author_name, f.version, f.created_at, f.updated_at, f.sent_at, f.closed_at, " \
    "(SELECT COUNT(*) FROM finding_review r WHERE r.finding = f.id), (SELECT COUNT(*) FROM finding_recipient r WHERE r.finding = f.id), " \
    "(SELECT COUNT(*) FROM finding_recipient r WHERE r.finding = f.id AND r.seen_at IS NOT NULL), " \
    "(SELECT COUNT(*) FROM finding_recipient r WHERE r.finding = f.id AND r.answered_at IS NOT NULL), " \
    "CASE WHEN $1 = 'yes' AND " ON_BRANCH " THEN 1 ELSE 0 END FROM finding f WHERE "
#define VISIBLE \
    "(($1 = 'yes' AND " ON_BRANCH ") OR (f.state <> 'draft' AND EXISTS (SELECT 1 FROM finding_recipient r WHERE r.finding = f.id AND r.email = $3 AND r.role = $4 AND r.branch = $2)))"
constexpr Sql select_one(FINDING_COLUMNS "f.id = $5 AND " VISIBLE);
constexpr Sql select_page(FINDING_COLUMNS VISIBLE " AND ($5 = '' OR f.state = $5) AND (f.created_at, f.id) < ($6, $7) ORDER BY f.created_at DESC, f.id DESC LIMIT $8");

constexpr Sql insert_finding(R"sql(
INSERT INTO finding (id, about, title, body, state, outcome, author, author_name, author_branch, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, 'draft', '', $5, $6, $7, 1, $8, $8))sql");
constexpr Sql update_finding("UPDATE finding SET title = $2, body = $3, version = version + 1, updated_at = $4 WHERE id = $1");
constexpr Sql touch_finding("UPDATE finding SET version = version + 1, updated_at = $2 WHERE id = $1");
constexpr Sql delete_finding("DELETE FROM finding WHERE id = $1");
constexpr Sql delete_reviews("DELETE FROM finding_review WHERE finding = $1");
constexpr Sql delete_steps("DELETE FROM finding_step WHERE finding = $1");
constexpr Sql insert_review("INSERT INTO finding_review (finding, review, subject) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
constexpr Sql count_reviews("SELECT COUNT(*) FROM finding_review WHERE finding = $1");
constexpr Sql select_public(R"sql(
SELECT r.subject FROM review r JOIN branch_subject b ON b.branch = $2 AND b.subject = r.subject WHERE r.id = $1 AND r.state = 'published')sql");
constexpr Sql select_said(R"sql(
SELECT r.id, r.subject, r.service, COALESCE(r.title, ''), COALESCE(r.body, ''), COALESCE(r.lang, ''), COALESCE(r.experience_on, ''), r.rating, r.published_at
FROM finding_review f JOIN review r ON r.id = f.review JOIN branch_subject b ON b.branch = $2 AND b.subject = r.subject
WHERE f.finding = $1 AND r.state = 'published' ORDER BY r.published_at DESC, r.id LIMIT $3)sql");
constexpr Sql select_recipients(R"sql(
SELECT person, name, role, branch, sent_at, seen_at, answered_at, answer, changed, CASE WHEN email = $2 AND role = $3 AND branch = $4 THEN 1 ELSE 0 END
FROM finding_recipient WHERE finding = $1 ORDER BY sent_at, person)sql");
constexpr Sql select_words("SELECT lang, words FROM finding_words WHERE finding = $1 ORDER BY lang");
constexpr Sql select_letters("SELECT outcome, COUNT(*) FROM finding_letter WHERE finding = $1 GROUP BY outcome");
constexpr Sql insert_step("INSERT INTO finding_step (finding, at, actor, step, detail) VALUES ($1, $2, $3, $4, $5)");
constexpr Sql select_steps("SELECT at, actor, step, detail FROM finding_step WHERE finding = $1 ORDER BY id LIMIT 1000");

Seconds moment(const Row& row, int column) { return row.is_null(column) ? 0 : row.integer(column); }

bool manages(const Actor& actor) { return access::may(actor.role, Permission::findings_manage); }
std::string_view sees_branch(const Actor& actor) { return manages(actor) || actor.role == "auditor" ? "yes" : ""; }

Finding read_finding(const Row& row, bool may_manage) {
    Finding f;
    f.id = row.text(0);
    f.about = row.text(1);
    f.title = row.text(2);
    f.text = row.text(3);
    f.state = row.text(4);
    f.outcome = row.text(5);
    f.author_name = row.text(6);
    f.version = static_cast<int>(row.integer(7));
    f.created_at = row.integer(8);
    f.updated_at = row.integer(9);
    f.sent_at = moment(row, 10);
    f.closed_at = moment(row, 11);
    f.reviews = row.integer(12);
    f.recipients = row.integer(13);
    f.seen = row.integer(14);
    f.answered = row.integer(15);
    f.manages = may_manage && row.integer(16) != 0;
    return f;
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

Result<void> check_text(std::string_view text, std::size_t most, const char* field) {
    if (blank(text)) return invalid("text_missing", std::string("write the ") + field + " first", field);
    if (!valid_utf8(text)) return invalid("unreadable", std::string("the ") + field + " is not readable text", field);
    if (code_points(text) > most) return invalid("too_long", std::string("the ") + field + " is longer than " + std::to_string(most) + " characters", field);
    return {};
}

// Public words the writer reaches; one he does not reach is as unknown as one that never was.
Result<void> join_reviews(Tx& tx, std::string_view id, std::string_view branch, const std::vector<std::string>& wanted) {
    for (const auto& review : wanted) {
        const auto subject = tx.row<std::string>(select_public, review, branch);
        if (!subject) return invalid("review_unknown", "there is no public review " + review.substr(0, 40), "reviews");
        tx.exec(insert_review, id, review, *subject);
    }
    if (tx.value<std::int64_t>(count_reviews, id) > most_reviews)
        return invalid("too_many_reviews", "a finding has at most " + std::to_string(most_reviews) + " reviews behind it", "reviews");
    return {};
}

// "1732695000-x7k2": where the next page goes on.
std::optional<std::pair<Seconds, std::string>> cursor(std::string_view after) {
    if (after.empty()) return std::pair(Seconds{INT64_MAX}, std::string());
    const auto dash = after.find('-');
    Seconds at = 0;
    if (dash == std::string_view::npos) return std::nullopt;
    const auto [end, error] = std::from_chars(after.data(), after.data() + dash, at);
    if (error != std::errc() || end != after.data() + dash) return std::nullopt;
    return std::pair(at, std::string(after.substr(dash + 1)));
}

}  // namespace

std::string about_name(Tx& tx, std::string_view about) {
    if (const auto name = network::subject_name(tx, about)) return *name;
    const auto colon = about.find(':');
    return std::string(colon == std::string_view::npos ? about : about.substr(colon + 1));
}

Result<Finding> seen_by(Tx& tx, const Actor& actor, std::string_view id) {
    std::optional<Finding> found;
    tx.each(select_one, [&](const Row& row) { found = read_finding(row, manages(actor)); }, sees_branch(actor), network::branch_of(actor), actor.id, actor.role, id);
    if (!found) return not_found("finding_unknown", "there is no such finding");
    found->about_name = about_name(tx, found->about);
    return *found;
}

Result<Finding> managed_by(Tx& tx, const Actor& actor, std::string_view id) {
    auto found = seen_by(tx, actor, id);
    if (found && !found->manages) return forbidden("not_yours", "this finding was sent to you; whoever wrote it changes it");
    return found;
}

void note_finding(Tx& tx, const Actor& actor, Seconds now, const Finding& finding, std::string_view step, std::string_view detail) {
    tx.exec(insert_step, finding.id, now, actor.label(), step, detail);
    // Read by who reaches what it is about; a branch of several subjects concerns the organisation's readers.
    const bool subject = finding.about.starts_with("product:") || finding.about.starts_with("site:") || finding.about.starts_with("adviser:");
    events::raise(tx, now, "finding.changed", subject ? std::string_view(finding.about) : std::string_view(), finding.id, json({{"step", step}}));
}

std::vector<Recipient> recipients_of(Tx& tx, const Actor& actor, const Finding& finding) {
    std::vector<Recipient> all;
    tx.each(select_recipients, [&](const Row& row) {
        Recipient one{row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4), moment(row, 5), moment(row, 6),
                      std::string(row.text(7)), std::string(row.text(8)), row.integer(9) != 0};
        if (one.self || !sees_branch(actor).empty()) all.push_back(std::move(one));
    }, finding.id, actor.id, actor.role, network::branch_of(actor));
    return all;
}

Letters letters_of(Tx& tx, std::string_view id) {
    Letters letters;
    tx.each(select_letters, [&](const Row& row) { letters.by_outcome[std::string(row.text(0))] = row.integer(1); }, id);
    return letters;
}

Findings::Findings(storage::Db& db, const Clock& clock, Options options) : db_(db), clock_(clock), options_(std::move(options)) {}

Result<Page> Findings::list(const Actor& actor, std::string_view state, std::string_view after, int limit) const {
    if (!state.empty() && state != "draft" && state != "sent" && state != "closed") return invalid("state_unknown", "state is draft, sent or closed", "state");
    const auto from = cursor(after);
    if (!from) return invalid("after_unknown", "this is no place in the list", "after");
    return db_.read([&](Tx& tx) -> Result<Page> {
        Page page;
        tx.each(select_page, [&](const Row& row) { page.findings.push_back(read_finding(row, manages(actor))); }, sees_branch(actor), network::branch_of(actor), actor.id,
                actor.role, state, from->first, from->second, limit + 1);
        if (page.findings.size() > static_cast<std::size_t>(limit)) {
            page.findings.pop_back();
            page.next = std::to_string(page.findings.back().created_at) + "-" + page.findings.back().id;
        }
        for (auto& one : page.findings) one.about_name = about_name(tx, one.about);
        return page;
    });
}

Result<View> Findings::view(const Actor& actor, std::string_view id) const {
    return db_.read([&](Tx& tx) -> Result<View> {
        const auto found = seen_by(tx, actor, id);
        if (!found) return found.error();
        View view;
        view.finding = *found;
        tx.each(select_said, [&](const Row& row) {
            Said said{std::string(row.text(0)), std::string(row.text(1)), {}, std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
                      std::string(row.text(6)), row.is_null(7) ? std::nullopt : std::optional(static_cast<int>(row.integer(7))), row.integer(8)};
            view.reviews.push_back(std::move(said));
        }, id, network::branch_of(actor), most_reviews);
        std::map<std::string, std::string> names;
        for (auto& said : view.reviews) {
            auto& name = names[said.subject];
            if (name.empty()) name = about_name(tx, said.subject);
            said.subject_name = name;
        }
        view.recipients = recipients_of(tx, actor, *found);
        if (found->outcome == "changed") {
            tx.each(select_words, [&](const Row& row) { view.words[std::string(row.text(0))] = std::string(row.text(1)); }, id);
            view.letters = letters_of(tx, id);
        }
        if (!sees_branch(actor).empty())
            tx.each(select_steps, [&](const Row& row) { view.steps.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))}); }, id);
        return view;
    });
}

Result<std::string> Findings::write(const Actor& actor, const Draft& draft) {
    if (const auto good = check_text(draft.title, title_limit, "title"); !good) return good.error();
    if (const auto good = check_text(draft.text, text_limit, "text"); !good) return good.error();
    return db_.write([&](Tx& tx) -> Result<std::string> {
        const auto now = clock_.now();
        const auto branch = network::branch_of(actor);
        const auto about = network::narrowed(tx, branch, draft.about);
        if (!about) return invalid("about_unknown", "there is no such branch", "about");
        Finding finding;
        finding.id = crypto::random_id(12);
        finding.about = *about;
        std::string name = actor.id;
        for (const auto& person : network::people_by_email(tx, actor.id)) name = person.name;
        tx.exec(insert_finding, finding.id, finding.about, draft.title, draft.text, actor.id, name, branch, now);
        if (const auto joined = join_reviews(tx, finding.id, branch, draft.reviews); !joined) return joined.error();
        note_finding(tx, actor, now, finding, "written", {});
        return finding.id;
    });
}

Result<void> Findings::rewrite(const Actor& actor, std::string_view id, int version, const Draft& draft) {
    if (const auto good = check_text(draft.title, title_limit, "title"); !good) return good.error();
    if (const auto good = check_text(draft.text, text_limit, "text"); !good) return good.error();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        if (found->state == "closed") return conflict("finding_closed", "this finding is closed");
        if (found->version != version) return conflict("changed_meanwhile", "somebody else changed this finding: load it again");
        const auto now = clock_.now();
        tx.exec(update_finding, id, draft.title, draft.text, now);
        tx.exec(delete_reviews, id);
        if (const auto joined = join_reviews(tx, id, network::branch_of(actor), draft.reviews); !joined) return joined.error();
        note_finding(tx, actor, now, *found, "rewritten", {});
        return {};
    });
}

Result<void> Findings::add_reviews(const Actor& actor, std::string_view id, const std::vector<std::string>& reviews) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        if (found->state == "closed") return conflict("finding_closed", "this finding is closed");
        if (const auto joined = join_reviews(tx, id, network::branch_of(actor), reviews); !joined) return joined.error();
        const auto now = clock_.now();
        tx.exec(touch_finding, id, now);
        note_finding(tx, actor, now, *found, "reviews_added", std::to_string(reviews.size()));
        return {};
    });
}

Result<void> Findings::discard(const Actor& actor, std::string_view id) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        if (found->state != "draft") return conflict("finding_sent", "this finding was sent: close it instead");
        tx.exec(delete_reviews, id);
        tx.exec(delete_steps, id);
        tx.exec(delete_finding, id);
        events::raise(tx, clock_.now(), "finding.changed", {}, id, json({{"step", "discarded"}}));
        return {};
    });
}

}  // namespace verbatim::analyse
