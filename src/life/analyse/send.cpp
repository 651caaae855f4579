// From the desk of who wrote it to the people who can change something, and back.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "ground/formats/utf8.h"
#include "life/analyse/findings.h"
#include "life/analyse/store.h"
#include "record/access/permissions.h"
#include "record/contact/contact.h"
#include "record/network/branches.h"
#include "record/network/network.h"

namespace verbatim::analyse {
namespace {

using access::Permission;
using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

// Of what it is about and of the reviews behind it, every branch they lie on; people's scopes name a branch whole ("country:FR") or by
// its code alone ("FR"), so what is found is held against network::branch_of().
constexpr Sql select_people(R"sql(
SELECT DISTINCT p.id, p.email, p.name, p.role, p.scope, p.locale FROM (
  SELECT b.branch FROM branch_subject b WHERE b.subject = $2
  UNION SELECT b.branch FROM finding_review f JOIN branch_subject b ON b.subject = f.subject WHERE f.finding = $1
  UNION SELECT $2 UNION SELECT '*') x
JOIN person p ON p.scope = x.branch OR p.scope = substr(x.branch, instr(x.branch, ':') + 1)
WHERE p.active = 1 AND p.id > $3 ORDER BY p.id LIMIT $4)sql",
                            R"sql(
SELECT DISTINCT p.id, p.email, p.name, p.role, p.scope, p.locale FROM (
  SELECT b.branch FROM branch_subject b WHERE b.subject = $2
  UNION SELECT b.branch FROM finding_review f JOIN branch_subject b ON b.subject = f.subject WHERE f.finding = $1
  UNION SELECT $2 UNION SELECT '*') x
JOIN person p ON p.scope = x.branch OR p.scope = substr(x.branch, strpos(x.branch, ':') + 1)
WHERE p.active = 1 AND p.id > $3 ORDER BY p.id LIMIT $4)sql");
constexpr Sql select_branches(R"sql(
SELECT b.branch FROM branch_subject b WHERE b.subject = $2
UNION SELECT b.branch FROM finding_review f JOIN branch_subject b ON b.subject = f.subject WHERE f.finding = $1
UNION SELECT $2 UNION SELECT '*')sql");
constexpr Sql insert_recipient(R"sql(
INSERT INTO finding_recipient (finding, person, email, name, role, branch, sent_at, answer, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, '', '') ON CONFLICT DO NOTHING)sql");
constexpr Sql count_recipients("SELECT COUNT(*) FROM finding_recipient WHERE finding = $1");
constexpr Sql set_sent("UPDATE finding SET state = 'sent', sent_at = COALESCE(sent_at, $2), version = version + 1, updated_at = $2 WHERE id = $1");
constexpr Sql set_seen("UPDATE finding_recipient SET seen_at = COALESCE(seen_at, $5) WHERE finding = $1 AND email = $2 AND role = $3 AND branch = $4");
constexpr Sql set_answer("UPDATE finding_recipient SET answered_at = $5, answer = CASE WHEN $6 = '' THEN answer ELSE $6 END, changed = CASE WHEN $7 = '' THEN changed ELSE $7 END "
                         "WHERE finding = $1 AND email = $2 AND role = $3 AND branch = $4");
constexpr Sql select_author("SELECT author FROM finding WHERE id = $1");

constexpr int looked_at = 500;  // people a round of the search reads

struct Found {
    network::Person person;
    std::string branch;
};

// The next people who reach the finding, after that number.
std::vector<Found> reaching(Tx& tx, const Finding& finding, std::int64_t after, int limit) {
    const auto list = tx.rows<std::string>(select_branches, finding.id, finding.about);
    const std::set<std::string> branches(list.begin(), list.end());
    std::vector<Found> all;
    for (bool more = true; more && all.size() < static_cast<std::size_t>(limit);) {
        int read = 0;
        tx.each(select_people, [&](const Row& row) {
            ++read;
            network::Person person;
            person.id = after = row.integer(0);
            person.email = row.text(1);
            person.name = row.text(2);
            person.role = row.text(3);
            person.scope = row.text(4);
            person.locale = row.text(5);
            if (!access::may(person.role, Permission::findings_read) || all.size() >= static_cast<std::size_t>(limit)) return;
            auto branch = network::branch_of(network::actor_of(person));
            if (branches.contains(branch)) all.push_back({std::move(person), std::move(branch)});
        }, finding.id, finding.about, after, looked_at);
        more = read == looked_at;
    }
    return all;
}

}  // namespace

Result<std::vector<Candidate>> Findings::people(const Actor& actor, std::string_view id, std::int64_t after, int limit) const {
    return db_.read([&](Tx& tx) -> Result<std::vector<Candidate>> {
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        std::vector<Candidate> all;
        for (auto& one : reaching(tx, *found, after, limit)) all.push_back({one.person.id, one.person.name, one.person.role, one.branch});
        return all;
    });
}

Result<void> Findings::send(const Actor& actor, std::string_view id, const std::vector<std::int64_t>& people) {
    if (people.empty()) return invalid("nobody", "choose who should read it", "people");
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto found = managed_by(tx, actor, id);
        if (!found) return found.error();
        if (found->state == "closed") return conflict("finding_closed", "this finding is closed");
        int told = 0;
        for (const auto number : people) {
            const auto one = reaching(tx, *found, number - 1, 1);
            if (one.empty() || one.front().person.id != number) return invalid("person_unknown", "nobody with this number reaches the finding", "people");
            const auto& person = one.front().person;
            if (tx.exec(insert_recipient, id, number, person.email, person.name, person.role, one.front().branch, now) == 0) continue;
            ++told;
            contact::Message message;
            message.purpose = contact::Purpose::staff;
            message.key = "finding:" + found->id + ":" + std::to_string(number);
            message.email = person.email;
            message.name = person.name;
            message.locale = person.locale;
            message.mail_template = "finding";
            message.data = json({{"TITLE", found->title}, {"TEXT", found->text}, {"ABOUT", found->about == "*" ? options_.brand : found->about_name}, {"AUTHOR", found->author_name},
                                 {"COUNT", found->reviews}, {"LINK", options_.base_url + "/office/findings/" + found->id}}).dump();
            contact::queue(tx, now, message);
        }
        if (tx.value<std::int64_t>(count_recipients, id) > most_recipients)
            return invalid("too_many_people", "a finding goes to at most " + std::to_string(most_recipients) + " people", "people");
        if (told == 0) return {};
        tx.exec(set_sent, id, now);
        note_finding(tx, actor, now, *found, "sent", std::to_string(told));
        return {};
    });
}

Result<void> Findings::answer(const Actor& actor, std::string_view id, std::string_view answer, std::string_view changed) {
    for (const auto text : {answer, changed}) {
        if (!valid_utf8(text)) return invalid("unreadable", "the answer is not readable text", "answer");
        if (code_points(text) > text_limit) return invalid("too_long", "the answer is longer than 4,000 characters", "answer");
    }
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto found = seen_by(tx, actor, id);
        if (!found) return found.error();
        const auto branch = network::branch_of(actor);
        if (tx.exec(set_seen, id, actor.id, actor.role, branch, now) == 0) return forbidden("not_sent_to_you", "this finding was not sent to you");
        const bool says = !answer.empty() || !changed.empty();
        if (!says) {
            note_finding(tx, actor, now, *found, "seen", {});
            return {};
        }
        if (found->state == "closed") return conflict("finding_closed", "this finding is closed");
        tx.exec(set_answer, id, actor.id, actor.role, branch, now, answer, changed);
        note_finding(tx, actor, now, *found, changed.empty() ? "answered" : "acted", {});
        const auto author = tx.value<std::string>(select_author, id);
        const auto known = network::people_by_email(tx, author);
        if (known.empty()) return {};
        std::string who = actor.id;
        for (const auto& person : network::people_by_email(tx, actor.id)) who = person.name;
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "finding_answered:" + found->id + ":" + actor.id + ":" + std::to_string(now);
        message.email = author;
        message.name = known.front().name;
        message.locale = known.front().locale;
        message.mail_template = "finding_answered";
        message.data = json({{"TITLE", found->title}, {"WHO", who}, {"ANSWER", answer}, {"CHANGED", changed}, {"LINK", options_.base_url + "/office/findings/" + found->id}}).dump();
        contact::queue(tx, now, message);
        return {};
    });
}

}  // namespace verbatim::analyse
