#include "life/collect/collect.h"

#include <nlohmann/json.hpp>

#include "engine/jobs/jobs.h"
#include "ground/formats/canonical_json.h"
#include "ground/formats/mailbox.h"
#include "ground/formats/text_codes.h"
#include "life/collect/questionnaire.h"
#include "life/collect/submission.h"
#include "record/conduct/conduct.h"
#include "record/contact/contact.h"
#include "record/experiences/experiences.h"
#include "record/experiences/incentive.h"
#include "record/network/network.h"

namespace verbatim::collect {
namespace {

using links::Purpose;
using storage::Tx;

Error unknown_link() { return not_found("link_unknown", "this link is not known"); }

Error closed_link(links::State state) {
    return gone("link_" + std::string(links::to_word(state)), "this link is " + std::string(links::to_word(state)));
}

constexpr storage::Sql note_questionnaire("INSERT INTO review_questionnaire (review, service, edition) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

FormContext context_of(Tx& tx, const experiences::Experience& experience) {
    FormContext context;
    context.invitation = experience.id;
    context.site_code = experience.site;
    if (const auto site = network::find_site(tx, experience.site)) {
        context.site_name = site->name;
        context.site_city = site->city;
        context.country = site->country;
    }
    if (const auto product = experience.product.empty() ? std::nullopt : network::find_product(tx, experience.product)) {
        context.product_code = product->code;
        context.product_name = product->name;
        context.asks_vehicle = product->kind == "model" || product->kind == "version";
    }
    context.kind = experience.kind;
    context.service = std::string(experiences::service_of(experience.kind));
    for (auto& criterion : questionnaire_of(tx, context.service).criteria) context.criteria.push_back(std::move(criterion.code));
    context.experience_on = experience.occurred_on;
    context.locale = experience.locale;
    context.incentive = experiences::incentive_of(experience);
    if (const auto customer = contact::find_customer(tx, experience.customer)) {
        context.first_name = customer->first_name;
        context.initial = signature_of("x", customer->last_name).substr(1);
        if (context.locale.empty()) context.locale = customer->locale;
    }
    return context;
}

}  // namespace

std::vector<std::string> criteria_of(std::string_view service) {
    if (service == "workshop") return {"welcome", "deadline", "quality", "explanation", "price"};
    if (service == "used_car") return {"welcome", "advice", "vehicle_state", "price", "handover"};
    return {"welcome", "advice", "test_drive", "delivery", "price"};
}

Collect::Collect(storage::Db& db, const Clock& clock, const ledger::Ledger& log, Options options)
    : db_(db), clock_(clock), log_(log), options_(std::move(options)) {}

Receipt receipt_from(const reviews::Collected& collected, Seconds decide_by) {
    Receipt receipt;
    receipt.review = collected.id;
    receipt.leaf = collected.leaf;
    receipt.salt = to_base64(collected.salt);
    receipt.commitment = collected.commitment;
    receipt.content = collected.content;
    receipt.decide_by = decide_by;
    return receipt;
}

// Said in the receipt itself, under the signature, so that nobody has to look up what it binds to.
constexpr std::string_view promise = "These words stand in the public log as the commitment in the leaf. By the moment in decide_by they are published unchanged, or refused by a "
                                     "person with a reason that is told to their author; unless the author corrects, withdraws or erases them before.";

// Contract "Receipt": beside its members a signed note over their canonical form (RFC 8785). It binds the platform to decide in
// time (TLG-2). Ed25519 is deterministic, so signing when the receipt is asked for gives what signing at submission would.
std::string Collect::signed_receipt(const reviews::Collected& collected, Seconds decide_by) const {
    const nlohmann::json content = nlohmann::json::parse(collected.content);
    nlohmann::json receipt = {{"review", collected.id}, {"leaf", collected.leaf}, {"salt", to_base64(collected.salt)}, {"commitment", collected.commitment},
                              {"content", content}, {"decide_by", format_moment(decide_by)}, {"promise", promise}};
    receipt["signature"] = log_.sign_note(canonical_json(receipt) + "\n");
    return canonical_json(receipt);
}

namespace {

// Norm GDP-1: to publish, and to be called, are two purposes; each is agreed to by sending the form under the terms it shows.
void note_form(Tx& tx, Seconds now, std::string_view customer, std::string_view review, bool contact_me, std::string_view service) {
    if (const auto edition = questionnaire_of(tx, service).edition; edition != 0) tx.exec(note_questionnaire, review, service, edition);
    const auto terms = terms_now(tx);
    const auto said = [&](const char* purpose) {
        return contact::Consent{std::string(customer), purpose, "yes", terms.version, "form", std::string(review), now};
    };
    std::vector<contact::Consent> all{said("publication")};
    if (contact_me) all.push_back(said("call"));
    contact::note_consents(tx, all);
}

}  // namespace

Result<FormContext> Collect::form(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<FormContext> {
        const auto link = links::find(tx, clock_.now(), Purpose::invitation, token);
        if (!link) return unknown_link();
        const auto experience = experiences::find(tx, link->ref);
        if (!experience) return unknown_link();
        auto context = context_of(tx, *experience);
        context.link = link->state;
        context.customer = link->holder;
        return context;
    });
}

Answer Collect::submit(std::string_view token, const Submission& submission) {
    Answer answer;
    auto found = form(token);
    if (!found) {
        answer.error = found.error();
        return answer;
    }
    answer.context = std::move(found).value();
    const auto* context = &answer.context;
    if (context->link != links::State::open) {
        answer.error = closed_link(context->link);
        return answer;
    }
    const auto checked = check_words(*context, submission, true, answer.problems);
    if (!checked) return answer;
    const auto now = clock_.now();
    const auto decide_by = now + options_.decide_days * one_day;
    std::optional<reviews::Collected> collected, vehicle;
    const auto stored = db_.write([&](Tx& tx) -> Result<std::string> {
        if (!links::use(tx, now, Purpose::invitation, token)) {  // another connection was faster
            const auto link = links::find(tx, now, Purpose::invitation, token);
            return link ? closed_link(link->state) : unknown_link();
        }
        const auto actor = Actor::customer(context->customer);
        reviews::Submission words;
        words.content = checked->content;
        words.content.subject = "site:" + context->site_code;
        words.content.experience_on = context->experience_on;
        words.origin = "invited";
        words.experience = context->invitation;
        words.incentive = context->incentive;
        words.customer = context->customer;
        words.terms = terms_now(tx).version;
        words.contact_me = checked->contact_me;
        words.decide_by = decide_by;
        if (!checked->anonymous) words.signature = context->first_name.empty() ? "" : context->first_name + context->initial;
        auto site_words = reviews::collect(tx, actor, now, words);
        if (!site_words) return site_words.error();
        note_form(tx, now, context->customer, site_words->id, checked->contact_me, context->service);
        contact::note_device(tx, now, context->customer, context->site_code, submission.device);
        auto author_token = links::issue(tx, now, Purpose::author, site_words->id, context->customer, 0);
        if (checked->vehicle) {
            words.content = *checked->vehicle;
            words.content.subject = "product:" + context->product_code;
            words.content.experience_on = context->experience_on;
            words.parent = site_words->id;
            words.contact_me = false;
            auto vehicle_words = reviews::collect(tx, actor, now, words);
            if (!vehicle_words) return vehicle_words.error();
            vehicle = std::move(vehicle_words).value();
        }
        experiences::set_outcome(tx, context->invitation, experiences::Outcome::answered, {}, now);
        jobs::cancel(tx, "invite_expiry", context->invitation);
        collected = std::move(site_words).value();
        return author_token;
    });
    if (!stored) {
        answer.error = stored.error();
        return answer;
    }
    answer.receipt = receipt_from(*collected, decide_by);
    answer.receipt->author_token = *stored;
    if (vehicle) {
        answer.receipt->vehicle.push_back(receipt_from(*vehicle, decide_by));
        answer.receipt->vehicle.front().product_name = context->product_name;
    }
    return answer;
}

Result<FormContext> Collect::spontaneous_form(std::string_view site_code, std::string_view locale) const {
    return db_.read([&](Tx& tx) -> Result<FormContext> {
        const auto site = network::find_site(tx, site_code);
        if (!site) return not_found("site_unknown", "there is no such point of sale");
        FormContext context;
        context.site_code = site->code;
        context.site_name = site->name;
        context.site_city = site->city;
        context.country = site->country;
        context.locale = locale.empty() ? site->locale : std::string(locale);
        for (const char* service : {"new_car", "used_car", "workshop"}) {
            if (site->services.empty() || (";" + site->services + ";").find(";" + std::string(service) + ";") != std::string::npos) context.services.emplace_back(service);
        }
        // One form for all services: it asks what every service has, and the union of the rest stays optional.
        context.criteria = {"welcome", "price"};
        return context;
    });
}

Answer Collect::submit_spontaneous(std::string_view site_code, std::string_view locale, const Submission& submission) {
    Answer answer;
    auto found = spontaneous_form(site_code, locale);
    if (!found) {
        answer.error = found.error();
        return answer;
    }
    answer.context = std::move(found).value();
    auto* context = &answer.context;
    const auto now = clock_.now();
    const auto person = check_person(*context, submission, now, answer.problems);
    if (person) context->service = person->service;
    const auto checked = check_words(*context, submission, true, answer.problems);
    if (!person || !checked) return answer;
    // Norm MOD-15: after a warning, for a stated time. Who was invited may always answer.
    if (db_.read([&](Tx& tx) { return conduct::suspended_until(tx, now, conduct::Who::author, person->email); })) {
        answer.problems.push_back({"email", "suspended"});
        return answer;
    }
    const auto decide_by = now + options_.decide_days * one_day;
    std::optional<reviews::Collected> collected;
    bool unproven = false;
    const auto stored = db_.write([&](Tx& tx) -> Result<std::string> {
        // The proof names an experience of this site, and the address is the one that experience was made under: proven and
        // contactable (COL-1, COL-2). Anything less goes to a human (origin spontaneous without an experience).
        auto experience = experiences::find_by_proof(tx, context->site_code, person->proof);
        std::string customer;
        if (experience) {
            const auto owner = contact::find_customer(tx, experience->customer);
            if (owner && mailbox_key(owner->email) == mailbox_key(person->email)) customer = owner->id;
            else experience.reset();
        }
        if (!experience) {
            contact::Customer stranger{{}, {}, {}, person->first_name, person->last_name, person->email, person->phone, std::string(context->locale), context->country};
            customer = contact::add_customer(tx, now, stranger);  // never somebody known: an address proves nothing by itself
        }
        unproven = !experience;
        if (unproven) contact::ask_address(tx, now, customer);  // COL-1
        reviews::Submission words;
        words.content = checked->content;
        words.content.subject = "site:" + context->site_code;
        words.content.experience_on = experience ? experience->occurred_on : person->experience_on;
        words.origin = "spontaneous";
        words.customer = customer;
        words.terms = terms_now(tx).version;
        words.contact_me = checked->contact_me;
        words.decide_by = decide_by;
        if (!checked->anonymous) words.signature = signature_of(person->first_name, person->last_name);
        if (experience) {
            words.experience = experience->id;
            words.incentive = experiences::incentive_of(*experience);
            words.content.service = experiences::service_of(experience->kind);
        }
        auto site_words = reviews::collect(tx, Actor::customer(customer), now, words);
        if (!site_words) return site_words.error();
        if (experience) {
            links::supersede(tx, Purpose::invitation, experience->id);
            experiences::set_outcome(tx, experience->id, experiences::Outcome::answered, {}, now);
            jobs::cancel(tx, "invite", experience->id);
            jobs::cancel(tx, "invite_expiry", experience->id);
        }
        collected = std::move(site_words).value();
        note_form(tx, now, customer, collected->id, checked->contact_me, context->service);
        contact::note_device(tx, now, customer, context->site_code, submission.device);
        if (!experience) reviews::note(tx, Actor::customer(customer), now, collected->id, "proof_given", person->proof);
        // Whoever typed this knew a number and an address; the rights of the person behind them go to that address by mail. The
        // link given here reaches this one review only: it has no holder.
        return links::issue(tx, now, Purpose::author, collected->id, {}, 0);
    });
    if (!stored) {
        answer.error = stored.error();
        return answer;
    }
    answer.receipt = receipt_from(*collected, decide_by);
    answer.receipt->author_token = *stored;
    answer.receipt->confirm = unproven;
    return answer;
}

}  // namespace verbatim::collect
