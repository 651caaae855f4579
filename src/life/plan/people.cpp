#include "life/plan/people.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "ground/base/calendar.h"
#include "life/plan/owners.h"
#include "life/plan/words.h"
#include "record/contact/reach.h"
#include "record/experiences/lived.h"
#include "record/network/country_rules.h"
#include "record/network/network.h"
#include "record/reviews/rated.h"

namespace verbatim::plan {
namespace {

using nlohmann::json;
using storage::Row;
using storage::Sql;
using storage::Tx;

#define WALKED "FROM json_each($1) k CROSS JOIN "  // on SQLite the list is walked, not sorted first (contact/reach.cpp)
#define AMONG_PG " = ANY (ARRAY(SELECT CAST(jsonb_array_elements_text(CAST($1 AS JSONB)) AS BIGINT)))"
#define AMONG_PG_TEXT " = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB))))"
#define TOUCHES "SELECT t.person, t.at, t.due_day, t.campaign, t.vehicle, t.how, t.outcome "
#define VEHICLES "SELECT v.person, v.vin "
#define FACTS "SELECT f.customer, f.vin, f.what, f.day "
constexpr Sql touches(TOUCHES WALKED "plan_touch t ON t.person = k.value ORDER BY t.at", TOUCHES "FROM plan_touch t WHERE t.person" AMONG_PG " ORDER BY t.at");
constexpr Sql vehicles(VEHICLES WALKED "plan_vehicle v ON v.person = k.value ORDER BY v.vehicle", VEHICLES "FROM plan_vehicle v WHERE v.person" AMONG_PG " ORDER BY v.vehicle");
constexpr Sql facts(FACTS WALKED "plan_fact f ON f.customer = k.value ORDER BY f.day", FACTS "FROM plan_fact f WHERE f.customer" AMONG_PG_TEXT " ORDER BY f.day");
constexpr Sql campaigns("SELECT number, id FROM plan_campaign");

std::int64_t day_of(std::string_view text) {
    const auto date = parse_date(text);
    return date ? midnight(*date) / one_day : unknown_day;
}

int language_of(std::string_view locale) { return two_letters(locale.substr(0, 2)); }

int own_word(const std::vector<std::string>& words, std::string_view word) {
    const auto same = [&](const std::string& one) {
        return one.size() == word.size() && std::equal(one.begin(), one.end(), word.begin(), [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b)); });
    };
    const auto found = std::find_if(words.begin(), words.end(), same);
    return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

std::uint32_t bits_of(std::string_view list, Words words) {
    std::uint32_t bits = 0;
    for (std::size_t at = 0; at <= list.size();) {
        const auto end = std::min(list.find_first_of(";,+ ", at), list.size());
        if (const int word = index_of(words, list.substr(at, end - at)); word >= 0) bits |= 1u << word;
        at = end + 1;
    }
    return bits;
}

// The other columns of the importer's file, where they bear the plan's names (docs/plan.md, "What the run knows").
void take_columns(const Plan& plan, std::string_view attributes, const Zone& zone, Person& person, Vehicle& vehicle) {
    if (attributes.size() < 3) return;
    const auto columns = json::parse(attributes, nullptr, false);
    if (!columns.is_object()) return;
    for (const auto& [name, value] : columns.items()) {
        if (!value.is_string()) continue;
        const std::string_view text = value.get_ref<const std::string&>();
        const auto on = [&](Anchor anchor) {
            if (const auto day = day_of(text); day != unknown_day) vehicle.day_of(anchor) = day;
        };
        if (name == "energy") vehicle.energy = index_of(energy_names(), text);
        else if (name == "use") vehicle.use = index_of(use_names(), text);
        else if (name == "finance") vehicle.finance = index_of(finance_names(), text);
        else if (name == "segment") vehicle.segment = own_word(plan.segments, text);
        else if (name == "equipment") vehicle.equipment = bits_of(text, equipment_names());
        else if (name == "mileage") std::from_chars(text.data(), text.data() + text.size(), vehicle.mileage);
        else if (name == "contract_from") vehicle.contract_from = day_of(text);
        else if (name == "contract_end") on(Anchor::contract_end);
        else if (name == "warranty_end") on(Anchor::warranty_end);
        else if (name == "finance_end") on(Anchor::finance_end);
        else if (name == "inspection_due") on(Anchor::inspection_due);
        else if (name == "born") person.born = day_of(text);
        else if (name == "company") person.company = text == "yes" || text == "1" || text == "true";
        else if (name == "sold_on" && day_of(text) != unknown_day) vehicle.sold = zone.moment_of(day_of(text), 0);
    }
}

int vehicle_for(Member& member, std::string_view vin) {
    auto& vins = member.new_vins;
    if (vin.empty()) {
        if (vins.empty()) vins.emplace_back();
        return static_cast<int>(vins.size()) - 1;  // the one spoken of last
    }
    const auto known = std::find(vins.begin(), vins.end(), vin);
    if (known != vins.end()) return static_cast<int>(known - vins.begin());
    // Ordered without a number, delivered with one: the same vehicle.
    const auto nameless = std::find(vins.begin(), vins.end(), "");
    if (nameless != vins.end()) return *nameless = vin, static_cast<int>(nameless - vins.begin());
    vins.emplace_back(vin);
    return static_cast<int>(vins.size()) - 1;
}

void grow(Member& member, int vehicle) {
    const auto size = static_cast<std::size_t>(vehicle) + 1;
    if (member.person.vehicles.size() < size) member.person.vehicles.resize(size), member.sites.resize(size), member.products.resize(size);
}

void take_experience(Tx& tx, const Plan& plan, Sites& sites, Member& member, const experiences::Lived& lived, std::unordered_map<std::string, int>& vehicle_of) {
    const auto day = day_of(lived.occurred_on);
    if (day == unknown_day) return;
    const int number = vehicle_for(member, lived.vin);
    grow(member, number);
    auto& person = member.person;
    auto& vehicle = person.vehicles[static_cast<std::size_t>(number)];
    if (person.country < 0 && !lived.country.empty()) {
        person.country = two_letters(lived.country);
        if (const auto* zone = Zone::named(network::default_timezone(lived.country))) person.zone = zone;
    }
    if (!vehicle_of.empty())
        if (const auto asked = vehicle_of.find(std::string(lived.id)); asked != vehicle_of.end()) asked->second = number;
    if (const auto registered = day_of(lived.registered_on); registered != unknown_day) vehicle.day_of(Anchor::registration) = registered;
    const auto& site = sites.of(tx, lived.site);
    vehicle.site_country = site.country, vehicle.site_group = site.group, vehicle.site_services = site.services;
    member.sites[static_cast<std::size_t>(number)] = lived.site;
    if (!lived.product.empty()) {
        member.products[static_cast<std::size_t>(number)] = lived.product;
        vehicle.model = sites.model_of(tx, lived.product);
    }
    if (lived.kind == "used_car") vehicle.use = index_of(use_names(), "used");
    else if ((lived.kind == "order" || lived.kind == "delivery") && vehicle.use < 0) vehicle.use = index_of(use_names(), "new");
    take_columns(plan, lived.attributes, *person.zone, person, vehicle);
    const auto what = lived.kind == "order" ? Anchor::order : lived.kind == "workshop" ? Anchor::service : Anchor::delivery;
    member.history.happenings.push_back({what, number, person.zone->moment_of(day, 12 * 60)});
}

// Whose row is it? Mostly the one's before it.
template <class Key>
class Found {
public:
    explicit Found(std::size_t size) { members_.reserve(size); }
    void add(Key key, Member& member) { members_.emplace(key, &member); }
    Member& at(Key key) {
        if (!last_ || key != last_key_) {
            const auto found = members_.find(key);
            if (found == members_.end()) throw std::logic_error("a row of somebody who was not asked about");
            last_key_ = found->first, last_ = found->second;
        }
        return *last_;
    }

private:
    std::unordered_map<Key, Member*> members_;
    Key last_key_{};
    Member* last_ = nullptr;
};

void take_fact(Member& member, std::string_view vin, std::string_view what, std::int64_t day) {
    auto& person = member.person;
    if (what == "deceased") return void(person.deceased = std::min(person.deceased, person.zone->moment_of(day, 0)));
    const int number = vehicle_for(member, vin);
    grow(member, number);
    auto& vehicle = person.vehicles[static_cast<std::size_t>(number)];
    if (what == "sold") vehicle.sold = std::min(vehicle.sold, person.zone->moment_of(day, 0));
    else if (what == fact_passed_on) {
        // Who came with it again has it again.
        const auto at = person.zone->moment_of(day, 0);
        const auto came = [&](const Happening& one) { return one.vehicle == number && one.at >= at + one_day && (one.what == Anchor::order || one.what == Anchor::delivery || one.what == Anchor::service); };
        if (std::none_of(member.history.happenings.begin(), member.history.happenings.end(), came)) vehicle.sold = std::min(vehicle.sold, at);
    } else if (what == fact_taken_over) vehicle.use = index_of(use_names(), "used");
    else if (what == fact_first_registered) {
        if (auto& registered = vehicle.day_of(Anchor::registration); registered == unknown_day) registered = day;
    }
    else if (const int anchor = index_of(anchor_names(), what); anchor >= happenings) vehicle.day_of(static_cast<Anchor>(anchor)) = day;
    else if (anchor >= 0) member.history.happenings.push_back({static_cast<Anchor>(anchor), number, person.zone->moment_of(day, 12 * 60)});
}

}  // namespace

Numbers numbers_of(Tx& tx, const Plan& plan) {
    Numbers numbers;
    numbers.of_campaign.assign(plan.campaigns.size(), 0);
    tx.each(campaigns, [&](const Row& row) {
        const int at = plan.find_campaign(row.text(1));
        if (at < 0) return;
        numbers.of_campaign[static_cast<std::size_t>(at)] = row.integer(0);
        numbers.campaign_of[row.integer(0)] = at;
    });
    return numbers;
}

const Sites::Facts& Sites::of(Tx& tx, std::string_view code) {
    if (const auto found = known_.find(code); found != known_.end()) return found->second;
    Facts made;
    if (const auto site = network::find_site(tx, code)) {
        made = {two_letters(site->country), own_word(plan_.groups, site->group), bits_of(site->services, service_names()), site->name, site->phone};
    }
    return known_.emplace(code, std::move(made)).first->second;
}

int Sites::model_of(Tx& tx, std::string_view code) {
    if (plan_.models.empty()) return -1;
    if (const auto found = models_.find(code); found != models_.end()) return found->second;
    int model = own_word(plan_.models, code);
    if (model < 0)
        if (const auto product = network::find_product(tx, code); product && product->kind == "version") model = own_word(plan_.models, product->parent);
    return models_.emplace(code, model).first->second;
}

void read_people(Tx& tx, const Plan& plan, const Numbers& numbers, const Sources& sources, Sites& sites, std::vector<Member>& members) {
    if (members.empty()) return;
    Found<std::string_view> by_customer(members.size());
    Found<std::int64_t> by_number(members.size());
    std::string who, whose;
    for (auto& member : members) {
        by_customer.add(member.customer, member);
        by_number.add(member.number, member);
        who += (who.empty() ? "[" : ",") + json(member.customer).dump();
        whose += (whose.empty() ? "[" : ",") + std::to_string(member.number);
        member.person.number = static_cast<std::uint64_t>(member.number);
        member.person.zone = Zone::named("UTC");
    }
    who += "]", whose += "]";
    contact::reach_of(tx, who, [&](const contact::Reach& reach) {
        auto& member = by_customer.at(reach.customer);
        member.known = true;
        member.person.language = language_of(reach.locale);
        if (reach.mail) member.person.reached_by |= 1u << static_cast<int>(Channel::mail);
        if (reach.phone && reach.told && sources.sms) member.person.reached_by |= 1u << static_cast<int>(Channel::sms);
        if (reach.phone && reach.told) member.person.reached_by |= 1u << static_cast<int>(Channel::call);
        if (reach.postal) member.person.reached_by |= 1u << static_cast<int>(Channel::paper);
        if (reach.country.empty()) return;
        member.person.country = two_letters(reach.country);
        if (const auto* zone = Zone::named(network::default_timezone(reach.country))) member.person.zone = zone;
    });
    contact::said_by(tx, who, [&](const contact::Said& said) {
        auto& person = by_customer.at(said.customer).person;
        const auto basis = static_cast<Basis>(std::max(0, index_of(basis_names(), said.basis)));
        if (said.purpose == "tracking") return void(person.tracking = said.basis == "no" ? Basis::none : basis);
        if (said.purpose.starts_with(contact::channel_wish)) {
            const auto bit = static_cast<std::uint8_t>(1u << std::max(0, index_of(channel_names(), said.purpose.substr(contact::channel_wish.size()))));
            person.closed = said.basis == "no" ? person.closed | bit : static_cast<std::uint8_t>(person.closed & ~bit);
            return;
        }
        const int purpose = index_of(purpose_names(), said.purpose);
        if (purpose < 0) return;
        person.consent[static_cast<std::size_t>(purpose)] = said.basis == "no" ? Basis::none : basis;
        // Who says no leaves; who says yes again later is back (norm EML-4).
        person.unsubscribed[static_cast<std::size_t>(purpose)] = said.basis == "no" ? said.at : never;
    });
    tx.each(vehicles, [&](const Row& row) { by_number.at(row.integer(0)).vins.emplace_back(row.text(1)); }, whose);
    for (auto& member : members) member.new_vins = member.vins;
    // Few have reviewed: of those the vehicle is looked for.
    struct Reviewed {
        Member* member;
        std::string review, experience;
        int rating;
        Seconds at;
    };
    std::vector<Reviewed> rated;
    std::unordered_map<std::string, int> vehicle_of;  // by experience; -1 where it is not there any more
    reviews::rated_by(tx, who, [&](const reviews::Rated& one) {
        rated.push_back({&by_customer.at(one.customer), std::string(one.review), std::string(one.experience), one.rating, one.at});
        vehicle_of.emplace(rated.back().experience, -1);
    });
    experiences::lived_by(tx, who, [&](const experiences::Lived& lived) { take_experience(tx, plan, sites, by_customer.at(lived.customer), lived, vehicle_of); });
    tx.each(facts, [&](const Row& row) { take_fact(by_customer.at(row.text(0)), row.text(1), row.text(2), row.integer(3)); }, who);
    json reviews = json::array();
    std::unordered_map<std::string, std::pair<Member*, int>> reviewed;
    for (auto& one : rated) {
        const int found = vehicle_of.at(one.experience), vehicle = found >= 0 ? found : vehicle_for(*one.member, {});
        grow(*one.member, vehicle);
        one.member->history.happenings.push_back({Anchor::review, vehicle, one.at, one.rating});
        reviews.push_back(one.review);
        reviewed.emplace(std::move(one.review), std::pair(one.member, vehicle));
    }
    if (sources.cases && !reviewed.empty()) {
        sources.cases(tx, reviews.dump(), [&](const Sources::Case& one) {
            const auto& [member, vehicle] = reviewed.at(std::string(one.review));
            member->history.happenings.push_back({Anchor::complaint, vehicle, one.opened_at});
            if (one.closed_at == 0) member->complains = true;
            else member->history.happenings.push_back({Anchor::case_closed, vehicle, one.closed_at, 0, index_of(outcome_names(), one.outcome)});
        });
    }
    tx.each(touches, [&](const Row& row) {
        const auto campaign = numbers.campaign_of.find(row.integer(3));
        if (campaign == numbers.campaign_of.end()) return;
        auto& member = by_number.at(row.integer(0));
        const auto how = row.integer(5);
        Touch touch{static_cast<std::int16_t>(campaign->second), static_cast<std::int16_t>(row.integer(4)), static_cast<std::int32_t>(row.integer(2)), row.integer(1)};
        touch.outcome = static_cast<Outcome>(row.integer(6)), touch.channel = static_cast<Channel>(how & 7), touch.variant = static_cast<std::int8_t>((how >> 3) - 1);
        grow(member, touch.vehicle);
        member.history.touches.push_back(touch);
    }, whose);
    for (auto& member : members) {
        std::stable_sort(member.history.happenings.begin(), member.history.happenings.end(), [](const Happening& a, const Happening& b) { return a.at < b.at; });
    }
}

}  // namespace verbatim::plan
