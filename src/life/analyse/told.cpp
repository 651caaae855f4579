#include "life/analyse/told.h"

#include <nlohmann/json.hpp>
#include <set>

#include "ground/crypto/crypto.h"
#include "record/access/permissions.h"
#include "record/contact/contact.h"
#include "record/network/branches.h"

namespace verbatim::analyse {
namespace {

using nlohmann::json;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_finding(R"sql(
INSERT INTO finding (id, about, title, body, state, outcome, author, author_name, author_branch, version, created_at, updated_at, sent_at)
VALUES ($1, $2, $3, $4, 'sent', '', 'system', $5, $2, 1, $6, $6, $6))sql");
constexpr Sql insert_review("INSERT INTO finding_review (finding, review, subject) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
constexpr Sql insert_recipient(R"sql(
INSERT INTO finding_recipient (finding, person, email, name, role, branch, sent_at, answer, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, '', '') ON CONFLICT DO NOTHING)sql");
constexpr Sql insert_step("INSERT INTO finding_step (finding, at, actor, step, detail) VALUES ($1, $2, 'system', 'sent', $3)");

}  // namespace

std::string tell_finding(Tx& tx, Seconds now, const Told& told, const std::vector<network::Person>& people, const TrendOptions& options) {
    const auto id = crypto::random_id(12);
    tx.exec(insert_finding, id, told.about, told.title, told.text, options.brand, now);
    for (const auto& [review, subject] : told.reviews) tx.exec(insert_review, id, review, subject);
    std::set<std::string> addresses;
    for (const auto& person : people) {
        if (!access::may(person.role, access::Permission::findings_read)) continue;
        tx.exec(insert_recipient, id, person.id, person.email, person.name, person.role, network::branch_of(network::actor_of(person)), now);
        if (!addresses.insert(person.email).second) continue;
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "finding:" + id + ":" + std::to_string(person.id);
        message.email = person.email;
        message.name = person.name;
        message.locale = person.locale;
        message.mail_template = "finding";
        message.data = json({{"TITLE", told.title}, {"TEXT", told.text}, {"ABOUT", told.place}, {"AUTHOR", options.brand}, {"COUNT", told.reviews.size()}, {"LINK", options.base_url + "/office/findings/" + id}}).dump();
        contact::queue(tx, now, message);
    }
    tx.exec(insert_step, id, now, std::to_string(addresses.size()));
    return id;
}

}  // namespace verbatim::analyse
