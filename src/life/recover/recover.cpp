#include "life/recover/recover.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ground/crypto/crypto.h"
#include "ground/formats/utf8.h"
#include "life/recover/steps.h"
#include "life/recover/store.h"
#include "record/contact/contact.h"
#include "record/experiences/experiences.h"
#include "record/network/network.h"
#include "record/reviews/search.h"

namespace verbatim::recover {
namespace {

using links::Purpose;
using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql insert_case(R"sql(
INSERT INTO recovery_case (id, review, site, why, opened_at, due_at, breached, subject, stage, level)
VALUES ($1, $2, $3, $4, $5, $6, 0, 'site:' || $3, 'open', 0) ON CONFLICT DO NOTHING)sql");
constexpr Sql set_breached("UPDATE recovery_case SET breached = 1 WHERE id = $1");
constexpr Sql set_level("UPDATE recovery_case SET level = $2 WHERE id = $1");
constexpr Sql count_cases(R"sql(
SELECT SUM(CASE WHEN first_call_at IS NULL AND closed_at IS NULL AND due_at > $1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN first_call_at IS NOT NULL AND first_call_at <= due_at AND breached = 0 THEN 1 ELSE 0 END),
  SUM(CASE WHEN breached = 1 OR (first_call_at IS NULL AND due_at <= $1) THEN 1 ELSE 0 END) FROM recovery_case)sql");

constexpr Sql clear_notes("UPDATE recovery_call SET note = NULL WHERE recovery_case = $1");
constexpr Sql clear_case(R"sql(
UPDATE recovery_case SET closed_at = COALESCE(closed_at, $2), stage = 'closed', next_at = NULL, next_what = NULL, done = NULL WHERE id = $1)sql");
constexpr Sql clear_steps("UPDATE recovery_step SET detail = NULL WHERE recovery_case = $1");
constexpr Sql clear_survey("UPDATE recovery_survey SET words = NULL WHERE recovery_case = $1");

constexpr Sql purge_old_notes(R"sql(
UPDATE recovery_call SET note = NULL WHERE id IN (SELECT id FROM recovery_call WHERE at < $1 AND note IS NOT NULL ORDER BY id LIMIT $2))sql");
constexpr Sql purge_old_cases(R"sql(
UPDATE recovery_case SET done = NULL, next_what = NULL WHERE id IN (
  SELECT id FROM recovery_case WHERE closed_at < $1 AND (done IS NOT NULL OR next_what IS NOT NULL) ORDER BY closed_at, id LIMIT $2))sql");
constexpr Sql purge_old_steps(R"sql(
UPDATE recovery_step SET detail = NULL WHERE id IN (SELECT id FROM recovery_step WHERE at < $1 AND detail IS NOT NULL ORDER BY at, id LIMIT $2))sql");
constexpr Sql purge_old_surveys(R"sql(
UPDATE recovery_survey SET words = NULL WHERE recovery_case IN (
  SELECT recovery_case FROM recovery_survey WHERE answered_at < $1 AND words IS NOT NULL ORDER BY answered_at LIMIT $2))sql");
constexpr Sql count_old_notes(R"sql(
SELECT (SELECT COUNT(*) FROM recovery_call WHERE at < $1 AND note IS NOT NULL) + (SELECT COUNT(*) FROM recovery_step WHERE at < $1 AND detail IS NOT NULL)
  + (SELECT COUNT(*) FROM recovery_case WHERE closed_at < $1 AND done IS NOT NULL) + (SELECT COUNT(*) FROM recovery_survey WHERE answered_at < $1 AND words IS NOT NULL))sql");

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
    auto record = find_case(tx, link->ref);
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
    Case record{crypto::random_id(12), review->id, site->code, why, begun, begun + options_.due, 0, 0, false, review->content.subject};
    if (tx.exec(insert_case, record.id, record.review, record.site, record.why, record.opened_at, record.due_at) == 0) return;  // open already
    reviews::note(tx, Actor::system("recover"), now, review->id, "case_opened", why);
    note_case(tx, Actor::system("recover"), now, record, "opened", why);
    reviews::index_case(tx, review->id);
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
        auto record = find_case(tx, job.payload.substr(space + 1));
        jobs::finish(tx, job);
        if (record && step == "survey") {
            ask_again(tx, *record);
            return {};
        }
        if (!record || record->first_call_at != 0 || record->closed_at != 0) return {};
        const auto site = network::find_site(tx, record->site);
        if (!site) return {};
        const auto raised = [&](int level, const char* mail_template, const std::vector<Recipient>& to) {
            tx.exec(set_level, record->id, level);
            note_case(tx, Actor::system("recover"), now, *record, "escalated", std::to_string(level));
            tell(tx, now, options_, *record, *site, to, mail_template);
        };
        if (step == "remind") {
            raised(12, "reminder12h", network::recipients_at(tx, *site));
        } else if (step == "escalate") {
            raised(20, "escalation20h", above_site(tx, *site));
        } else {
            tx.exec(set_breached, record->id);
            reviews::note(tx, Actor::system("recover"), now, record->review, "case_breached", {});
            // The site, whoever heard of it at twenty hours, and now the country too: each once.
            auto to = network::recipients_at(tx, *site);
            const auto add = [&](Recipient person) {
                const bool known = std::any_of(to.begin(), to.end(), [&](const Recipient& one) { return one.email == person.email; });
                if (!known) to.push_back(std::move(person));
            };
            for (auto& person : above_site(tx, *site)) add(std::move(person));
            for (auto& person : network::people_of_country(tx, site->country)) add({person.email, person.name, person.locale});
            raised(24, "breach24h", to);
        }
        return {};
    });
}

Result<View> Recover::view(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<View> {
        const auto now = clock_.now();
        const auto link = links::find(tx, now, Purpose::recovery, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        const auto record = find_case(tx, link->ref);
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
        const auto record = find_case(tx, link->ref);
        return Actor{ActorKind::staff, link->holder, "site", record ? record->site : ""};
    });
}

Result<void> Recover::note_call(std::string_view token, std::string_view outcome, std::string_view note) {
    NewCall call;
    call.outcome = outcome;
    call.note = note;
    if (const auto good = check_call(call); !good) return good;
    const auto actor = holder(token);
    if (!actor) return actor.error();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto record = open_case(tx, now, token);
        if (!record) return record.error();
        const auto kept = keep_call(tx, *actor, now, *record, call);
        return kept ? Result<void>() : Result<void>(kept.error());
    });
}

Result<void> Recover::close(std::string_view token) {
    const auto actor = holder(token);
    if (!actor) return actor.error();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto record = open_case(tx, now, token);
        if (!record) return record.error();
        return keep_close(tx, *actor, now, *record, options_.survey_days);
    });
}

void Recover::on_erased(Tx& tx, std::string_view review) const {
    const auto record = case_of(tx, review);
    if (!record) return;
    const auto now = clock_.now();
    tx.exec(clear_notes, record->id);
    tx.exec(clear_case, record->id, now);
    tx.exec(clear_steps, record->id);
    tx.exec(clear_survey, record->id);
    drop_survey(tx, *record);
    links::forget(tx, Purpose::recovery, record->id);
    links::forget(tx, Purpose::survey, record->id);
}

std::string Recover::personal_data(Tx& tx, const std::vector<std::string>& reviews) {
    json cases = json::array();
    for (const auto& review : reviews) {
        const auto record = case_of(tx, review);
        if (!record) continue;
        json calls = json::array();
        for (const auto& call : calls_of(tx, record->id)) {
            calls.push_back({{"at", format_moment(call.at)}, {"outcome", call.outcome}, {"note", call.note}});
            if (call.back_at != 0) calls.back()["back_at"] = format_moment(call.back_at);
        }
        json one = {{"review", review}, {"opened_at", format_moment(record->opened_at)}, {"calls", calls}, {"cause", record->cause}, {"done", record->done},
                    {"satisfied", record->satisfied}, {"steps", json::array()}};
        for (const auto& step : steps_of(tx, record->id)) {
            one["steps"].push_back({{"at", format_moment(step.at)}, {"step", step.step}});
            if (step.step != "handed_over") one["steps"].back()["detail"] = step.detail;  // to whom is the colleague's data, not the author's
        }
        if (const auto survey = survey_of(tx, record->id)) {
            one["survey"] = {{"state", survey->state}, {"words", survey->words}, {"solved", survey->solved}};
            if (survey->asked_at != 0) one["survey"]["asked_at"] = format_moment(survey->asked_at);
            if (survey->answered_at != 0) one["survey"]["answered_at"] = format_moment(survey->answered_at);
            if (survey->rating) one["survey"]["rating"] = *survey->rating;
        }
        cases.push_back(std::move(one));
    }
    return json({{"calls", cases}}).dump();
}

std::int64_t purge_notes(Tx& tx, Seconds before, int limit) {
    // One number for the caller's loop: as long as any of them had a full batch, there is more.
    return std::max({tx.exec(purge_old_notes, before, limit), tx.exec(purge_old_cases, before, limit), tx.exec(purge_old_steps, before, limit),
                     tx.exec(purge_old_surveys, before, limit)});
}

std::int64_t notes_before(Tx& tx, Seconds before) { return tx.value<std::int64_t>(count_old_notes, before); }

Recover::Counts Recover::counts(Tx& tx, Seconds now) {
    Counts counts;
    tx.each(count_cases, [&](const Row& row) {
        if (row.is_null(0)) return;
        counts = {row.integer(0), row.integer(1), row.integer(2)};
    }, now);
    return counts;
}

}  // namespace verbatim::recover
