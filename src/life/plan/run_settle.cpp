// What was decided is written down, and what is to go is handed over.
#include "life/plan/calls.h"
#include "life/plan/compose.h"
#include "life/plan/feed.h"
#include "life/plan/run_work.h"
#include "life/plan/words.h"
#include "record/contact/calls.h"
#include "record/contact/channels.h"
#include "record/contact/paper.h"
#include "record/contact/topics.h"

namespace verbatim::plan {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql drop_person("DELETE FROM plan_person WHERE number = $1");
constexpr Sql insert_touch(R"sql(
INSERT INTO plan_touch (person, at, due_day, version, campaign, vehicle, how, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING)sql");
constexpr Sql set_outcome("UPDATE plan_touch SET outcome = $5 WHERE person = $1 AND due_day = $2 AND campaign = $3 AND vehicle = $4");
constexpr Sql insert_open("INSERT INTO plan_open (person, due_day, campaign, vehicle, at, signs) VALUES ($1, $2, $3, $4, 0, 0) ON CONFLICT DO NOTHING");
constexpr Sql put_vehicle("INSERT INTO plan_vehicle (person, vehicle, vin) VALUES ($1, $2, $3) ON CONFLICT (person, vehicle) DO UPDATE SET vin = excluded.vin");

}  // namespace

void Run::settle(Tx& tx, const Work& work, Sites& sites, Slice& slice, std::size_t which, Looked& looked) const {
    const auto& member = slice.members[which];
    if (!member.known) {
        tx.exec(drop_person, member.number);
        return;
    }
    for (std::size_t i = 0; i < member.new_vins.size(); ++i)
        if (i >= member.vins.size() || member.vins[i] != member.new_vins[i]) tx.exec(put_vehicle, member.number, static_cast<std::int64_t>(i), member.new_vins[i]);
    for (auto touch : slice.decided[which]) {
        const auto campaign = work.numbers.of_campaign[static_cast<std::size_t>(touch.campaign)];
        const int how = static_cast<int>(touch.channel) | (touch.variant + 1) << 3;
        if (tx.exec(insert_touch, member.number, touch.at, touch.due_day, work.version.number, campaign, touch.vehicle, how, static_cast<int>(touch.outcome)) == 0) continue;  // another node was first
        if (touch.outcome == Outcome::sent) {
            touch.outcome = hand_over(tx, work.rules, sites, member, touch);
            if (touch.outcome != Outcome::sent) tx.exec(set_outcome, member.number, touch.due_day, campaign, touch.vehicle, static_cast<int>(touch.outcome));
        }
        // The plan's law asks for the consent among the campaign's conditions (check.cpp), so whoever gets such a letter has given it.
        if (touch.outcome == Outcome::sent && touch.channel == Channel::mail && work.rules.plan().campaigns[static_cast<std::size_t>(touch.campaign)].opens) tx.exec(insert_open, member.number, touch.due_day, campaign, touch.vehicle);
        if (touch.outcome == Outcome::sent) tell_sent(tx, work.now, member.customer, work.rules.plan().campaigns[static_cast<std::size_t>(touch.campaign)], touch);
        if (touch.outcome == Outcome::sent && !options_.seeds.empty()) copy_to_seeds(tx, work.rules, work.version, member, touch);
        ++(touch.outcome == Outcome::sent ? looked.sent : looked.held_back);
    }
}

// To the gate every message passes. An invitation to review has its own way, by the experience and its public count (life/invite):
// the plan keeps that one is due and asks nobody a second time.
Outcome Run::hand_over(Tx& tx, const Rules& rules, Sites& sites, const Member& member, const Touch& touch) const {
    const auto& plan = rules.plan();
    const auto& campaign = plan.campaigns[static_cast<std::size_t>(touch.campaign)];
    if (campaign.purpose == Purpose::invitation) return Outcome::sent;
    const auto person = contact::find_customer(tx, member.customer);
    if (!person) return Outcome::no_channel;
    const auto* site = site_of(tx, sites, member, touch.vehicle);
    const auto facts = facts_of(tx, options_.brand, sites, member, campaign, touch, person->first_name);
    const auto letter = write_letter(plan, campaign, template_of(plan, campaign, touch.variant), person->locale, facts);
    if (!letter) return Outcome::no_words;
    contact::Message message;
    message.key = message_key(member.number, touch.vehicle, campaign.id, touch.due_day);
    message.customer = member.customer;
    message.about = "plan:" + campaign.id;
    message.mail_template = "letter_" + letter->family;
    if (site && campaign.sender != Sender::brand) message.site_name = site->name;
    message.data = letter->data;
    const auto topic = name_of(campaign.purpose);
    const auto by_sms = [&] {
        message.data = options_.brand + ": " + letter->subject + " " + options_.base_url + (facts.site.empty() ? "" : "/sites/" + facts.site);
        return contact::queue_sms(tx, clock_.now(), message, topic, options_.base_url);
    };
    const auto hand = [&] {
        switch (touch.channel) {
            case Channel::sms: return by_sms();
            case Channel::paper: return contact::queue_paper(tx, clock_.now(), message, topic);
            case Channel::call: {
                const auto vehicle = static_cast<std::size_t>(touch.vehicle);
                message.data = call_words(plan, *letter, facts, vehicle < member.new_vins.size() ? member.new_vins[vehicle] : std::string(), person->country);
                return contact::queue_call(tx, clock_.now(), message, topic, vehicle < member.sites.size() && !member.sites[vehicle].empty() ? "site:" + member.sites[vehicle] : std::string());
            }
            case Channel::mail: break;
        }
        return contact::queue_as(tx, clock_.now(), message, topic);
    };
    switch (hand()) {
        case contact::Queued::queued:
        case contact::Queued::already_there: return Outcome::sent;
        case contact::Queued::opted_out: return Outcome::unsubscribed;
        case contact::Queued::no_address: return Outcome::no_channel;
    }
    return Outcome::no_channel;
}

}  // namespace verbatim::plan
