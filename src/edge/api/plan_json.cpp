#include "edge/api/plan_json.h"

#include "edge/api/answers.h"
#include "ground/base/calendar.h"
#include "life/plan/words.h"

namespace verbatim::api {
namespace {

using nlohmann::json;

// What sets it off, for a reader's language to be put into words.
json trigger_json(const plan::Plan& plan, const plan::Trigger& trigger) {
    return {{"anchor", trigger.anchor ? json(plan::name_of(*trigger.anchor)) : json(nullptr)},
            {"campaign", trigger.campaign < 0 ? json(nullptr) : json(plan.campaigns[static_cast<std::size_t>(trigger.campaign)].id)},
            {"unanswered", trigger.unanswered}, {"inactive", trigger.latest}, {"after_months", trigger.after.months}, {"after_days", trigger.after.days},
            {"every_months", trigger.every_months}, {"first", trigger.first}, {"last", trigger.last}};
}

json channels_json(const std::vector<plan::Channel>& channels) {
    json out = json::array();
    for (const auto one : channels) out.push_back(plan::name_of(one));
    return out;
}

}  // namespace

json campaign_json(const plan::Plan& plan, const plan::Campaign& campaign) {
    return {{"id", campaign.id}, {"name", campaign.name}, {"line", campaign.line}, {"purpose", plan::name_of(campaign.purpose)}, {"channels", channels_json(campaign.channels)},
            {"sender", plan::sender_names()[static_cast<std::size_t>(campaign.sender)]}, {"priority", campaign.priority}, {"trigger", trigger_json(plan, campaign.trigger)},
            {"goal", campaign.goal ? json(plan::name_of(*campaign.goal)) : json(nullptr)}, {"variants", campaign.variants.size()}};
}

json entries_json(const plan::Plan& plan, const std::vector<plan::Entry>& entries) {
    json out = json::array();
    for (const auto& one : entries) {
        const int campaign = one.happened ? -1 : plan.find_campaign(one.what);
        out.push_back({{"at", one.when}, {"kind", one.happened ? "event" : one.sent() ? "sent" : "not_sent"}, {"what", one.what}, {"name", campaign < 0 ? json(nullptr) : json(plan.campaigns[static_cast<std::size_t>(campaign)].name)},
                       {"detail", text_or_null(one.detail)}, {"why", text_or_null(one.why)}, {"line", one.line == 0 ? json(nullptr) : json(one.line)}, {"field", text_or_null(one.field)},
                       {"channel", text_or_null(std::string(one.channel))}, {"sender", text_or_null(std::string(one.sender))}, {"variant", text_or_null(one.variant)}, {"subject", text_or_null(one.subject)}});
    }
    return out;
}

json tally_json(const plan::Plan& plan, const plan::SimulationWish& wish, const plan::Tally& tally) {
    json months = json::array(), campaigns = json::array(), overlaps = json::array();
    for (std::size_t month = 0; month < tally.months.size(); ++month) {
        json row = {{"month", format_date(plan::add_months(wish.lives.first_day, static_cast<int>(month)) * one_day).substr(0, 7)}};
        for (std::size_t channel = 0; channel < plan::channels; ++channel) row[std::string(plan::channel_names()[channel])] = tally.months[month][channel];
        months.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < plan.campaigns.size(); ++i) {
        const auto& campaign = plan.campaigns[i];
        json not_sent = json::array();
        for (int outcome = 1; outcome < plan::outcomes; ++outcome)
            if (const auto count = tally.campaigns[i][static_cast<std::size_t>(outcome)]) not_sent.push_back({{"why", plan::name_of(static_cast<plan::Outcome>(outcome))}, {"count", count}});
        campaigns.push_back({{"id", campaign.id}, {"name", campaign.name}, {"purpose", plan::name_of(campaign.purpose)}, {"sent", tally.campaigns[i][static_cast<std::size_t>(plan::Outcome::sent)]},
                             {"by_month", tally.ages[i]}, {"not_sent", std::move(not_sent)}});
        for (std::size_t j = 0; j < plan.campaigns.size(); ++j)
            if (tally.overlaps[i][j] != 0) overlaps.push_back({{"first", campaign.id}, {"second", plan.campaigns[j].id}, {"count", tally.overlaps[i][j]}});
    }
    return {{"version", plan.version}, {"vehicles", tally.vehicles}, {"people", tally.people}, {"years", wish.lives.years}, {"touchpoints", tally.touchpoints}, {"never", tally.never}, {"too_often", tally.too_often},
            {"too_often_at_most", plan.too_often}, {"too_often_days", plan.too_often_days}, {"months", std::move(months)}, {"campaigns", std::move(campaigns)}, {"overlaps", std::move(overlaps)}};
}

}  // namespace verbatim::api
