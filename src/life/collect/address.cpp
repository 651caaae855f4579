// Who writes without being asked and without a proof that matches answers a letter first (norm COL-1).
#include <nlohmann/json.hpp>

#include "life/collect/collect.h"
#include "record/contact/contact.h"
#include "record/network/network.h"

namespace verbatim::collect {
namespace {

using storage::Tx;

Error unknown_link() { return not_found("link_unknown", "this link is not known"); }

}  // namespace

void Collect::ask_to_confirm(Tx& tx, const reviews::Review& review) const {
    const auto now = clock_.now();
    const auto token = links::issue(tx, now, links::Purpose::address, review.id, review.customer, review.decide_by);
    contact::Message message;
    message.purpose = contact::Purpose::service;
    message.key = "confirm_address:" + review.id;
    message.customer = review.customer;
    message.about = review.id;
    message.mail_template = "confirm_address";
    message.data = nlohmann::json({{"LINK", options_.base_url + "/confirm/" + token}, {"DECIDE_BY", review.decide_by},
                                   {"SUBJECT_NAME", network::subject_name(tx, review.content.subject).value_or(review.content.subject)}}).dump();
    contact::queue(tx, now, message);
    jobs::Wish wish;
    wish.run_at = std::max(now, review.decide_by - one_hour);  // before the announced time is over: nothing is held silently (norm MOD-4)
    wish.unique_key = review.id;
    jobs::enqueue(tx, clock_, "unconfirmed", review.id, wish);
}

Result<bool> Collect::address_confirmed(std::string_view token) const {
    return db_.read([&](Tx& tx) -> Result<bool> {
        const auto link = links::find(tx, clock_.now(), links::Purpose::address, token);
        if (!link || !reviews::find(tx, link->ref)) return unknown_link();
        return !contact::address_waits(tx, link->holder);
    });
}

Result<void> Collect::confirm_address(std::string_view token) {
    return db_.write([&](Tx& tx) -> Result<void> {
        const auto now = clock_.now();
        const auto link = links::find(tx, now, links::Purpose::address, token);
        if (!link) return unknown_link();
        if (!contact::confirm_address(tx, now, link->holder)) return {};  // pressed twice
        const auto review = reviews::find(tx, link->ref);
        if (!review) return unknown_link();
        reviews::note(tx, Actor::customer(link->holder), now, review->id, "address_confirmed", {});
        jobs::cancel(tx, "unconfirmed", review->id);
        jobs::enqueue(tx, clock_, "life", "confirmed " + review->id);  // now everybody hears of the words
        return {};
    });
}

void Collect::handle(jobs::Runner& runner) {
    runner.handle("unconfirmed", [this](const jobs::Job& job) -> Result<void> {
        return db_.write([&](Tx& tx) -> Result<void> {
            jobs::finish(tx, job);
            const auto review = reviews::find(tx, job.payload);
            if (!review || review->customer.empty() || !contact::address_waits(tx, review->customer)) return {};
            links::forget(tx, links::Purpose::address, review->id);
            erase_person(tx, Actor::system("address not confirmed"), review->customer);
            return {};
        });
    });
}

}  // namespace verbatim::collect
