// The author's own space: what was promised, what became of it, and the rights that stay theirs.
#include <nlohmann/json.hpp>

#include "engine/jobs/jobs.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/text_codes.h"
#include "ground/formats/utf8.h"
#include "life/collect/collect.h"
#include "life/collect/submission.h"
#include "life/collect/questionnaire.h"
#include "record/contact/contact.h"
#include "record/contact/postal.h"
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
    auto found = db_.read([&](Tx& tx) -> Result<AuthorView> {
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
        if (view.review.content.service != "product")
            for (auto& criterion : questionnaire_of(tx, view.review.content.service).criteria) view.criteria.push_back(std::move(criterion.code));
        view.pressure = open_question(tx, view.review.id);
        if (!opened->link.holder.empty()) view.consents = contact::consents_of(tx, view.review.customer);
        view.can_correct = view.can_withdraw = live(view.review.state);
        return view;
    });
    if (found && found->log_index) found->inclusion = log_.inclusion(*found->review.collected_entry);
    return found;
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
    for (auto& criterion : db_.read([&](Tx& tx) { return questionnaire_of(tx, context.service); }).criteria) context.criteria.push_back(std::move(criterion.code));
    context.locale = opened->review.content.lang;
    const auto checked = check_words(context, submission, false, answer.problems);
    if (!checked) return answer;
    const auto decide_by = now + options_.decide_days * one_day;
    const auto stored = db_.write([&](Tx& tx) {
        auto corrected = reviews::correct(tx, Actor::customer(opened->review.customer), now, opened->review.id, checked->content, decide_by);
        const auto& stars = opened->review.content.rating;
        if (corrected && stars && checked->content.rating && *checked->content.rating > *stars) suspect_pressure(tx, opened->review, "raised");
        return corrected;
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
        auto done = reviews::withdraw(tx, Actor::customer(opened->review.customer), now, opened->review.id);
        if (done) suspect_pressure(tx, opened->review, "withdrawn");
        return done;
    });
}

std::string Collect::person_json(Tx& tx, const std::vector<std::string>& customers) const {
    json out = {{"exported_at", format_moment(clock_.now())}, {"people", json::array()}, {"reviews", json::array()}, {"experiences", json::array()},
                {"messages", json::array()}, {"consents", json::array()}, {"pressure", json::array()}};
    std::vector<std::string> ids;
    for (const auto& customer : customers) {
        if (const auto person = contact::find_customer(tx, customer)) {
            out["people"].push_back({{"id", person->id}, {"number", person->external}, {"salutation", person->salutation}, {"first_name", person->first_name},
                                     {"last_name", person->last_name}, {"email", person->email}, {"phone", person->phone}, {"locale", person->locale},
                                     {"country", person->country}, {"named_by", person->source}, {"named_by_site", person->source_site},
                                     {"invitations_stopped", contact::suppressed(tx, person->email, contact::Purpose::invitation)}});
            if (const auto notice = contact::notice_given(tx, customer)) {
                out["people"].back()["told_where_from"] = {{"version", notice->version}, {"at", format_moment(notice->at)}};
            }
            if (const auto address = contact::postal_of(tx, customer)) out["people"].back()["postal_address"] = {{"street", address->street}, {"postcode", address->postcode}, {"city", address->city}};
            if (const auto confirmed = contact::address_confirmed(tx, customer)) out["people"].back()["address_confirmed_at"] = format_moment(*confirmed);
        }
        for (const auto& review : reviews::of_customer(tx, customer)) {
            out["reviews"].push_back(review_json(tx, review));
            for (const auto& one : pressure_of(tx, review.id)) {
                out["pressure"].push_back({{"review", review.id}, {"cause", one.cause}, {"asked_at", format_moment(one.asked_at)}, {"answer", one.answer}, {"words", one.words}});
            }
            ids.push_back(review.id);
        }
        for (const auto& e : experiences::of_customer(tx, customer)) {
            out["experiences"].push_back({{"id", e.id}, {"kind", e.kind}, {"occurred_on", e.occurred_on}, {"site", e.site}, {"product", e.product},
                                          {"vin", e.vin}, {"registered_on", e.registered_on}, {"consent", e.consent}, {"attributes", e.attributes},
                                          {"outcome", experiences::to_word(e.outcome)}});
        }
        if (options_.more_of_person) {
            const auto more = json::parse(options_.more_of_person(tx, customer));
            for (const auto& [name, list] : more.items())
                for (const auto& one : list) out[name].push_back(one);
        }
        for (const auto& message : contact::messages_to(tx, customer)) {
            out["messages"].push_back({{"kind", message.mail_template}, {"queued_at", format_moment(message.queued_at)}, {"state", message.state}});
        }
        for (const auto& consent : contact::consents_of(tx, customer)) {
            out["consents"].push_back({{"purpose", consent.purpose}, {"basis", consent.basis}, {"text_version", consent.text_version}, {"source", consent.source},
                                       {"detail", consent.detail}, {"at", format_moment(consent.at)}});
        }
    }
    if (!out["people"].empty()) out["person"] = out["people"].front();  // one number is the rule
    if (options_.more_personal_data) out.update(json::parse(options_.more_personal_data(tx, ids)));
    return out.dump(2);
}

Result<std::string> Collect::export_json(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<std::string> {
        const auto opened = open_space(tx, clock_.now(), token);
        if (!opened) return opened.error();
        if (opened->link.holder.empty()) return json({{"exported_at", format_moment(clock_.now())}, {"reviews", json::array({review_json(tx, opened->review)})}}).dump(2);
        return person_json(tx, contact::same_person(tx, opened->review.customer));
    });
}

Result<std::string> Collect::export_by_email(std::string_view email) const {
    return db_.read([&](Tx& tx) -> Result<std::string> {
        const auto customers = contact::customers_by_email(tx, email);
        if (customers.empty()) return not_found("person_unknown", "nobody is known under " + std::string(email));
        return person_json(tx, customers);
    });
}

void Collect::erase_person(Tx& tx, const Actor& actor, std::string_view customer) const {
    const auto now = clock_.now();
    for (const auto& review : reviews::of_customer(tx, customer)) {
        reviews::erase(tx, actor, now, review.id).ok();
        links::forget(tx, Purpose::author, review.id);
        contact::forget_about(tx, review.id);
        forget_pressure(tx, review.id);
    }
    for (const auto& e : experiences::of_customer(tx, customer)) {
        links::forget(tx, Purpose::invitation, e.id);
        jobs::cancel(tx, "invite", e.id);
    }
    links::forget(tx, Purpose::unsubscribe, customer);
    if (options_.forget_person) options_.forget_person(tx, customer);
    experiences::forget_customer(tx, customer);
    contact::erase_customer(tx, customer);
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
            forget_pressure(tx, opened->review.id);
            return reviews::erase(tx, actor, now, opened->review.id);
        }
        for (const auto& number : contact::same_person(tx, customer)) erase_person(tx, actor, number);
        return {};
    });
    // The bytes go from the disk too: freed pages are overwritten, and the write-ahead log is folded in (contract "Erasure").
    if (erased) db_.checkpoint();
    return erased;
}

Result<std::int64_t> Collect::erase_by_email(const Actor& actor, std::string_view email) {
    auto erased = db_.write([&](Tx& tx) -> Result<std::int64_t> {
        const auto customers = contact::customers_by_email(tx, email);
        if (customers.empty()) return not_found("person_unknown", "nobody is known under " + std::string(email));
        for (const auto& customer : customers) erase_person(tx, actor, customer);
        return static_cast<std::int64_t>(customers.size());
    });
    if (erased) db_.checkpoint();
    return erased;
}

void Collect::tell_headquarters(Tx& tx, const reviews::Review& review, std::string_view answer, std::string_view words) const {
    const auto now = clock_.now();
    for (const auto& person : network::people_with_role(tx, "hq")) {
        contact::Message message;
        message.purpose = contact::Purpose::staff;
        message.key = "pressure:" + review.id + ":" + std::to_string(now) + ":" + person.email;
        message.email = person.email;
        message.name = person.name;
        message.locale = person.locale;
        message.about = review.id;
        message.mail_template = "pressure";
        message.data = json({{"REVIEW_ID", review.id}, {"SUBJECT_CODE", review.content.subject}, {"ANSWER", answer}, {"WORDS", truncate_code_points(words, 4000)}}).dump();
        contact::queue(tx, now, message);
    }
}

// The history says that, never what: moderators read it, and the answer is for headquarters and auditors.
Result<void> Collect::report_pressure(std::string_view token, std::string_view words) {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto opened = open_space(tx, now, token);
        if (!opened) return opened.error();
        if (!valid_utf8(words)) return invalid("unreadable", "the report is not readable text", "what");
        reviews::note(tx, Actor::customer(opened->review.customer), now, opened->review.id, "pressure_reported", {});
        note_reported_pressure(tx, now, opened->review, words);
        tell_headquarters(tx, opened->review, "reported", words);
        return {};
    });
}

// AUT-4: asked where a dealer was in touch within the fourteen days before, and then always: the machine judges nobody.
void Collect::suspect_pressure(Tx& tx, const reviews::Review& before, std::string_view cause) const {
    const auto now = clock_.now();
    const auto contact = recent_contact(reviews::history(tx, before.id), now);
    if (!contact) return;
    const auto [id, fresh] = ask_pressure(tx, now, before, cause, *contact);
    if (!fresh) return;
    tell_author(tx, before, "pressure_question", "pressure_question:" + id,
                json({{"CAUSE", cause}, {"CONTACT", contact->kind}, {"CONTACT_AT", contact->at}}).dump());
}

Result<void> Collect::answer_pressure(std::string_view token, std::string_view answer, std::string_view words) {
    const auto now = clock_.now();
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto opened = open_space(tx, now, token);
        if (!opened) return opened.error();
        if (!valid_utf8(words)) return invalid("unreadable", "the answer is not readable text", "what");
        const auto answered = collect::answer_pressure(tx, now, opened->review.id, answer, words);
        if (!answered) return answered.error();
        if (answered->answer != "no") tell_headquarters(tx, opened->review, answered->answer, words);
        return {};
    });
}

Result<std::vector<PressureCase>> Collect::pressure_register(const Actor& actor, std::string_view before, int limit) const {
    return db_.read([&](Tx& tx) { return collect::pressure_register(tx, actor, before, limit); });
}

std::vector<SitePressure> Collect::pressure_by_site() const {
    return db_.read([](Tx& tx) { return collect::pressure_by_site(tx); });
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

Result<std::string> Collect::proof(std::string_view token, std::string_view of, Leaf which) const {
    const auto opened = db_.read([&](Tx& tx) { return open_space(tx, clock_.now(), token, of); });
    if (!opened) return opened.error();
    const auto entry = which == Leaf::collected ? opened->review.collected_entry : opened->review.public_entry;
    if (!entry) return which == Leaf::collected ? Error(gone("erased", "there is no proof any more")) : Error(not_found("not_public", "these words are not public"));
    // The sequencer places, integrates and signs within some milliseconds of the commit and wakes whoever waits here.
    constexpr std::chrono::milliseconds patience{2000};
    if (!log_.wait_until_provable(*entry, patience)) return conflict("not_yet", "the entry gets its place in the log within a second; ask again");
    std::optional<std::string> leaf;
    if (which == Leaf::published) leaf = db_.read([&](Tx& tx) { return ledger::leaf_of(tx, *entry); });
    auto proof = log_.proof(*entry, std::move(leaf));
    if (!proof) return conflict("not_yet", "the entry gets its place in the log within a second; ask again");
    return std::move(*proof);
}

}  // namespace verbatim::collect
