#include "life/plan/compose.h"

#include "record/network/network.h"

namespace verbatim::plan {

const Template& template_of(const Plan& plan, const Campaign& campaign, int variant) {
    const int number = variant >= 0 ? campaign.variants[static_cast<std::size_t>(variant)].template_number : campaign.template_number;
    return plan.templates[static_cast<std::size_t>(number)];
}

const Sites::Facts* site_of(storage::Tx& tx, Sites& sites, const Member& member, int vehicle) {
    const auto at = static_cast<std::size_t>(vehicle);
    return at < member.sites.size() && !member.sites[at].empty() ? &sites.of(tx, member.sites[at]) : nullptr;
}

LetterFacts facts_of(storage::Tx& tx, std::string_view brand, Sites& sites, const Member& member, const Campaign& campaign, const Touch& touch, std::string first_name) {
    const auto vehicle = static_cast<std::size_t>(touch.vehicle);
    const auto* site = site_of(tx, sites, member, touch.vehicle);
    LetterFacts facts;
    facts.brand = brand, facts.dealer = brand, facts.first_name = std::move(first_name);
    if (site && !site->name.empty()) facts.dealer = site->name, facts.phone = site->phone, facts.site = member.sites[vehicle];
    if (vehicle < member.products.size() && !member.products[vehicle].empty()) {
        const auto product = network::find_product(tx, member.products[vehicle]);
        facts.model = product ? product->name : member.products[vehicle];
    }
    const Vehicle unknown, &about = vehicle < member.person.vehicles.size() ? member.person.vehicles[vehicle] : unknown;
    facts.day = anchor_day(campaign.trigger, about, touch.due_day);
    facts.years = anchor_years(campaign.trigger, about, touch.due_day);
    return facts;
}

LetterFacts sample_facts(std::string_view brand, std::int64_t today) {
    LetterFacts facts;
    facts.brand = brand, facts.dealer = "Garage du Lac", facts.first_name = "Claire", facts.model = "Compact";
    facts.day = today, facts.years = 3, facts.phone = "+33 1 23 45 67 89", facts.site = "SAMPLE";
    return facts;
}

}  // namespace verbatim::plan
