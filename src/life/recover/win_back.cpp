#include "life/recover/win_back.h"

#include <nlohmann/json.hpp>

#include "ground/formats/utf8.h"
#include "life/recover/store.h"
#include "record/contact/consents.h"
#include "record/contact/contact.h"
#include "record/network/country_rules.h"
#include "record/network/network.h"

namespace verbatim::recover {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

constexpr Sql select_steps("SELECT at, actor, step, detail FROM recovery_step WHERE recovery_case = $1 ORDER BY at, id");
constexpr Sql select_survey(R"sql(
SELECT state, reason, asked_at, answered_at, first_rating, rating, solved, words FROM recovery_survey WHERE recovery_case = $1)sql");
// Whoever was asked or has answered is not asked again, however often the case is reopened.
constexpr Sql insert_survey(R"sql(
INSERT INTO recovery_survey (recovery_case, state, first_rating) VALUES ($1, 'waiting', $2)
ON CONFLICT (recovery_case) DO UPDATE SET state = 'waiting' WHERE recovery_survey.state IN ('cancelled', 'not_asked'))sql");
constexpr Sql cancel_survey("UPDATE recovery_survey SET state = 'cancelled' WHERE recovery_case = $1 AND state = 'waiting'");
constexpr Sql set_asked("UPDATE recovery_survey SET state = 'asked', asked_at = $2 WHERE recovery_case = $1");
constexpr Sql set_not_asked("UPDATE recovery_survey SET state = 'not_asked', reason = $2 WHERE recovery_case = $1");
constexpr Sql set_answered(R"sql(
UPDATE recovery_survey SET state = 'answered', answered_at = $2, rating = $3, solved = $4, words = $5 WHERE recovery_case = $1 AND state = 'asked')sql");
constexpr Sql sum_surveys(R"sql(
SELECT COUNT(*), SUM(CASE WHEN s.state = 'answered' THEN 1 ELSE 0 END), SUM(CASE WHEN s.rating > s.first_rating THEN 1 ELSE 0 END),
  SUM(CASE WHEN s.rating >= 4 THEN 1 ELSE 0 END), SUM(CASE WHEN s.solved = 'yes' THEN 1 ELSE 0 END),
  AVG(CASE WHEN s.rating IS NOT NULL THEN CAST(s.first_rating AS DOUBLE PRECISION) END),
  AVG(CASE WHEN s.first_rating IS NOT NULL THEN CAST(s.rating AS DOUBLE PRECISION) END)
FROM recovery_survey s JOIN recovery_case c ON c.id = s.recovery_case JOIN branch_subject b ON b.branch = $1 AND b.subject = c.subject
WHERE s.asked_at >= $2 AND s.asked_at < $3)sql");

constexpr std::size_t words_limit = 4000;  // code points

std::string text(const Row& row, int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); }
Seconds moment(const Row& row, int column) { return row.is_null(column) ? 0 : row.integer(column); }
std::optional<int> small(const Row& row, int column) { return row.is_null(column) ? std::nullopt : std::optional(static_cast<int>(row.integer(column))); }

// A survey is its own purpose; where nothing was said of it, the leave to invite this person to a review covers the question what
// became of it. The newest word holds (norm GDP-1).
bool may_ask(Tx& tx, const contact::Customer& customer) {
    std::string invitation, survey;
    for (const auto& said : contact::consents_of(tx, customer.id)) {
        if (said.purpose == "invitation") invitation = said.basis;
        if (said.purpose == "survey") survey = said.basis;
    }
    if (!network::basis_suffices(customer.country, "invitation", invitation)) return false;
    return survey.empty() || network::basis_suffices(customer.country, "survey", survey);
}

}  // namespace

std::vector<Step> steps_of(Tx& tx, std::string_view id) {
    std::vector<Step> all;
    tx.each(select_steps, [&](const Row& row) { all.push_back({row.integer(0), text(row, 1), text(row, 2), text(row, 3)}); }, id);
    return all;
}

std::optional<Survey> survey_of(Tx& tx, std::string_view id) {
    std::optional<Survey> found;
    tx.each(select_survey, [&](const Row& row) {
        found = Survey{text(row, 0), text(row, 1), moment(row, 2), moment(row, 3), small(row, 4), small(row, 5), text(row, 6), text(row, 7)};
    }, id);
    return found;
}

void plan_survey(Tx& tx, Seconds closed_at, const Case& record, int days) {
    if (days == 0) return;
    const auto review = reviews::find(tx, record.review);
    if (!review || review->customer.empty()) return;
    if (tx.exec(insert_survey, record.id, review->content.rating) == 0) return;
    jobs::Wish wish;
    wish.run_at = closed_at + days * one_day;
    wish.unique_key = "survey:" + record.id;
    jobs::enqueue(tx, ManualClock(closed_at), "recover", "survey " + record.id, wish);
}

void drop_survey(Tx& tx, const Case& record) {
    jobs::cancel(tx, "recover", "survey:" + record.id);
    tx.exec(cancel_survey, record.id);
}

void Recover::ask_again(Tx& tx, const Case& record) const {
    const auto survey = survey_of(tx, record.id);
    if (!survey || survey->state != "waiting" || record.closed_at == 0) return;
    const auto now = clock_.now();
    const auto not_asked = [&](std::string_view reason) {
        tx.exec(set_not_asked, record.id, reason);
        note_case(tx, Actor::system("recover"), now, record, "survey_not_asked", reason);
    };
    const auto review = reviews::find(tx, record.review);
    const auto customer = review && !review->customer.empty() ? contact::find_customer(tx, review->customer) : std::nullopt;
    if (!customer) return not_asked("erased");
    if (contact::suppressed(tx, customer->email, contact::Purpose::invitation)) return not_asked("opted_out");
    if (!may_ask(tx, *customer)) return not_asked("no_basis");
    const auto site = network::find_site(tx, record.site);
    const auto token = links::issue(tx, now, links::Purpose::survey, record.id, customer->id, now + options_.link_days * one_day);
    contact::Message message;
    message.purpose = contact::Purpose::invitation;  // a question, not a due: whoever wants no invitations gets none of these
    message.key = "second_survey:" + record.id;
    message.customer = customer->id;
    message.about = record.review;
    message.mail_template = "second_survey";
    message.site_name = site ? site->name : "";
    message.data = json({{"LINK", options_.base_url + "/again/" + token}, {"SITE_NAME", message.site_name}, {"SUBMITTED_AT", review->submitted_at}}).dump();
    const auto queued = contact::queue(tx, now, message);
    if (queued == contact::Queued::opted_out || queued == contact::Queued::no_address) {
        links::forget(tx, links::Purpose::survey, record.id);
        return not_asked(queued == contact::Queued::opted_out ? "opted_out" : "no_address");
    }
    tx.exec(set_asked, record.id, now);
    note_case(tx, Actor::system("recover"), now, record, "survey_asked", {});
}

Result<SurveyPage> WinBack::page(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<SurveyPage> {
        const auto link = links::find(tx, clock_.now(), links::Purpose::survey, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        const auto record = find_case(tx, link->ref);
        const auto survey = record ? survey_of(tx, record->id) : std::nullopt;
        const auto customer = contact::find_customer(tx, link->holder);
        if (!record || !survey || !customer) return not_found("link_unknown", "this link is not known");
        SurveyPage page;
        page.link = link->state;
        page.locale = customer->locale;
        page.first_name = customer->first_name;
        page.answered = survey->state == "answered";
        if (const auto site = network::find_site(tx, record->site)) page.site_name = site->name;
        if (const auto review = reviews::find(tx, record->review)) page.reviewed_at = review->submitted_at;
        return page;
    });
}

Result<void> WinBack::answer(std::string_view token, int rating, std::string_view solved, std::string_view words) {
    if (rating < 1 || rating > 5) return invalid("rating_missing", "choose one to five stars", "rating");
    if (solved != "yes" && solved != "partly" && solved != "no") return invalid("solved_missing", "say whether it is solved: yes, partly or no", "solved");
    if (!valid_utf8(words)) return invalid("unreadable", "the words are not readable text", "words");
    if (code_points(words) > words_limit) return invalid("too_long", "the words are longer than 4,000 characters", "words");
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto link = links::find(tx, now, links::Purpose::survey, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        if (link->state != links::State::open) return gone("link_" + std::string(links::to_word(link->state)), "this link's time is over");
        const auto record = find_case(tx, link->ref);
        if (!record || !links::use(tx, now, links::Purpose::survey, token)) return gone("link_used", "this link was used");
        const auto kept = words.find_first_not_of(" \t\r\n") == std::string_view::npos ? std::nullopt : std::optional(words);
        if (tx.exec(set_answered, record->id, now, rating, solved, kept) == 0) return gone("link_used", "this was answered");
        note_case(tx, Actor::customer(link->holder), now, *record, "survey_answered", solved);
        return {};
    });
}

WonBack won_back(Tx& tx, std::string_view branch, Seconds from, Seconds until) {
    WonBack sum;
    tx.each(sum_surveys, [&](const Row& row) {
        sum = {row.integer(0), moment(row, 1), moment(row, 2), moment(row, 3), moment(row, 4), row.is_null(5) ? 0 : row.real(5), row.is_null(6) ? 0 : row.real(6)};
    }, branch, from, until);
    return sum;
}

}  // namespace verbatim::recover
