// The author's own space: what was promised, what became of it, and the rights that stay theirs.
#include <nlohmann/json.hpp>

#include "engine/jobs/jobs.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"
#include "life/collect/collect.h"
#include "life/collect/submission.h"
#include "record/contact/contact.h"
#include "record/experiences/experiences.h"
#include "record/network/network.h"

namespace verbatim::collect {
namespace {

using links::Purpose;
using nlohmann::json;
using storage::Tx;

struct Opened {
    links::Link link;
    reviews::Review review;
};

Result<Opened> open_space(Tx& tx, Seconds now, std::string_view token, std::string_view of = {}) {
    const auto link = links::find(tx, now, Purpose::author, token);
    if (!link) return not_found("link_unknown", "this link is not known");
    auto review = reviews::find(tx, link->ref);
    if (!review) return not_found("link_unknown", "this link is not known");
    if (!of.empty() && of != review->id) {
        auto other = reviews::find(tx, of);
        if (link->holder.empty() || !other || other->customer.empty() || other->customer != review->customer) return not_found("review_unknown", "this is not one of your reviews");
        review = std::move(other);
    }
    return Opened{*link, std::move(*review)};
}

bool live(reviews::State state) {
    return state == reviews::State::collected || state == reviews::State::held || state == reviews::State::rephrase || state == reviews::State::published;
}

std::string last_explanation(const std::vector<reviews::Step>& history) {
    for (auto step = history.rbegin(); step != history.rend(); ++step) {
        if (step->step == "refused" || step->step == "rephrase" || step->step == "correction_refused") return step->detail;
    }
    return {};
}

json content_json(const reviews::Content& content) { return json::parse(reviews::canonical_content(content)); }

json review_json(Tx& tx, const reviews::Review& review) {
    json out = {{"id", review.id}, {"origin", review.origin}, {"state", reviews::to_word(review.state)}, {"version", review.version},
                {"content", content_json(review.content)}, {"signature", review.signature}, {"submitted_at", format_moment(review.submitted_at)},
                {"terms", review.terms}, {"contact_me", review.contact_me}, {"salt", to_base64(review.salt)}, {"commitment", review.commitment}};
    if (review.published_at != 0) out["published_at"] = format_moment(review.published_at);
    out["earlier_versions"] = json::array();
    for (const auto& version : reviews::past_versions(tx, review.id)) {
        out["earlier_versions"].push_back({{"version", version.version}, {"content", content_json(version.content)}, {"until", format_moment(version.until)}});
    }
    if (const auto waiting = reviews::draft(tx, review.id)) out["waiting_correction"] = content_json(waiting->content);
    out["history"] = json::array();
    for (const auto& step : reviews::history(tx, review.id)) {
        out["history"].push_back({{"at", format_moment(step.at)}, {"step", step.step}, {"detail", step.detail}});
    }
    if (const auto reply = reviews::reply_of(tx, review.id); reply && reply->state == "published") {
        out["reply"] = {{"body", reply->body}, {"author", reply->author}, {"published_at", format_moment(reply->published_at)}};
    }
    return out;
}

}  // namespace

Result<AuthorView> Collect::author(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<AuthorView> {
        auto opened = open_space(tx, clock_.now(), token);
        if (!opened) return opened.error();
        AuthorView view;
        view.link = opened->link.state;
        view.review = std::move(opened->review);
        view.draft = reviews::draft(tx, view.review.id);
        view.versions = reviews::past_versions(tx, view.review.id);
        view.history = reviews::history(tx, view.review.id);
        view.explanation = last_explanation(view.history);
        view.reply = reviews::reply_of(tx, view.review.id);
        view.findings = view.draft && !view.draft->findings.empty() ? view.draft->findings : view.review.findings;
        if (view.review.collected_entry) view.log_index = ledger::index_of(tx, *view.review.collected_entry);
        if (!view.review.salt.empty() && view.review.collected_entry) {
            view.salt = to_base64(view.review.salt);
            view.leaf = ledger::leaf_of(tx, *view.review.collected_entry).value_or("");
        }
        const auto& subject = view.review.content.subject;
        if (subject.rfind("site:", 0) == 0) {
            if (const auto site = network::find_site(tx, subject.substr(5))) {
                view.site_name = site->name;
                view.locale = site->locale;
            }
        }
        if (const auto customer = contact::find_customer(tx, view.review.customer); customer && !customer->locale.empty()) view.locale = customer->locale;
        for (auto& other : reviews::of_customer(tx, view.review.customer)) {
            if (other.parent != view.review.id) continue;
            if (const auto product = network::find_product(tx, other.content.subject.substr(8))) view.product_name = product->name;
            view.vehicle = std::move(other);
            break;
        }
        view.criteria = view.review.content.service == "product" ? std::vector<std::string>{} : criteria_of(view.review.content.service);
        view.can_correct = view.can_withdraw = live(view.review.state);
        return view;
    });
}

Answer Collect::correct(std::string_view token, const Submission& submission) {
    Answer answer;
    const auto now = clock_.now();
    const auto opened = db_.read([&](Tx& tx) { return open_space(tx, now, token); });
    if (!opened) {
        answer.error = opened.error();
        return answer;
    }
    FormContext context;
    context.service = opened->review.content.service;
    context.criteria = criteria_of(context.service);
    context.locale = opened->review.content.lang;
    const auto checked = check_words(context, submission, false, answer.problems);
    if (!checked) return answer;
    const auto decide_by = now + options_.decide_days * one_day;
    const auto stored = db_.write([&](Tx& tx) {
        return reviews::correct(tx, Actor::customer(opened->review.customer), now, opened->review.id, checked->content, decide_by);
    });
    if (!stored) {
        answer.error = stored.error();
        return answer;
    }
    answer.receipt = receipt_from(*stored, decide_by);
    answer.receipt->author_token = token;
    return answer;
}

Result<void> Collect::withdraw(std::string_view token) {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto opened = open_space(tx, now, token);
        if (!opened) return opened.error();
        return reviews::withdraw(tx, Actor::customer(opened->review.customer), now, opened->review.id);
    });
}

std::string Collect::person_json(Tx& tx, std::string_view customer) const {
    json out = {{"exported_at", format_moment(clock_.now())}, {"reviews", json::array()}, {"experiences", json::array()}};
    if (const auto person = contact::find_customer(tx, customer)) {
        out["person"] = {{"id", person->id}, {"number", person->external}, {"salutation", person->salutation}, {"first_name", person->first_name},
                         {"last_name", person->last_name}, {"email", person->email}, {"phone", person->phone}, {"locale", person->locale},
                         {"country", person->country}, {"invitations_stopped", contact::suppressed(tx, person->email, contact::Purpose::invitation)}};
    }
    std::vector<std::string> ids;
    for (const auto& review : reviews::of_customer(tx, customer)) {
        out["reviews"].push_back(review_json(tx, review));
        ids.push_back(review.id);
    }
    for (const auto& e : experiences::of_customer(tx, customer)) {
        out["experiences"].push_back({{"id", e.id}, {"kind", e.kind}, {"occurred_on", e.occurred_on}, {"site", e.site}, {"product", e.product},
                                      {"vin", e.vin}, {"registered_on", e.registered_on}, {"consent", e.consent}, {"attributes", e.attributes},
                                      {"outcome", experiences::to_word(e.outcome)}});
    }
    out["messages"] = json::array();
    for (const auto& message : contact::messages_to(tx, customer)) {
        out["messages"].push_back({{"kind", message.mail_template}, {"queued_at", format_moment(message.queued_at)}, {"state", message.state}});
    }
    if (options_.more_personal_data) out.update(json::parse(options_.more_personal_data(tx, ids)));
    return out.dump(2);
}

Result<std::string> Collect::export_json(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<std::string> {
        const auto opened = open_space(tx, clock_.now(), token);
        if (!opened) return opened.error();
        if (opened->link.holder.empty()) return json({{"exported_at", format_moment(clock_.now())}, {"reviews", json::array({review_json(tx, opened->review)})}}).dump(2);
        return person_json(tx, opened->review.customer);
    });
}

Result<std::string> Collect::export_by_email(std::string_view email) const {
    return db_.read([&](Tx& tx) -> Result<std::string> {
        std::string all;
        for (const auto& customer : contact::customers_by_email(tx, email)) all += (all.empty() ? "" : "\n") + person_json(tx, customer);
        if (all.empty()) return not_found("person_unknown", "nobody is known under " + std::string(email));
        return all;
    });
}

Result<void> Collect::erase(std::string_view token) {
    const auto now = clock_.now();
    auto erased = db_.write([&](Tx& tx) -> Result<void> {
        const auto opened = open_space(tx, now, token);
        if (!opened) return opened.error();
        const auto customer = opened->review.customer;
        if (customer.empty()) return gone("erased", "this was erased already");
        const auto actor = Actor::customer(customer);
        if (opened->link.holder.empty()) {  // this review alone
            links::forget(tx, Purpose::author, opened->review.id);
            return reviews::erase(tx, actor, now, opened->review.id);
        }
        for (const auto& review : reviews::of_customer(tx, customer)) {
            if (auto done = reviews::erase(tx, actor, now, review.id); !done) return done.error();
            links::forget(tx, Purpose::author, review.id);
            contact::forget_about(tx, review.id);
        }
        for (const auto& e : experiences::of_customer(tx, customer)) {
            links::forget(tx, Purpose::invitation, e.id);
            jobs::cancel(tx, "invite", e.id);
        }
        links::forget(tx, Purpose::unsubscribe, customer);
        experiences::forget_customer(tx, customer);
        contact::erase_customer(tx, customer);
        return {};
    });
    // The bytes go from the disk too: freed pages are overwritten, and the write-ahead log is folded in (contract "Erasure").
    if (erased) db_.checkpoint();
    return erased;
}

Result<void> Collect::report_pressure(std::string_view token, std::string_view words) {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto opened = open_space(tx, now, token);
        if (!opened) return opened.error();
        reviews::note(tx, Actor::customer(opened->review.customer), now, opened->review.id, "pressure_reported", words.substr(0, 4000));
        for (const auto& person : network::people_with_role(tx, "hq")) {
            contact::Message message;
            message.purpose = contact::Purpose::staff;
            message.key = "pressure:" + opened->review.id + ":" + std::to_string(now) + ":" + person.email;
            message.email = person.email;
            message.name = person.name;
            message.locale = person.locale;
            message.about = opened->review.id;
            message.mail_template = "pressure";
            message.data = json({{"REVIEW_ID", opened->review.id}, {"SUBJECT_CODE", opened->review.content.subject}}).dump();
            contact::queue(tx, now, message);
        }
        return {};
    });
}

Result<std::string> Collect::receipt_json(std::string_view token, std::string_view of) const {
    const auto opened = db_.read([&](Tx& tx) { return open_space(tx, clock_.now(), token, of); });
    if (!opened) return opened.error();
    const auto& review = opened->review;
    if (review.salt.empty() || !review.collected_entry) return gone("erased", "the receipt's salt was erased with the words");
    const auto leaf = db_.read([&](Tx& tx) { return ledger::leaf_of(tx, *review.collected_entry); });
    if (!leaf) return gone("erased", "there is no receipt any more");
    reviews::Collected collected{review.id, *leaf, review.salt, review.commitment, reviews::canonical_content(review.content), *review.collected_entry};
    return signed_receipt(collected, review.decide_by);
}

Result<std::string> Collect::proof(std::string_view token, std::string_view of) const {
    const auto opened = db_.read([&](Tx& tx) { return open_space(tx, clock_.now(), token, of); });
    if (!opened) return opened.error();
    const auto entry = opened->review.collected_entry;  // the leaf the receipt names; the public one is proven beside the review
    if (!entry) return gone("erased", "there is no proof any more");
    const auto proof = log_.proof(*entry);
    if (!proof) return conflict("not_yet", "the entry gets its place in the log within a second; ask again");
    return *proof;
}

}  // namespace verbatim::collect
