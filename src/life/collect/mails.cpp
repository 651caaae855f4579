// What the author is told, and when (norms AUT-2, AUT-3, AUT-5; statements of reasons: life/moderate). Each mail carries a fresh link to the
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
    data["LINK"] = options_.base_url + "/me/" + token;
    data["SUBJECT_NAME"] = name_of(tx, review);
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
    if (contact::address_waits(tx, review->customer)) return ask_to_confirm(tx, *review);  // the receipt follows the confirmation
    const auto leaf = ledger::leaf_of(tx, *review->collected_entry);
    tell_author(tx, *review, "receipt", "receipt:" + review->id,
                json({{"REVIEW_ID", review->id}, {"COMMITMENT", review->commitment}, {"SALT", to_base64(review->salt)}, {"LEAF", leaf.value_or("")},
                      {"DECIDE_BY", review->decide_by}, {"SUBMITTED_AT", review->submitted_at}}).dump());
}

void Collect::on_published(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    if (!review || review->state != reviews::State::published || !review->parent.empty()) return;
    const auto place = review->public_entry ? ledger::index_of(tx, *review->public_entry) : std::nullopt;
    json data = {{"REVIEW_URL", options_.base_url + "/" + (review->content.lang.empty() ? "en" : review->content.lang) + "/reviews/" + review->id}, {"LOG_INDEX", ""}};
    if (place) data["LOG_INDEX"] = *place;
    tell_author(tx, *review, "published", "published:" + review->id + ":" + std::to_string(review->version), data.dump());
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
            const json one = {{"CODE", finding.value("reason", "")}};
            if (std::find(reasons.begin(), reasons.end(), one) == reasons.end()) reasons.push_back(one);
        }
    }
    tell_author(tx, *review, "rephrase_request", "rephrase:" + review->id + ":" + std::to_string(clock_.now()),
                json({{"SEGMENTS", json::parse(reviews::segments(words.body, findings, "body"))}, {"REASONS", reasons}, {"EXPLANATION", explanation},
                      {"LANG", words.lang}, {"UNTIL", review->rephrase_by}}).dump());
}

void Collect::on_reply(Tx& tx, std::string_view id) const {
    const auto reply = reviews::find_reply(tx, id);
    if (!reply || reply->state != "published") return;
    const auto review = reviews::find(tx, reply->review);
    if (!review) return;
    tell_author(tx, *review, "reply_published", "reply:" + reply->id,
                json({{"REPLY_AUTHOR", reply->author}, {"REPLY_BODY", reply->body},
                      {"REVIEW_URL", options_.base_url + "/" + (review->content.lang.empty() ? "en" : review->content.lang) + "/reviews/" + review->id}}).dump());
}

}  // namespace verbatim::collect
