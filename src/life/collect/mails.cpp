// What the author is told, and when (norms MOD-8 to MOD-10, AUT-2, AUT-3, AUT-5). Each mail carries a fresh link to the
// author's space: tokens are stored hashed, so an old one cannot be sent again.
#include <nlohmann/json.hpp>

#include "ground/formats/text_codes.h"
#include "life/collect/collect.h"
#include "record/contact/contact.h"
#include "record/network/network.h"
#include "record/reviews/segments.h"

namespace verbatim::collect {
namespace {

using nlohmann::json;
using storage::Tx;

std::string name_of(Tx& tx, const reviews::Review& review) {
    return network::subject_name(tx, review.content.subject).value_or(review.content.subject.substr(review.content.subject.find(':') + 1));
}

}  // namespace

void Collect::tell_author(Tx& tx, const reviews::Review& review, std::string_view mail_template, std::string_view key, std::string_view more) const {
    if (review.customer.empty()) return;
    const auto now = clock_.now();
    auto data = json::parse(more);
    const auto token = links::issue(tx, now, links::Purpose::author, review.id, review.customer, 0);
    data["me_url"] = options_.base_url + "/me/" + token;
    data["subject"] = name_of(tx, review);
    if (data.contains("rephrase_url")) data["rephrase_url"] = data["me_url"];
    contact::Message message;
    message.purpose = contact::Purpose::service;
    message.key = key;
    message.customer = review.customer;
    message.about = review.id;
    message.mail_template = mail_template;
    message.data = data.dump();
    contact::queue(tx, now, message);
}

void Collect::on_collected(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review || review->salt.empty() || !review->collected_entry || !review->parent.empty()) return;  // the vehicle's words share their visit's mail
    const auto leaf = ledger::leaf_of(tx, *review->collected_entry);
    tell_author(tx, *review, "receipt", "receipt:" + review->id,
                json({{"review", review->id}, {"commitment", review->commitment}, {"salt", to_base64(review->salt)}, {"leaf", leaf.value_or("")},
                      {"decide_by", review->decide_by}, {"submitted_at", review->submitted_at}}).dump());
}

void Collect::on_published(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review || review->state != reviews::State::published || !review->parent.empty()) return;
    const auto place = review->public_entry ? ledger::index_of(tx, *review->public_entry) : std::nullopt;
    json data = {{"review_url", options_.base_url + "/" + (review->content.lang.empty() ? "en" : review->content.lang) + "/reviews/" + review->id}, {"log_index", ""}};
    if (place) data["log_index"] = *place;
    tell_author(tx, *review, "published", "published:" + review->id + ":" + std::to_string(review->version), data.dump());
}

// Norm MOD-9 (DSA 17(3)): measure and scope, facts, whether a machine found it, the ground, and how to be heard again.
void Collect::on_refused(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review) return;
    std::string reason = review->reason, explanation;
    bool correction = false;
    Seconds decided_at = clock_.now();
    for (const auto& step : reviews::history(tx, id)) {
        if (step.step != "refused" && step.step != "correction_refused") continue;
        const auto colon = step.detail.find(": ");
        reason = step.detail.substr(0, colon);
        explanation = colon == std::string::npos ? "" : step.detail.substr(colon + 2);
        correction = step.step == "correction_refused";
        decided_at = step.at;
    }
    tell_author(tx, *review, "refused", "refused:" + review->id + ":" + std::to_string(decided_at),
                json({{"body", review->content.body}, {"title", review->content.title}, {"lang", review->content.lang}, {"reason", reason},
                      {"explanation", explanation}, {"decided_at", decided_at}, {"automated", !review->findings.empty()}, {"noticed", false},
                      {"policy_version", options_.policy}, {"appeal_months", 6}, {"dispute_body", options_.dispute_body}, {"correction", correction}}).dump());
}

void Collect::on_rephrase(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review) return;
    const auto waiting = reviews::draft(tx, id);
    const auto& words = waiting ? waiting->content : review->content;
    const auto& findings = waiting && !waiting->findings.empty() ? waiting->findings : review->findings;
    std::string explanation;
    for (const auto& step : reviews::history(tx, id)) {
        if (step.step == "rephrase") explanation = step.detail;
    }
    json reasons = json::array();
    if (!findings.empty()) {
        for (const auto& finding : json::parse(findings)) {
            const json one = {{"code", finding.value("reason", "")}};
            if (std::find(reasons.begin(), reasons.end(), one) == reasons.end()) reasons.push_back(one);
        }
    }
    tell_author(tx, *review, "rephrase_request", "rephrase:" + review->id + ":" + std::to_string(clock_.now()),
                json({{"segments", json::parse(reviews::segments(words.body, findings, "body"))}, {"reasons", reasons}, {"explanation", explanation},
                      {"lang", words.lang}, {"rephrase_url", ""}}).dump());
}

void Collect::on_reply(Tx& tx, std::string_view id) const {
    const auto reply = reviews::find_reply(tx, id);
    if (!reply || reply->state != "published") return;
    const auto review = reviews::find(tx, reply->review);
    if (!review) return;
    tell_author(tx, *review, "reply_published", "reply:" + reply->id,
                json({{"reply", {{"author", reply->author}, {"body", reply->body}}},
                      {"review_url", options_.base_url + "/" + (review->content.lang.empty() ? "en" : review->content.lang) + "/reviews/" + review->id}}).dump());
}

}  // namespace verbatim::collect
