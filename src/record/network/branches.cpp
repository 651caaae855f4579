#include "record/network/branches.h"

#include <algorithm>

#include "ground/formats/mailbox.h"

namespace verbatim::network {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql leave("DELETE FROM branch_subject WHERE subject = $1");
constexpr Sql leave_advisers(R"sql(DELETE FROM branch_subject WHERE subject IN (SELECT 'adviser:' || id FROM person WHERE scope = $1 AND role = 'adviser'))sql");
constexpr Sql join_branch("INSERT INTO branch_subject (branch, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING");
constexpr Sql join_advisers(R"sql(INSERT INTO branch_subject (branch, subject)
SELECT b.branch, 'adviser:' || p.id FROM person p, branch_subject b
WHERE p.scope = $1 AND p.role = 'adviser' AND b.subject = 'site:' || p.scope
UNION SELECT 'adviser:' || p.id, 'adviser:' || p.id FROM person p WHERE p.scope = $1 AND p.role = 'adviser'
ON CONFLICT DO NOTHING)sql");
constexpr Sql select_id("SELECT id FROM person WHERE email = $1 AND role = $2 AND scope = $3");
constexpr Sql note_branch("UPDATE person SET branch = $2 WHERE id = $1 AND branch <> $2");
constexpr Sql join_adviser(R"sql(INSERT INTO branch_subject (branch, subject)
SELECT b.branch, $1 FROM branch_subject b WHERE b.subject = $2 ON CONFLICT DO NOTHING)sql",
                           R"sql(INSERT INTO branch_subject (branch, subject)
SELECT b.branch, $1::text FROM branch_subject b WHERE b.subject = $2 ON CONFLICT DO NOTHING)sql");
constexpr Sql select_branches("SELECT branch FROM branch_subject WHERE subject = $1");
constexpr Sql on_branch("SELECT 1 FROM branch_subject WHERE branch = $1 AND subject = $2");
constexpr Sql any_on_branch("SELECT 1 FROM branch_subject WHERE branch = $1 LIMIT 1");
// One that lies on $2 and not on $1. A subquery that is asked for each row: where PostgreSQL plans for any branch, it would join NOT EXISTS by
// reading all of $1 for each.
constexpr Sql beside(R"sql(SELECT 1 FROM branch_subject i
WHERE i.branch = $2 AND (SELECT o.subject FROM branch_subject o WHERE o.branch = $1 AND o.subject = i.subject) IS NULL LIMIT 1)sql");

// Rows are left alone where nothing moved: an import of ten thousand known sites writes none of them.
bool moved(Tx& tx, const std::string& subject, std::vector<std::string> branches) {
    auto before = tx.rows<std::string>(select_branches, subject);
    std::sort(before.begin(), before.end());  // not by the database, whose order is its collation's
    std::sort(branches.begin(), branches.end());
    return before != branches;
}

void settle(Tx& tx, const std::string& subject, const std::vector<std::string>& branches) {
    tx.exec(leave, subject);
    std::vector<std::tuple<std::string, std::string>> rows;
    for (const auto& branch : branches) rows.emplace_back(branch, subject);
    tx.exec_many(join_branch, rows);
}

bool is_two_capitals(std::string_view text) {
    return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string branch_of(const Actor& actor) {
    const auto& scope = actor.scope;
    if (actor.kind != ActorKind::staff || scope.empty()) return {};
    if (scope == "*" || scope.find(':') != std::string::npos) return scope;
    const auto& role = actor.role;
    if (role == "adviser") return is_number(scope) ? "adviser:" + scope : std::string();
    if (role == "site" || role == "group" || role == "country" || role == "product") return role + ":" + scope;
    // Who works across the tree (agent, moderator, crm, auditor, hq, admin): a country, or else one site. More is written out, "group:G".
    return (is_two_capitals(scope) ? "country:" : "site:") + scope;
}

Actor actor_of(const Person& person) {
    return {ActorKind::staff, person.email, person.role, person.role == "adviser" ? std::to_string(person.id) : person.scope};
}

bool reaches(Tx& tx, std::string_view branch, std::string_view subject) { return tx.row<std::int64_t>(on_branch, branch, subject).has_value(); }

bool contains(Tx& tx, std::string_view outer, std::string_view inner) {
    if (outer.empty() || inner.empty()) return false;
    if (outer == inner) return true;
    if (!tx.row<std::int64_t>(any_on_branch, inner)) return false;
    return outer == "*" || !tx.row<std::int64_t>(beside, outer, inner);
}

std::optional<std::string> narrowed(Tx& tx, std::string_view own, std::string_view asked) {
    if (asked.empty()) return std::string(own);
    if (!contains(tx, own, asked)) return std::nullopt;
    return std::string(asked);
}

void place(Tx& tx, const Site& site) {
    const auto subject = "site:" + site.code;
    std::vector<std::string> branches = {"*", subject};
    if (!site.country.empty()) branches.push_back("country:" + site.country);
    if (!site.group.empty()) branches.push_back("group:" + site.group);
    if (!site.dealer.empty()) branches.push_back("dealer:" + site.dealer);
    if (!moved(tx, subject, branches)) return;
    settle(tx, subject, branches);
    tx.exec(leave_advisers, site.code);
    tx.exec(join_advisers, site.code);
}

void place(Tx& tx, const Product& product) {
    const auto subject = "product:" + product.code;
    std::vector<std::string> branches = {"*", subject};
    if (!product.parent.empty()) branches.push_back("product:" + product.parent);
    if (moved(tx, subject, branches)) settle(tx, subject, branches);
}

void place(Tx& tx, const Person& person) {
    const auto id = tx.row<std::int64_t>(select_id, mailbox_key(person.email), person.role, person.scope);
    if (!id) return;
    auto stored = person;
    stored.id = *id;
    tx.exec(note_branch, *id, branch_of(actor_of(stored)));
    if (person.role != "adviser") return;
    const auto subject = "adviser:" + std::to_string(*id);
    settle(tx, subject, person.scope == "*" ? std::vector<std::string>{"*", subject} : std::vector<std::string>{subject});
    tx.exec(join_adviser, subject, "site:" + person.scope);
}

}  // namespace verbatim::network
