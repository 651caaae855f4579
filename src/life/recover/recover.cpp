#include "life/recover/recover.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "life/recover/counted.h"
#include "record/contact/contact.h"
#include "record/experiences/experiences.h"
#include "record/network/network.h"

namespace verbatim::recover {
namespace {

using links::Purpose;
using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define CASE_COLUMNS "id, review, site, why, opened_at, due_at, first_call_at, closed_at, breached"
constexpr Sql insert_case(R"sql(
INSERT INTO recovery_case (id, review, site, why, opened_at, due_at, breached) VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT DO NOTHING)sql");
constexpr Sql select_case("SELECT " CASE_COLUMNS " FROM recovery_case WHERE id = $1");
constexpr Sql select_case_of("SELECT " CASE_COLUMNS " FROM recovery_case WHERE review = $1");
constexpr Sql insert_call("INSERT INTO recovery_call (recovery_case, at, by_whom, outcome, note) VALUES ($1, $2, $3, $4, $5)");
constexpr Sql select_calls("SELECT at, by_whom, outcome, note FROM recovery_call WHERE recovery_case = $1 ORDER BY id");
constexpr Sql set_first_call("UPDATE recovery_case SET first_call_at = $2 WHERE id = $1 AND first_call_at IS NULL");
constexpr Sql set_closed("UPDATE recovery_case SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL");
constexpr Sql set_breached("UPDATE recovery_case SET breached = 1 WHERE id = $1");
constexpr Sql clear_notes("UPDATE recovery_call SET note = NULL WHERE recovery_case = $1");
constexpr Sql count_cases(R"sql(
SELECT SUM(CASE WHEN first_call_at IS NULL AND closed_at IS NULL AND due_at > $1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN first_call_at IS NOT NULL AND first_call_at <= due_at AND breached = 0 THEN 1 ELSE 0 END),
  SUM(CASE WHEN breached = 1 OR (first_call_at IS NULL AND due_at <= $1) THEN 1 ELSE 0 END) FROM recovery_case)sql");

constexpr Sql purge_old_notes(R"sql(
UPDATE recovery_call SET note = NULL WHERE id IN (SELECT id FROM recovery_call WHERE at < $1 AND note IS NOT NULL ORDER BY id LIMIT $2))sql");

constexpr std::size_t note_limit = 4000;

Case read_case(const Row& row) {
    return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), row.integer(4), row.integer(5),
            row.is_null(6) ? 0 : row.integer(6), row.is_null(7) ? 0 : row.integer(7), row.integer(8) != 0};
}

std::optional<Case> find_case(Tx& tx, Sql sql, std::string_view key) {
    std::optional<Case> found;
    tx.each(sql, [&](const Row& row) { found = read_case(row); }, key);
    return found;
}

std::vector<Call> calls_of(Tx& tx, std::string_view id) {
    std::vector<Call> calls;
    tx.each(select_calls, [&](const Row& row) {
        calls.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.is_null(3) ? "" : std::string(row.text(3))});
    }, id);
    return calls;
}

// Which words ask for a call. Stars on the vehicle alone are the product's, not the site's, but "please call me" always counts.
std::string reason_to_call(const reviews::Review& review) {
    const auto& content = review.content;
    if (content.rating && *content.rating <= 2) return "rating";
    if (std::any_of(content.criteria.begin(), content.criteria.end(), [](const auto& c) { return c.second == 1; })) return "criterion";
    if (content.recommend && *content.recommend <= 6) return "recommend";
    if (review.contact_me) return "contact_me";
    return {};
}

using network::Recipient;

// The nearest level above the site that has somebody.
std::vector<Recipient> above_site(Tx& tx, const network::Site& site) {
    std::vector<Recipient> all;
    const auto add = [&](const std::vector<network::Person>& people) {
        for (const auto& person : people) all.push_back({person.email, person.name, person.locale});
    };
    if (!site.group.empty()) add(network::people_of_group(tx, site.group));
    if (all.empty()) add(network::people_of_country(tx, site.country));
    if (all.empty()) add(network::people_with_role(tx, "hq"));
    return all;
}

void tell(Tx& tx, Seconds now, const Options& options, const Case& record, const network::Site& site, const std::vector<Recipient>& to, const char* mail_template) {
    const auto review = reviews::find(tx, record.review);
    if (!review) return;
    const auto customer = contact::find_customer(tx, review->customer);
    for (const auto& person : to) {
        const auto token = links::issue(tx, now, Purpose::recovery, record.id, person.email, now + options.link_days * one_day);
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = std::string(mail_template) + ":" + record.id + ":" + person.email;
        message.email = person.email;
        message.name = person.name;
        message.locale = person.locale;
        message.about = record.review;
        message.mail_template = mail_template;
        message.data = json({{"LINK", options.base_url + "/case/" + token}, {"SITE_NAME", site.name}, {"RATING", review->content.rating.value_or(0)},
                             {"TITLE", review->content.title}, {"BODY", review->content.body}, {"LANG", review->content.lang}, {"WHY", record.why},
                             {"CUSTOMER_NAME", customer ? customer->first_name + " " + customer->last_name : ""},
                             {"CUSTOMER_PHONE", customer ? customer->phone : ""}, {"EXPERIENCE_ON", review->content.experience_on},
                             {"OPENED_AT", record.opened_at}, {"DUE_AT", record.due_at}, {"TIMEZONE", site.timezone},
                             {"HOURS_LEFT", std::max<Seconds>(0, (record.due_at - now) / one_hour)}}).dump();
        contact::queue(tx, now, message);
    }
}

Result<Case> open_case(Tx& tx, Seconds now, std::string_view token) {
    const auto link = links::find(tx, now, Purpose::recovery, token);
    if (!link) return not_found("link_unknown", "this link is not known");
    if (link->state != links::State::open) return gone("link_" + std::string(links::to_word(link->state)), "this link's time is over");
    auto record = find_case(tx, select_case, link->ref);
    if (!record) return not_found("case_unknown", "this case is gone");
    return *record;
}

}  // namespace

Recover::Recover(storage::Db& db, const Clock& clock, Options options) : db_(db), clock_(clock), options_(std::move(options)) {}

void Recover::on_collected(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review || review->state == reviews::State::erased || review->content.subject.rfind("site:", 0) != 0) {
        // Words on the vehicle: their visit's own case covers the person; a vehicle review alone has no site to call.
        return;
    }
    if (contact::address_waits(tx, review->customer)) return;  // COL-1: not before the author answers under the address
    const auto why = reason_to_call(*review);
    if (why.empty()) return;
    const auto site = network::find_site(tx, review->content.subject.substr(5));
    if (!site) return;
    const auto now = clock_.now();
    // The clock starts at submission, or when an author nobody had proven answered under the address.
    const auto begun = std::max(review->submitted_at, contact::address_confirmed(tx, review->customer).value_or(0));
    Case record{crypto::random_id(12), review->id, site->code, why, begun, begun + options_.due, 0, 0, false};
    if (tx.exec(insert_case, record.id, record.review, record.site, record.why, record.opened_at, record.due_at) == 0) return;  // open already
    count_case(tx, record.id);
    reviews::note(tx, Actor::system("recover"), now, review->id, "case_opened", why);
    tell(tx, now, options_, record, *site, network::recipients_at(tx, *site), "alert");
    const std::pair<const char*, Seconds> steps[] = {{"remind", options_.remind}, {"escalate", options_.escalate}, {"breach", options_.due}};
    for (const auto& [step, after] : steps) {
        jobs::Wish wish;
        wish.run_at = record.opened_at + after;
        wish.unique_key = std::string(step) + ":" + record.id;
        jobs::enqueue(tx, clock_, "recover", std::string(step) + " " + record.id, wish);
    }
}

void Recover::handle(jobs::Runner& runner) {
    runner.handle("recover", [this](const jobs::Job& job) { return remind(job); });
}

Result<void> Recover::remind(const jobs::Job& job) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto space = job.payload.find(' ');
        const auto step = job.payload.substr(0, space);
        auto record = find_case(tx, select_case, job.payload.substr(space + 1));
        jobs::finish(tx, job);
        if (!record || record->first_call_at != 0 || record->closed_at != 0) return {};
        const auto site = network::find_site(tx, record->site);
        if (!site) return {};
        if (step == "remind") {
            tell(tx, now, options_, *record, *site, network::recipients_at(tx, *site), "reminder12h");
        } else if (step == "escalate") {
            tell(tx, now, options_, *record, *site, above_site(tx, *site), "escalation20h");
        } else {
            tx.exec(set_breached, record->id);
            count_case(tx, record->id);
            reviews::note(tx, Actor::system("recover"), now, record->review, "case_breached", {});
            auto to = network::recipients_at(tx, *site);
            for (auto& person : above_site(tx, *site)) to.push_back(std::move(person));
            tell(tx, now, options_, *record, *site, to, "breach24h");
        }
        return {};
    });
}

Result<View> Recover::view(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<View> {
        const auto now = clock_.now();
        const auto link = links::find(tx, now, Purpose::recovery, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        const auto record = find_case(tx, select_case, link->ref);
        if (!record) return not_found("case_unknown", "this case is gone");
        View view;
        view.link = link->state;
        view.holder = link->holder;
        view.now = now;
        view.record = *record;
        view.calls = calls_of(tx, record->id);
        if (const auto review = reviews::find(tx, record->review)) {
            view.review = *review;
            view.review_public = reviews::to_word(review->state);
            if (const auto customer = contact::find_customer(tx, review->customer)) {
                view.customer_name = customer->first_name + (customer->last_name.empty() ? "" : " " + customer->last_name);
                view.customer_phone = customer->phone;
                view.customer_email = customer->email;
                view.customer_locale = customer->locale;
            }
            if (const auto experience = review->experience.empty() ? std::nullopt : experiences::find(tx, review->experience); experience && !experience->product.empty()) {
                if (const auto product = network::find_product(tx, experience->product)) view.product_name = product->name;
            }
            view.reply = reviews::reply_of(tx, review->id);
        }
        if (const auto site = network::find_site(tx, record->site)) {
            view.site_name = site->name;
            view.timezone = site->timezone;
        }
        return view;
    });
}

Result<Actor> Recover::holder(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<Actor> {
        const auto link = links::find(tx, clock_.now(), Purpose::recovery, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        if (link->state != links::State::open) return gone("link_expired", "this link's time is over");
        const auto record = find_case(tx, select_case, link->ref);
        return Actor{ActorKind::staff, link->holder, "site", record ? record->site : ""};
    });
}

Result<void> Recover::note_call(std::string_view token, std::string_view outcome, std::string_view note) {
    if (outcome != "reached" && outcome != "not_reached" && outcome != "call_back") {
        return invalid("outcome_missing", "say how the call went: reached, not_reached or call_back", "outcome");
    }
    if (!valid_utf8(note) || code_points(note) > note_limit) return invalid("too_long", "the note is longer than 4,000 characters", "note");
    const auto actor = holder(token);
    if (!actor) return actor.error();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto record = open_case(tx, now, token);
        if (!record) return record.error();
        if (record->closed_at != 0) return conflict("case_closed", "this case is closed");
        tx.exec(insert_call, record->id, now, actor->id, outcome, note);
        tx.exec(set_first_call, record->id, now);
        count_case(tx, record->id);
        reviews::note(tx, *actor, now, record->review, "call", outcome);
        return {};
    });
}

Result<void> Recover::close(std::string_view token) {
    const auto actor = holder(token);
    if (!actor) return actor.error();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto record = open_case(tx, now, token);
        if (!record) return record.error();
        if (record->first_call_at == 0) return conflict("call_first", "note a call before closing the case");
        tx.exec(set_closed, record->id, now);
        reviews::note(tx, *actor, now, record->review, "case_closed", {});
        return {};
    });
}

void Recover::on_erased(Tx& tx, std::string_view review) const {
    const auto record = find_case(tx, select_case_of, review);
    if (!record) return;
    tx.exec(clear_notes, record->id);
    tx.exec(set_closed, record->id, clock_.now());
    links::forget(tx, Purpose::recovery, record->id);
}

std::string Recover::personal_data(Tx& tx, const std::vector<std::string>& reviews) {
    json cases = json::array();
    for (const auto& review : reviews) {
        const auto record = find_case(tx, select_case_of, review);
        if (!record) continue;
        json calls = json::array();
        for (const auto& call : calls_of(tx, record->id)) calls.push_back({{"at", format_moment(call.at)}, {"outcome", call.outcome}, {"note", call.note}});
        cases.push_back({{"review", review}, {"opened_at", format_moment(record->opened_at)}, {"calls", calls}});
    }
    return json({{"calls", cases}}).dump();
}

std::int64_t purge_notes(Tx& tx, Seconds before, int limit) { return tx.exec(purge_old_notes, before, limit); }

Recover::Counts Recover::counts(Tx& tx, Seconds now) {
    Counts counts;
    tx.each(count_cases, [&](const Row& row) {
        if (row.is_null(0)) return;
        counts = {row.integer(0), row.integer(1), row.integer(2)};
    }, now);
    return counts;
}

}  // namespace verbatim::recover
