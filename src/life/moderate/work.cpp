#include "life/moderate/work.h"

#include <algorithm>

#include "life/moderate/ask.h"
#include "record/network/network.h"

namespace verbatim::moderate {
namespace {

using links::Purpose;
using storage::Row;
using storage::Sql;

constexpr Sql insert_decision(R"sql(
INSERT INTO moderation_decision (at, ref, review, version, decision, reason, final, moderator, roles, languages, lang, language_match, subject, policy, submitted_at, decide_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))sql");
constexpr Sql select_deciders("SELECT DISTINCT moderator FROM moderation_decision WHERE review = $1 ORDER BY moderator");

std::optional<std::string_view> or_null(std::string_view text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

std::pair<std::string, std::string> split_ref(std::string_view ref) {
    const auto colon = ref.find(':');
    if (colon == std::string_view::npos) return {"review", std::string(ref)};
    return {std::string(ref.substr(0, colon)), std::string(ref.substr(colon + 1))};
}

std::pair<Seconds, std::string> read_after(std::string_view after) {
    const auto colon = after.find(':');
    Seconds at = 0;
    for (const char c : after.substr(0, colon)) {
        if (c < '0' || c > '9' || at > 100'000'000'000) return {0, {}};
        at = at * 10 + (c - '0');
    }
    return {at, colon == std::string_view::npos ? std::string() : std::string(after.substr(colon + 1))};
}

std::string Work::link_to(std::string_view ref, std::string_view holder) const {
    return options.base_url + "/moderate/" + links::issue(tx, now, Purpose::moderation, ref, holder, now + options.link_days * one_day);
}

void Work::ask(std::string_view ref, const reviews::Review& review, std::string_view lang, const char* what, const json& more, const std::vector<std::string>& but) const {
    const auto panel = panel_for(tx, review.content.subject, lang, but);
    const auto step = reviews::history(tx, review.id).size();  // asked again after another step is another mail
    for (const auto& person : panel.people) {
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = std::string(what) + ":" + std::string(ref) + ":" + std::to_string(step) + ":" + std::to_string(now) + ":" + person.email;
        message.email = person.email;
        message.name = person.name;
        message.locale = person.locale;
        message.about = review.id;
        message.mail_template = what;
        json data = {{"LINK", link_to(ref, person.email)}, {"REVIEW_ID", review.id}, {"LANG", lang.empty() ? "und" : lang},
                     {"SUBJECT_NAME", subject_name(tx, review.content.subject)}, {"DECIDE_BY", review.decide_by != 0 ? review.decide_by : now + options.decide_days * one_day},
                     {"IS_REPLY", ref.substr(0, 6) == "reply:"}, {"LAPSED", false},
                     {"NO_MODERATOR", panel.level != Panel::Level::moderators}, {"NOBODY_READS", panel.level == Panel::Level::nobody_reads}};
        data.update(more);
        message.data = data.dump();
        contact::queue(tx, now, message);
    }
}

void Work::tell_author(const reviews::Review& review, std::string_view mail_template, std::string_view key, json data) const {
    if (review.customer.empty()) return;
    data["LINK"] = options.base_url + "/me/" + links::issue(tx, now, Purpose::author, review.id, review.customer, 0);
    data["SUBJECT_NAME"] = subject_name(tx, review.content.subject);
    contact::Message message;
    message.purpose = contact::Purpose::service;
    message.key = key;
    message.customer = review.customer;
    message.about = review.id;
    message.mail_template = mail_template;
    message.data = data.dump();
    contact::queue(tx, now, message);
}

// DSA art. 17(3): a measure, territory, duration; b facts and initiative; c automated means; d, e ground and why; f redress.
void Work::tell_reasons(const reviews::Review& review) const {
    const auto all = reviews::statements_of(tx, review.id);
    if (all.empty()) return;
    const auto& one = all.back();
    const auto& grounds = one.grounds;
    json data = {{"BODY", review.content.body}, {"TITLE", review.content.title}, {"LANG", review.content.lang.empty() ? "und" : review.content.lang},
                 {"REASON", grounds.reason}, {"EXPLANATION", grounds.explanation}, {"LAW", grounds.law}, {"DECIDED_AT", one.restriction_at},
                 {"AUTOMATED", one.automated_detection}, {"NOTICED", one.origin == "notice"}, {"POLICY", grounds.policy}, {"APPEAL_MONTHS", grounds.complaint_months},
                 {"APPEAL_UNTIL", contestable_until(one.restriction_at, grounds.complaint_months)}, {"DISPUTE_BODY", grounds.dispute_body},
                 {"CORRECTION", one.measure == "correction_not_published"}, {"REMOVED", one.measure == "removed"}, {"FACTS", json::array()}};
    for (const auto& words : json::parse(one.facts)) data["FACTS"].push_back({{"WORDS", words}});
    data["CONTEST_LINK"] = options.base_url + "/contest/" +
                           links::issue(tx, now, Purpose::complaint, "statement:" + one.id, review.customer, contestable_until(one.restriction_at, grounds.complaint_months));
    tell_author(review, one.measure == "removed" ? "removed" : "refused", "statement:" + one.id, std::move(data));
}

void Work::tell_notifier(const Notice& notice, std::string_view mail_template, json data) const {
    if (notice.email.empty()) return;
    const auto review = reviews::find(tx, notice.review);
    data["SUBJECT_NAME"] = review ? subject_name(tx, review->content.subject) : std::string();
    data["NOTICE_ID"] = notice.id;
    data["REVIEW_ID"] = notice.review;
    data["REVIEW_URL"] = notice.url;
    data["REASON"] = notice.reason;
    data["RECEIVED_AT"] = notice.at;
    data["DECIDE_BY"] = notice.decide_by;
    contact::Message message;
    message.purpose = contact::Purpose::service;
    message.key = std::string(mail_template) + ":" + notice.id;
    message.email = notice.email;
    message.name = notice.name;
    message.locale = notice.locale;
    message.about = notice.review;
    message.mail_template = mail_template;
    message.data = data.dump();
    contact::queue(tx, now, message);
}

void Work::keep_decision(const Fitness& fitness, const Actor& actor, std::string_view ref, const reviews::Review& review, std::string_view lang, const Verdict& verdict, bool final) const {
    const auto decide_by = review.decide_by != 0 ? std::optional(review.decide_by) : std::nullopt;
    tx.exec(insert_decision, now, ref, review.id, review.version, verdict.decision, or_null(verdict.reason), final, actor.id, fitness.roles, fitness.languages, lang,
            fitness.language_match, review.content.subject, options.policy, review.submitted_at, decide_by);
}

std::vector<std::string> Work::earlier_deciders(std::string_view review) const { return tx.rows<std::string>(select_deciders, review); }

reviews::Grounds Work::grounds(const Verdict& verdict, bool from_notice) const {
    return {verdict.reason, options.policy, verdict.explanation, verdict.law, from_notice, options.dispute_body, options.complaint_months};
}

std::string Work::address_of(const reviews::Review& review) const {
    const auto customer = review.customer.empty() ? std::nullopt : contact::find_customer(tx, review.customer);
    return customer ? customer->email : std::string();
}

// A tick never stands alone: it comes with a refusal or removal whose statement the author gets as well.
void Work::mark_author(const Actor& actor, const reviews::Review& review, const Verdict& verdict) const {
    if (!verdict.abuse) return;
    const auto email = address_of(review);
    const auto effect = conduct::mark(tx, actor, now, conduct::Who::author, email, review.id, verdict.reason, options.conduct);
    if (effect.kind == conduct::Effect::Kind::nothing) return;
    const bool suspended = effect.kind == conduct::Effect::Kind::suspended;
    tell_author(review, suspended ? "conduct_suspended" : "conduct_warning", std::string(suspended ? "suspended:" : "warned:") + review.id,
                {{"AUTHOR", true}, {"MARKS", effect.marks}, {"MONTHS", options.conduct.months}, {"UNTIL", effect.until}, {"DAYS", options.conduct.suspend_days},
                 {"LIMIT", options.conduct.suspend_after}, {"REASON", verdict.reason}, {"POLICY", options.policy}, {"DISPUTE_BODY", options.dispute_body}});
    reviews::note(tx, actor, now, review.id, suspended ? "author_suspended" : "author_warned", {});
}

void Work::mark_notifier(const Actor& actor, const Notice& notice) const {
    const auto effect = conduct::mark(tx, actor, now, conduct::Who::notifier, notice.email, notice.id, "unfounded", options.conduct);
    if (effect.kind == conduct::Effect::Kind::nothing) return;
    const bool suspended = effect.kind == conduct::Effect::Kind::suspended;
    tell_notifier(notice, suspended ? "conduct_suspended" : "conduct_warning",
                  {{"AUTHOR", false}, {"MARKS", effect.marks}, {"MONTHS", options.conduct.months}, {"UNTIL", effect.until}, {"DAYS", options.conduct.suspend_days},
                   {"LIMIT", options.conduct.suspend_after}, {"POLICY", options.policy}, {"DISPUTE_BODY", options.dispute_body}, {"LINK", ""}});
}

bool contestable_at(Seconds decided_at, Seconds now, int months) { return decided_at > months_before(now, months); }

Seconds contestable_until(Seconds decided_at, int months) {
    // The first moment whose calendar months back reach the decision: the day is clamped as calendars do.
    Date date = date_of(decided_at);
    date.month += months;
    date.year += (date.month - 1) / 12;
    date.month = (date.month - 1) % 12 + 1;
    for (; date.day > 28 && !parse_date(format_date(date)); --date.day) {}
    return midnight(date) + decided_at % one_day;
}

}  // namespace verbatim::moderate
