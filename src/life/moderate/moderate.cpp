#include "life/moderate/moderate.h"

#include <nlohmann/json.hpp>

#include "life/moderate/ask.h"
#include "life/moderate/insiders.h"
#include "life/moderate/own_data.h"
#include "record/contact/contact.h"
#include "record/network/network.h"

namespace verbatim::moderate {
namespace {

using links::Purpose;
using nlohmann::json;
using storage::Tx;

// A link's ref: "review:ID" or "reply:ID".
std::pair<std::string, std::string> split_ref(std::string_view ref) {
    const auto colon = ref.find(':');
    return {std::string(ref.substr(0, colon)), std::string(ref.substr(colon + 1))};
}

void add_findings(json& list, const std::vector<text::Finding>& findings, std::string_view field) {
    for (const auto& finding : findings) {
        list.push_back({{"field", field}, {"reason", finding.reason}, {"start", finding.start}, {"end", finding.end}, {"text", finding.text},
                        {"confidence", finding.confidence}, {"rule", finding.rule}});
    }
}

std::string proof_given(Tx& tx, std::string_view review) {
    for (const auto& step : reviews::history(tx, review)) {
        if (step.step == "proof_given") return step.detail;
    }
    return {};
}

std::string_view decision_word(reviews::State state) {
    if (state == reviews::State::published || state == reviews::State::refused || state == reviews::State::rephrase ||
        state == reviews::State::withdrawn || state == reviews::State::erased || state == reviews::State::removed) {
        return reviews::to_word(state);
    }
    return {};
}

}  // namespace

Moderate::Moderate(storage::Db& db, const Clock& clock, std::shared_ptr<const text::Detectors> detectors, Options options)
    : db_(db), clock_(clock), detectors_(std::move(detectors)), options_(std::move(options)) {}

namespace {

std::string findings_in(const text::Detectors& detectors, const reviews::Content& content, const text::Context& context) {
    json list = json::array();
    if (!content.title.empty()) add_findings(list, detectors.find(content.title, context), "title");
    if (!content.body.empty()) add_findings(list, detectors.find(content.body, context), "body");
    return list.empty() ? std::string() : list.dump();
}

}  // namespace

std::string Moderate::inspect(Tx& tx, const reviews::Content& content) const {
    if (content.title.empty() && content.body.empty()) return {};
    return findings_in(*detectors_, content, context_for(tx, content.subject, content.lang, options_.brand));
}

std::string Moderate::inspect(const reviews::Content& content) const {
    text::Context context;
    context.lang = content.lang;
    context.allowed = {options_.brand};
    return findings_in(*detectors_, content, context);
}

void Moderate::on_collected(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review) return;
    const auto waiting = reviews::draft(tx, id);
    if (!(review->state == reviews::State::collected || (review->state == reviews::State::published && waiting))) return;  // decided meanwhile
    const auto& content = waiting ? waiting->content : review->content;
    auto findings = inspect(tx, content);
    // A spontaneous author whose proof matched nothing: a human looks whether the experience was lived (COL-2, COL-9).
    if (review->origin == "spontaneous" && review->experience.empty()) {
        auto list = findings.empty() ? json::array() : json::parse(findings);
        list.push_back({{"field", "proof"}, {"reason", "not_lived"}, {"start", 0}, {"end", 0}, {"text", proof_given(tx, id)}, {"confidence", 0.5}, {"rule", "proof.unmatched"}});
        findings = list.dump();
    }
    add_insiders(tx, clock_.now(), *review, findings);  // FRA-3, INC-4
    const auto actor = Actor::system("detectors " + detectors_->version());
    if (findings.empty()) {
        reviews::publish(tx, actor, clock_.now(), id).ok();
        return;
    }
    if (reviews::hold(tx, actor, clock_.now(), id, findings)) ask(tx, "review:" + std::string(id), *review, content.lang);
}

void Moderate::on_reply(Tx& tx, std::string_view id) const {
    const auto reply = reviews::find_reply(tx, id);
    if (!reply || reply->state != "collected") return;
    const auto review = reviews::find(tx, reply->review);
    if (!review || review->state != reviews::State::published) return;  // on_published looks again
    const auto context = context_for(tx, review->content.subject, review->content.lang, options_.brand);
    json list = json::array();
    add_findings(list, detectors_->find(reply->body, context), "body");
    add_own_data(tx, *review, reply->body, list);  // SUP-5
    const auto actor = Actor::system("detectors " + detectors_->version());
    if (list.empty()) {
        reviews::publish_reply(tx, actor, clock_.now(), id).ok();
    } else if (reviews::hold_reply(tx, actor, clock_.now(), id, list.dump())) {
        ask(tx, "reply:" + std::string(id), *review, review->content.lang);
    }
}

void Moderate::on_published(Tx& tx, std::string_view id) const {
    if (const auto reply = reviews::reply_of(tx, id); reply && reply->state == "collected") on_reply(tx, reply->id);
}

void Moderate::ask(Tx& tx, std::string_view ref, const reviews::Review& review, std::string_view lang) const {
    const auto now = clock_.now();
    for (const auto& person : network::moderators_for_language(tx, lang)) {
        if (judges_own_house(person, review)) continue;  // MOD-7
        const auto token = links::issue(tx, now, Purpose::moderation, ref, person.email, now + options_.link_days * one_day);
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "moderation:" + std::string(ref) + ":" + std::to_string(review.version) + ":" + std::to_string(now) + ":" + person.email;
        message.email = person.email;
        message.name = person.name;
        message.locale = person.locale;
        message.about = review.id;
        message.mail_template = "moderation_request";
        message.data = json({{"LINK", options_.base_url + "/moderate/" + token}, {"REVIEW_ID", review.id}, {"LANG", lang},
                             {"SUBJECT_NAME", subject_name(tx, review.content.subject)}, {"DECIDE_BY", review.decide_by},
                             {"IS_REPLY", ref.substr(0, 6) == "reply:"}}).dump();
        contact::queue(tx, now, message);
    }
}

void Moderate::ask_for_many(Tx& tx, const std::vector<std::string>& held, std::string_view source) const {
    if (held.empty()) return;
    const auto now = clock_.now();
    // One mail a moderator for the whole import, with links to the first ones; the whole queue stands behind the API (/api/v1/moderation/queue).
    for (const auto& person : network::people_with_role(tx, "moderator")) {
        json data = {{"COUNT", held.size()}, {"SOURCE", source}, {"LINKS", json::array()}};
        for (std::size_t i = 0; i < held.size() && i < 20; ++i) {
            const auto token = links::issue(tx, now, Purpose::moderation, "review:" + held[i], person.email, now + options_.link_days * one_day);
            data["LINKS"].push_back({{"LINK", options_.base_url + "/moderate/" + token}, {"REVIEW_ID", held[i]}});
        }
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "moderation_digest:" + held.front() + ":" + person.email;
        message.email = person.email;
        message.name = person.name;
        message.locale = person.locale;
        message.mail_template = "moderation_digest";
        message.data = data.dump();
        contact::queue(tx, now, message);
    }
}

// What stands behind a link's ref.
Result<View> Moderate::view_of(Tx& tx, std::string_view ref) const {
    const auto [kind, id] = split_ref(ref);
    View view;
    std::string review_id = id;
    if (kind == "reply") {
        const auto reply = reviews::find_reply(tx, id);
        if (!reply) return not_found("reply_unknown", "this reply is gone");
        view.kind = "reply";
        view.body = reply->body;
        view.findings = reply->findings;
        view.reply_author = reply->author;
        view.submitted_at = reply->submitted_at;
        if (reply->state == "published" || reply->state == "refused") view.decided = reply->state;
        review_id = reply->review;
    }
    auto review = reviews::find(tx, review_id);
    if (!review) return not_found("review_unknown", "this review is gone");
    view.lang = review->content.lang;
    if (kind != "reply") {
        if (const auto waiting = reviews::draft(tx, id)) {
            view.kind = "correction";
            view.title = waiting->content.title;
            view.body = waiting->content.body;
            view.lang = waiting->content.lang;
            view.findings = waiting->findings;
            view.submitted_at = waiting->submitted_at;
        } else {
            view.kind = "review";
            view.title = review->content.title;
            view.body = review->content.body;
            view.findings = review->findings;
            view.submitted_at = review->submitted_at;
            view.decided = decision_word(review->state);
        }
    }
    if (view.findings.empty()) view.findings = "[]";
    view.decide_by = review->decide_by;
    view.site_name = subject_name(tx, review->content.subject);
    view.review = std::move(*review);
    return view;
}

Result<View> Moderate::view(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<View> {
        const auto link = links::find(tx, clock_.now(), Purpose::moderation, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        auto view = view_of(tx, link->ref);
        if (view) view->link = link->state;
        return view;
    });
}

Result<void> Moderate::decide_in(Tx& tx, const Actor& actor, std::string_view ref, std::string_view decision, std::string_view reason, std::string_view explanation) const {
    const auto now = clock_.now();
    const auto [kind, id] = split_ref(ref);
    Result<void> done = invalid("decision_unknown", "decision is publish, refuse or rephrase", "decision");
    if (kind == "reply") {
        if (decision == "publish") done = reviews::publish_reply(tx, actor, now, id);
        else if (decision == "refuse" || decision == "rephrase") done = reviews::refuse_reply(tx, actor, now, id, reason);
    } else {
        if (decision == "publish") done = reviews::publish(tx, actor, now, id);
        else if (decision == "refuse") done = reviews::refuse(tx, actor, now, id, reason, options_.policy, explanation);
        else if (decision == "rephrase") done = reviews::ask_rephrase(tx, actor, now, id, explanation);
    }
    if (done) links::supersede(tx, Purpose::moderation, ref);  // the other moderators' links for the same words
    return done;
}

Result<void> Moderate::decide(std::string_view token, std::string_view decision, std::string_view reason, std::string_view explanation) {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto link = links::find(tx, now, Purpose::moderation, token);
        if (!link) return not_found("link_unknown", "this link is not known");
        if (!links::use(tx, now, Purpose::moderation, token)) {
            return gone("link_" + std::string(links::to_word(link->state)), "this was decided already or the link's time is over");
        }
        const Actor actor{ActorKind::staff, link->holder, "moderator", "*"};
        return decide_in(tx, actor, link->ref, decision, reason, explanation);
    });
}

Result<void> Moderate::decide(const Actor& actor, std::string_view review, std::string_view decision, std::string_view reason, std::string_view explanation) {
    if (actor.role != "moderator" && actor.role != "hq" && actor.role != "admin") return forbidden("moderators_only", "only moderators decide on words");
    return db_.write([&](Tx& tx) { return decide_in(tx, actor, "review:" + std::string(review), decision, reason, explanation); });
}

std::optional<Actor> Moderate::actor_of_key(std::string_view key) const {
    return db_.read([&](Tx& tx) -> std::optional<Actor> {
        const auto link = links::find(tx, clock_.now(), Purpose::api_key, key);
        if (!link || link->state != links::State::open) return std::nullopt;
        const auto space = link->ref.find(' ');
        return Actor{ActorKind::staff, link->holder, link->ref.substr(0, space), link->ref.substr(space + 1)};
    });
}

std::vector<Moderate::Waiting> Moderate::queue(int limit) const {
    return db_.read([&](Tx& tx) {
        std::vector<Waiting> waiting;
        tx.each("SELECT id, COALESCE(lang, ''), subject, submitted_at, COALESCE(title, ''), COALESCE(body, ''), COALESCE(findings, '[]') FROM review WHERE state = 'held' ORDER BY submitted_at, id LIMIT $1",
                [&](const storage::Row& row) {
                    waiting.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(4)),
                                       std::string(row.text(5)), std::string(row.text(6)), row.integer(3)});
                }, limit);
        return waiting;
    });
}

}  // namespace verbatim::moderate
