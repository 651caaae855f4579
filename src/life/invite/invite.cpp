#include "life/invite/invite.h"

#include <nlohmann/json.hpp>

#include "engine/jobs/progress.h"
#include "ground/base/log.h"
#include "life/invite/consent.h"
#include "record/contact/contact.h"
#include "record/experiences/incentive.h"
#include "record/links/links.h"
#include "record/network/network.h"
#include "record/reviews/reviews.h"

namespace verbatim::invite {
namespace {

using experiences::Outcome;
using storage::Tx;

constexpr int batches_at_once = 200;   // in one transaction
constexpr int members_at_once = 1000;

void enqueue_invitation(Tx& tx, const Clock& clock, const std::string& experience, Seconds when) {
    jobs::Wish wish;
    wish.run_at = when;
    wish.unique_key = experience;
    jobs::enqueue(tx, clock, "invite", experience, wish);
}

}  // namespace

Invite::Invite(storage::Db& db, const Clock& clock, ledger::Ledger& log, Options options) : db_(db), clock_(clock), log_(log), options_(std::move(options)) {}

Seconds Invite::due(std::string_view kind, Date occurred) const {
    const int delay = kind == "order" ? options_.order_days
                      : kind == "delivery" ? options_.delivery_days
                      : kind == "used_car" ? options_.used_car_days
                                           : options_.workshop_days;
    return midnight(occurred) + delay * one_day;
}

void Invite::consider(Tx& tx, const experiences::Experience& experience) const {
    const auto now = clock_.now();
    const auto suppress = [&](std::string_view reason) { experiences::set_outcome(tx, experience.id, Outcome::suppressed, reason, now); };
    const auto occurred = parse_date(experience.occurred_on);
    if (!occurred) return suppress("too_old");
    if (midnight(*occurred) + options_.max_age_days * one_day < now) return suppress("too_old");
    if (!may_invite(experience.consent, experience.country)) return suppress("no_basis");
    const auto customer = contact::find_customer(tx, experience.customer);
    if (!customer || customer->email.empty()) return suppress("no_address");
    if (contact::suppressed(tx, customer->email, contact::Purpose::invitation)) return suppress("opt_out");
    // What is due at once is sent for when the batch is in the log (release).
    if (const Seconds when = due(experience.kind, *occurred); when > now) enqueue_invitation(tx, clock_, experience.id, when);
}

void Invite::commit_soon(Tx& tx) const {
    jobs::Wish wish;
    wish.run_at = clock_.now() + 1;  // what comes in within the second goes into the same batches
    wish.unique_key = "batches";
    jobs::enqueue(tx, clock_, "invite_batches", "", wish);
}

// Promise 1, norm COL-7: the number of those who may be asked stands in the log, signed, before the first of them is.
void Invite::commit_batches(const jobs::Job* job) {
    const auto sealed = [&](Tx& tx) {
        if (job) jobs::progressed(tx, clock_, *job);
        return experiences::seal(tx, clock_.now(), batches_at_once);
    };
    while (db_.write(sealed) > 0) {}
    if (!db_.read([](Tx& tx) { return experiences::waits_for_checkpoint(tx); })) return;
    log_.sequence();
    for (;;) {
        const auto ready = db_.read([](Tx& tx) { return experiences::releasable(tx, batches_at_once); });
        if (ready.empty()) return;
        for (const auto batch : ready) release(batch, job);
    }
}

// Killed in the middle, it begins again: a job that is queued twice finds its invitation sent.
void Invite::release(experiences::BatchId batch, const jobs::Job* job) {
    std::string after;
    for (bool more = true; more;) {
        after = db_.write([&](Tx& tx) {
            const auto now = clock_.now();
            if (job) jobs::progressed(tx, clock_, *job);
            const auto members = experiences::waiting_members(tx, batch, after, members_at_once);
            for (const auto& member : members) {
                if (due(member.kind, *parse_date(member.occurred_on)) <= now) enqueue_invitation(tx, clock_, member.id, now);
            }
            more = members.size() == members_at_once;
            if (more) return members.back().id;
            experiences::mark_released(tx, batch, now);
            experiences::close_if_final(tx, batch, now);  // all suppressed at once
            return std::string();
        });
    }
}

void Invite::adopt() {
    bool any = false;
    while (db_.write([](Tx& tx) { return experiences::adopt(tx, members_at_once); }) > 0) any = true;
    if (any) commit_batches();
}

void Invite::on_collected(Tx& tx, std::string_view id) const {
    const auto review = reviews::find(tx, id);
    const auto experience = !review || review->experience.empty() ? std::nullopt : experiences::find(tx, review->experience);
    if (experience) experiences::close_if_final(tx, experience->batch, clock_.now());
}

void Invite::on_undelivered(Tx& tx, std::string_view id, std::string_view reason) const {
    const auto experience = experiences::find(tx, id);
    if (!experience || experience->outcome != Outcome::invited) return;
    links::withdraw(tx, links::Purpose::invitation, id);  // whoever was told that it did not arrive cannot be asked to answer it
    jobs::cancel(tx, "invite_expiry", id);
    experiences::set_outcome(tx, id, Outcome::suppressed, reason, clock_.now());
    experiences::close_if_final(tx, experience->batch, clock_.now());
}

// What closes nowhere else: several last members in transactions side by side, an erasure. Bounded steps, one node at a time.
void Invite::close_finished() {
    experiences::BatchId after = 0;
    for (;;) {
        const auto finished = db_.read([&](Tx& tx) { return experiences::closable(tx, after, batches_at_once); });
        if (finished.empty()) return;
        db_.write([&](Tx& tx) {
            for (const auto batch : finished) experiences::close_if_final(tx, batch, clock_.now());
        });
        after = finished.back();
    }
}

void Invite::handle(jobs::Runner& runner) {
    runner.handle_batch("invite", [this](std::span<const jobs::Job> batch) { return send_all(batch); });
    runner.handle("invite_batches", [this](const jobs::Job& job) -> Result<void> {
        commit_batches(&job);
        db_.write([&](Tx& tx) {
            // A checkpoint that another node is still signing: look again.
            if (experiences::waits_for_checkpoint(tx)) commit_soon(tx);
            jobs::finish(tx, job);
        });
        return {};
    });
    runner.every("invite_outcomes", one_hour, [this] { close_finished(); });
    runner.handle("invite_expiry", [this](const jobs::Job& job) -> Result<void> {
        return db_.write([&](Tx& tx) -> Result<void> {
            const auto experience = experiences::find(tx, job.payload);
            if (experience && experience->outcome == Outcome::invited) {
                experiences::set_outcome(tx, experience->id, Outcome::expired, {}, clock_.now());
                experiences::close_if_final(tx, experience->batch, clock_.now());
            }
            jobs::finish(tx, job);
            return {};
        });
    });
}

// One commit for all: each has a cost of its own, and a campaign is a hundred thousand of them. Where one job fails, each goes alone.
std::vector<Result<void>> Invite::send_all(std::span<const jobs::Job> batch) {
    std::vector<Result<void>> results(batch.size());
    try {
        db_.write([&](Tx& tx) {
            for (const auto& job : batch) send(tx, job);
        });
        return results;
    } catch (const std::exception& failure) {
        log::warning("invitations go one by one", {{"error", failure.what()}});
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        try {
            db_.write([&](Tx& tx) { send(tx, batch[i]); });
        } catch (const std::exception& failure) {
            results[i] = Error{ErrorKind::unavailable, "exception", failure.what(), {}};
        }
    }
    return results;
}

void Invite::send(Tx& tx, const jobs::Job& job) const {
    const auto now = clock_.now();
    const auto experience = experiences::find(tx, job.payload);
    if (!experience || experience->outcome != Outcome::waiting) {
        jobs::finish(tx, job);
        return;
    }
    if (!experiences::released(tx, experience->batch)) {  // the log first, then the mail
        enqueue_invitation(tx, clock_, experience->id, now + 2);
        jobs::finish(tx, job);
        return;
    }
    const auto suppress = [&](std::string_view reason) {
        experiences::set_outcome(tx, experience->id, Outcome::suppressed, reason, now);
        experiences::close_if_final(tx, experience->batch, now);
        jobs::finish(tx, job);
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
        {"INCENTIVE", experiences::incentive_of(*experience)},
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
}

}  // namespace verbatim::invite
