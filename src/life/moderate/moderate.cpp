#include "life/moderate/moderate.h"

#include <nlohmann/json.hpp>

#include "life/moderate/ask.h"
#include "life/moderate/brand_rules.h"
#include "life/moderate/insiders.h"
#include "life/moderate/own_data.h"
#include "life/moderate/signals.h"
#include "life/moderate/work.h"

namespace verbatim::moderate {
namespace {

using links::Purpose;
using storage::Tx;

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

}  // namespace

Moderate::Moderate(storage::Db& db, const Clock& clock, std::shared_ptr<const text::Detectors> detectors, Options options)
    : db_(db), clock_(clock), detectors_(std::move(detectors)), options_(std::move(options)) {}

namespace {

std::string findings_in(const text::Detectors& detectors, const reviews::Content& content, const text::Context& context, const BrandRules& rules) {
    json list = json::array();
    if (!content.title.empty()) add_findings(list, detectors.find(content.title, context), "title");
    apply(rules, content.title, "title", list);
    if (!content.body.empty()) add_findings(list, detectors.find(content.body, context), "body");
    apply(rules, content.body, "body", list);
    return list.empty() ? std::string() : list.dump();
}

}  // namespace

std::string Moderate::inspect(Tx& tx, const reviews::Content& content) const {
    if (content.title.empty() && content.body.empty()) return {};
    return findings_in(*detectors_, content, context_for(tx, content.subject, content.lang, options_.brand), brand_rules(tx));
}

std::string Moderate::inspect(const reviews::Content& content) const {
    text::Context context;
    context.lang = content.lang;
    context.allowed = {options_.brand};
    return findings_in(*detectors_, content, context, {});  // gathered elsewhere: the packs alone
}

void Moderate::on_collected(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review) return;
    if (contact::address_waits(tx, review->customer)) return;  // COL-1: its confirmation comes back here
    const auto waiting = reviews::draft(tx, id);
    if (!(review->state == reviews::State::collected || (review->state == reviews::State::published && waiting))) return;  // decided meanwhile
    const auto& content = waiting ? waiting->content : review->content;
    tx.exec("DELETE FROM second_opinion WHERE ref = $1", "review:" + std::string(id));  // a first opinion was about the words before
    auto findings = inspect(tx, content);
    // A spontaneous author whose proof matched nothing: a human looks whether the experience was lived (COL-2, COL-9).
    if (review->origin == "spontaneous" && review->experience.empty()) {
        auto list = findings.empty() ? json::array() : json::parse(findings);
        list.push_back({{"field", "proof"}, {"reason", "not_lived"}, {"start", 0}, {"end", 0}, {"text", proof_given(tx, id)}, {"confidence", 0.5}, {"rule", "proof.unmatched"}});
        findings = list.dump();
    }
    add_insiders(tx, clock_.now(), *review, findings);  // FRA-3, INC-4
    auto signals = look(tx, clock_.now(), *review, content);  // FRA-2, FRA-4
    if (options_.judge) {
        for (auto& one : options_.judge(content.body)) signals.push_back(std::move(one));
    }
    add_signals(tx, clock_.now(), *review, signals, options_.judge_version, findings);
    const auto actor = Actor::system("detectors " + detectors_->version());
    if (findings.empty()) {
        reviews::publish(tx, actor, clock_.now(), id).ok();
        return;
    }
    // Confirmed or reworded after the announced time: the clock looks again (delays.cpp).
    if (review->decide_by != 0 && review->decide_by <= clock_.now()) tx.exec("DELETE FROM moderation_delay WHERE ref = $1", id);
    if (reviews::hold(tx, actor, clock_.now(), id, findings)) Work::of(*this, tx).ask("review:" + std::string(id), *review, content.lang);
}

std::string Moderate::findings_of_reply(Tx& tx, const reviews::Review& review, std::string_view body) const {
    json list = json::array();
    add_findings(list, detectors_->find(body, context_for(tx, review.content.subject, review.content.lang, options_.brand)), "body");
    apply(brand_rules(tx), body, "body", list);
    add_own_data(tx, review, body, list);  // SUP-5
    return list.dump();
}

void Moderate::on_reply(Tx& tx, std::string_view id) const {
    const auto reply = reviews::find_reply(tx, id);
    if (!reply || reply->state != "collected") return;
    const auto review = reviews::find(tx, reply->review);
    if (!review || review->state != reviews::State::published) return;  // on_published looks again
    const auto list = json::parse(findings_of_reply(tx, *review, reply->body));
    const auto actor = Actor::system("detectors " + detectors_->version());
    if (list.empty()) {
        reviews::publish_reply(tx, actor, clock_.now(), id).ok();
    } else if (reviews::hold_reply(tx, actor, clock_.now(), id, list.dump())) {
        Work::of(*this, tx).ask("reply:" + std::string(id), *review, review->content.lang);
    }
}

void Moderate::on_published(Tx& tx, std::string_view id) const {
    if (const auto reply = reviews::reply_of(tx, id); reply && reply->state == "collected") on_reply(tx, reply->id);
}

void Moderate::on_lapsed(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review) return;
    const auto waiting = reviews::draft(tx, id);
    if (review->state != reviews::State::held && !waiting) return;
    Work::of(*this, tx).ask("review:" + std::string(id), *review, waiting ? waiting->content.lang : review->content.lang, "moderation_request", {{"LAPSED", true}});
}

void Moderate::ask_for_many(Tx& tx, const std::vector<std::string>& held, std::string_view source) const {
    if (held.empty()) return;
    // By moderator, because each reads their languages only (MOD-6): one mail with links to the first ones. The whole queue
    // stands behind the API (/api/v1/moderation/queue).
    struct Share {
        network::Person person;
        std::int64_t count = 0;
        json links = json::array();
    };
    std::map<std::string, Share> shares;
    std::map<std::pair<std::string, std::string>, Panel> panels;  // subject and language repeat
    const Work work = Work::of(*this, tx);
    for (const auto& id : held) {
        const auto review = reviews::find(tx, id);
        if (!review) continue;
        const auto key = std::pair(review->content.subject, review->content.lang);
        if (panels.size() > 500) panels.clear();
        auto panel = panels.find(key);
        if (panel == panels.end()) panel = panels.emplace(key, panel_for(tx, key.first, key.second)).first;
        for (const auto& person : panel->second.people) {
            auto& share = shares[person.email];
            share.person = person;
            if (++share.count > 20) continue;
            share.links.push_back({{"LINK", work.link_to("review:" + id, person.email)}, {"REVIEW_ID", id}});
        }
    }
    for (const auto& [email, share] : shares) {
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "moderation_digest:" + held.front() + ":" + email;
        message.email = email;
        message.name = share.person.name;
        message.locale = share.person.locale;
        message.mail_template = "moderation_digest";
        message.data = json({{"COUNT", share.count}, {"SOURCE", source}, {"LINKS", share.links}}).dump();
        contact::queue(tx, clock_.now(), message);
    }
}

}  // namespace verbatim::moderate
