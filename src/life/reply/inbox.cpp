#include "life/reply/inbox.h"

#include "record/contact/contact.h"
#include "record/experiences/experiences.h"
#include "record/network/branches.h"
#include "record/network/network.h"
#include "record/reviews/incentive.h"

namespace verbatim::reply {
namespace {

using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr int first_ones = 6;
constexpr int counted = 100;

constexpr Sql select_versions("SELECT code FROM product WHERE parent = $1 ORDER BY code LIMIT 200");
constexpr Sql select_together("SELECT id FROM review WHERE experience = $1 AND id <> $2 ORDER BY id LIMIT 10");
constexpr Sql is_case("SELECT 1 FROM review_case WHERE review = $1");

InboxLine line_of(Tx& tx, reviews::Review review) {
    InboxLine line;
    line.subject_name = network::subject_name(tx, review.content.subject).value_or("");
    line.reply = reviews::reply_of(tx, review.id);
    line.in_case = tx.row<std::int64_t>(is_case, review.id).has_value();
    line.proven = !review.experience.empty();
    if (const auto visit = review.experience.empty() ? std::nullopt : experiences::find(tx, review.experience)) {
        if (const auto product = visit->product.empty() ? std::nullopt : network::find_product(tx, visit->product)) line.product_name = product->name;
        if (!visit->adviser.empty()) {
            for (const auto& person : network::people_by_email(tx, visit->adviser)) line.adviser_name = person.name;
        }
    }
    line.review = std::move(review);
    return line;
}

std::vector<InboxLine> lines_of(Tx& tx, const std::vector<std::string>& ids, std::string_view looked_for) {
    std::vector<InboxLine> lines;
    for (const auto& id : ids) {
        auto review = reviews::find(tx, id);
        if (!review) continue;
        lines.push_back(line_of(tx, std::move(*review)));
        lines.back().snippet = reviews::snippet(lines.back().review.content.body, looked_for);
    }
    return lines;
}

}  // namespace

std::optional<std::string> Inbox::narrowed(std::string_view branch, std::string_view asked) const {
    if (asked.empty()) return std::string(branch);
    return db_.read([&](Tx& tx) { return network::narrowed(tx, branch, asked); });
}

Result<InboxPage> Inbox::search(const Actor&, std::string_view branch, const InboxQuery& query) const {
    return db_.read([&](Tx& tx) -> Result<InboxPage> {
        auto wanted = query.wanted;
        if (!query.product.empty()) {
            wanted.products = tx.rows<std::string>(select_versions, query.product);
            wanted.products.push_back(query.product);
        }
        if (query.adviser != 0) {
            const auto person = network::find_person(tx, query.adviser);
            if (!person) return InboxPage{};
            wanted.adviser = person->email;
        }
        const auto found = reviews::search(tx, branch, wanted);
        if (!found) return found.error();
        return InboxPage{lines_of(tx, found->ids, wanted.words), found->next};
    });
}

Result<InboxDetails> Inbox::details(const Actor&, std::string_view branch, std::string_view id) const {
    return db_.read([&](Tx& tx) -> Result<InboxDetails> {
        auto review = reviews::find(tx, id);
        if (!review || !network::reaches(tx, branch, review->content.subject)) return not_found("review_unknown", "there is no such review");
        InboxDetails all;
        all.history = reviews::history(tx, id);
        all.versions = reviews::past_versions(tx, id);
        all.draft_waits = reviews::draft(tx, id).has_value();
        all.incentive = reviews::incentive_of(tx, id);
        const auto& subject = review->content.subject;
        if (const auto site = subject.rfind("site:", 0) == 0 ? network::find_site(tx, subject.substr(5)) : std::nullopt) {
            all.site = site->code;
            all.site_name = site->name;
            all.timezone = site->timezone;
        }
        if (const auto visit = review->experience.empty() ? std::nullopt : experiences::find(tx, review->experience)) {
            all.visited_on = visit->occurred_on;
            all.registered_on = visit->registered_on;
            if (const auto product = visit->product.empty() ? std::nullopt : network::find_product(tx, visit->product)) all.vehicle = product->name;
            for (const auto& other : tx.rows<std::string>(select_together, review->experience, id)) {
                const auto one = reviews::find(tx, other);
                if (one && (network::reaches(tx, branch, one->content.subject) || one->parent == id)) all.together.push_back(other);
            }
        }
        if (const auto customer = review->customer.empty() ? std::nullopt : contact::find_customer(tx, review->customer)) {
            all.customer_name = customer->first_name + (customer->first_name.empty() || customer->last_name.empty() ? "" : " ") + customer->last_name;
            all.customer_phone = customer->phone;
            all.customer_email = customer->email;
        }
        all.line = line_of(tx, std::move(*review));
        return all;
    });
}

Inbox::Waiting Inbox::waiting(const Actor&, std::string_view branch) const {
    return db_.read([&](Tx& tx) {
        Waiting all;
        reviews::Wanted wanted;
        wanted.limit = first_ones;
        wanted.origins = {"invited", "spontaneous"};
        if (const auto found = reviews::search(tx, branch, wanted)) all.arrived = lines_of(tx, found->ids, {});
        wanted.states = {"published"};
        wanted.replied = false;
        wanted.limit = counted;
        wanted.from = clock_.now() - 60 * one_day;  // older ones are no work of today
        if (auto found = reviews::search(tx, branch, wanted)) {
            all.unanswered_count = static_cast<std::int64_t>(found->ids.size());
            found->ids.resize(std::min<std::size_t>(found->ids.size(), first_ones));
            all.unanswered = lines_of(tx, found->ids, {});
        }
        return all;
    });
}

}  // namespace verbatim::reply
