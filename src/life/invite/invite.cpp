#include "life/invite/invite.h"

#include <nlohmann/json.hpp>

#include "ground/base/log.h"
#include "life/invite/consent.h"
#include "record/contact/contact.h"
#include "record/links/links.h"
#include "record/network/network.h"

namespace verbatim::invite {
namespace {

using experiences::Outcome;
using storage::Tx;

}  // namespace

Invite::Invite(storage::Db& db, const Clock& clock, Options options) : db_(db), clock_(clock), options_(std::move(options)) {}

void Invite::consider(Tx& tx, const experiences::Experience& experience) const {
    const auto now = clock_.now();
    const auto suppress = [&](std::string_view reason) { experiences::set_outcome(tx, experience.id, Outcome::suppressed, reason, now); };
    const auto occurred = parse_date(experience.occurred_on);
    if (!occurred) return suppress("too_old");
    const int delay = experience.kind == "order" ? options_.order_days
                      : experience.kind == "delivery" ? options_.delivery_days
                      : experience.kind == "used_car" ? options_.used_car_days
                                                      : options_.workshop_days;
    const Seconds due = midnight(*occurred) + delay * one_day;
    if (midnight(*occurred) + options_.max_age_days * one_day < now) return suppress("too_old");
    if (!may_invite(experience.consent, experience.country)) return suppress("no_basis");
    const auto customer = contact::find_customer(tx, experience.customer);
    if (!customer || customer->email.empty()) return suppress("no_address");
    if (contact::suppressed(tx, customer->email, contact::Purpose::invitation)) return suppress("opt_out");
    jobs::Wish wish;
    wish.run_at = std::max(due, now);
    wish.unique_key = experience.id;
    jobs::enqueue(tx, clock_, "invite", experience.id, wish);
}

void Invite::handle(jobs::Runner& runner) {
    runner.handle("invite", [this](const jobs::Job& job) { return send(job); });
    runner.handle("invite_expiry", [this](const jobs::Job& job) -> Result<void> {
        return db_.write([&](Tx& tx) -> Result<void> {
            const auto experience = experiences::find(tx, job.payload);
            if (experience && experience->outcome == Outcome::invited) {
                experiences::set_outcome(tx, experience->id, Outcome::expired, {}, clock_.now());
            }
            jobs::finish(tx, job);
            return {};
        });
    });
}

Result<void> Invite::send(const jobs::Job& job) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto experience = experiences::find(tx, job.payload);
        if (!experience || experience->outcome != Outcome::waiting) {
            jobs::finish(tx, job);
            return {};
        }
        const auto suppress = [&](std::string_view reason) -> Result<void> {
            experiences::set_outcome(tx, experience->id, Outcome::suppressed, reason, now);
            jobs::finish(tx, job);
            return {};
        };
        // A server that stood still for months must not wake up and write to everybody.
        if (midnight(*parse_date(experience->occurred_on)) + options_.max_age_days * one_day < now) return suppress("too_old");
        if (options_.quiet_days > 0 && experiences::invited_recently(tx, experience->customer, experience->site, now - options_.quiet_days * one_day)) {
            return suppress("cap");
        }
        const auto site = network::find_site(tx, experience->site);
        if (!site) return suppress("no_basis");
        const auto product = experience->product.empty() ? std::nullopt : network::find_product(tx, experience->product);
        links::supersede(tx, links::Purpose::invitation, experience->id);
        const auto token = links::issue(tx, now, links::Purpose::invitation, experience->id, experience->customer, now + options_.expires_days * one_day);
        const auto customer = contact::find_customer(tx, experience->customer);
        nlohmann::json data = {
            {"SITE_NAME", site->name},
            {"SITE_CITY", site->city},
            {"FIRST_NAME", customer ? customer->first_name : ""},
            {"LAST_NAME", customer ? customer->last_name : ""},
            {"SALUTATION", customer ? customer->salutation : ""},
            {"PRODUCT_NAME", product ? product->name : ""},
            {"KIND", experience->kind},
            {"EXPERIENCE_ON", experience->occurred_on},
            {"LINK", options_.base_url + "/r/" + token},
            {"EXPIRES_AT", now + options_.expires_days * one_day},
        };
        contact::Message message;
        message.purpose = contact::Purpose::invitation;
        message.key = "invitation:" + experience->id;
        message.customer = experience->customer;
        message.locale = experience->locale;
        message.about = experience->id;
        message.mail_template = "invitation";
        message.data = data.dump();
        message.site_name = site->name;
        switch (contact::queue(tx, now, message)) {
            case contact::Queued::opted_out: links::withdraw(tx, links::Purpose::invitation, experience->id); return suppress("opt_out");
            case contact::Queued::no_address: links::withdraw(tx, links::Purpose::invitation, experience->id); return suppress("no_address");
            case contact::Queued::queued:
            case contact::Queued::already_there: break;
        }
        experiences::set_outcome(tx, experience->id, Outcome::invited, {}, now);
        // When the link's time is over and nobody answered, the outcome says so (norm TLG, contract `outcome`).
        jobs::Wish wish;
        wish.run_at = now + options_.expires_days * one_day + 1;
        wish.unique_key = experience->id;
        jobs::enqueue(tx, clock_, "invite_expiry", experience->id, wish);
        jobs::finish(tx, job);
        return {};
    });
}

}  // namespace verbatim::invite
