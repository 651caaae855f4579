#include "life/plan/lives.h"

#include <algorithm>

#include "life/plan/words.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {
namespace {

// Registrations of cars a year, roughly, in the proportion of populations; one where nothing is said.
int weight_of(std::string_view country) {
    struct Weight {
        std::string_view code;
        int weight;
    };
    static constexpr Weight weights[] = {{"AT", 9}, {"BE", 12}, {"CH", 9}, {"CZ", 11}, {"DE", 83}, {"DK", 6}, {"ES", 48}, {"FI", 6}, {"FR", 68}, {"GB", 68}, {"GR", 10}, {"HU", 10},
                                         {"IE", 5}, {"IT", 59}, {"LU", 1}, {"NL", 18}, {"NO", 5}, {"PL", 38}, {"PT", 10}, {"RO", 19}, {"SE", 10}};
    for (const auto& one : weights)
        if (one.code == country) return one.weight;
    return 10;
}
// A second language of a country, and how many percent speak it.
std::pair<std::string_view, int> second_language(std::string_view country) {
    if (country == "BE") return {"fr", 40};
    if (country == "CH") return {"fr", 23};
    if (country == "LU") return {"de", 20};
    return {"", 0};
}

Basis drawn(Chance& chance, int yes, int soft, int interest) {
    const int at = chance.below(100);
    return at < yes ? Basis::yes : at < yes + soft ? Basis::soft_optin : at < yes + soft + interest ? Basis::legitimate_interest : Basis::none;
}

}  // namespace

Lives::Lives(const Rules& rules, const LivesWish& wish) : rules_(rules), wish_(wish) {
    const auto& plan = rules.plan();
    const auto spoken = [&](std::string_view language) {
        return two_letters(std::find(plan.languages.begin(), plan.languages.end(), language) != plan.languages.end() ? language : std::string_view(plan.fallback));
    };
    for (const auto& country : plan.countries) {
        const auto [second, share] = second_language(country);
        const Zone* zone = Zone::named(network::default_timezone(country));
        countries_.push_back({two_letters(country), spoken(network::default_locale(country)), spoken(second), share, zone ? zone : Zone::named("UTC"), weight_of(country)});
        weights_ += countries_.back().weight;
    }
}

void Lives::begin(std::uint64_t number, int vehicles) {
    chance_ = Chance(wish_.seed * 0x9e3779b97f4a7c15 ^ (number + 1) * 0xd1342543de82ef95);
    chance_.next();
    items_.clear();
    auto kept = std::move(person_.vehicles);
    kept.clear();
    person_ = {};
    person_.vehicles = std::move(kept);
    person_.number = chance_.next();
    int drawn_weight = chance_.below(weights_);
    const auto* country = &countries_.front();
    for (const auto& one : countries_) {
        country = &one;
        if ((drawn_weight -= one.weight) < 0) break;
    }
    person_.country = country->code;
    person_.language = chance_.below(100) < country->other_share ? country->other_language : country->language;
    person_.zone = country->zone;
    person_.company = chance_.in_thousand(150);
    person_.insider = chance_.in_thousand(5);
    person_.born = wish_.first_day - chance_.between(20 * 365, 80 * 365);
    if (chance_.in_thousand(930)) person_.reached_by |= 1u << static_cast<int>(Channel::mail);
    if (chance_.in_thousand(800)) person_.reached_by |= 1u << static_cast<int>(Channel::sms);
    if (chance_.in_thousand(600)) person_.reached_by |= 1u << static_cast<int>(Channel::call);
    if (chance_.in_thousand(970)) person_.reached_by |= 1u << static_cast<int>(Channel::paper);
    person_.consent[static_cast<std::size_t>(Purpose::marketing)] = drawn(chance_, 45, 40, 0);
    person_.consent[static_cast<std::size_t>(Purpose::invitation)] = drawn(chance_, 30, 40, 25);
    person_.consent[static_cast<std::size_t>(Purpose::survey)] = drawn(chance_, 30, 40, 25);
    person_.tracking = chance_.in_thousand(150) ? Basis::yes : Basis::none;
    const std::int64_t span = wish_.cohort ? 365 : 11 * 365;
    for (int i = 0; i < vehicles; ++i) vehicle(i, wish_.first_day + 365 - 1 - chance_.below(static_cast<int>(span)));
    // Four in a thousand die in a year.
    for (std::int64_t day = wish_.first_day; day < wish_.first_day + wish_.years * 366; day += 365) {
        if (!chance_.in_thousand(4)) continue;
        Item item;
        item.kind = Item::Kind::deceased;
        item.happening.at = at_day(day + chance_.below(365));
        add(item);
        break;
    }
    // A change somebody of the house made because customers told it: every eighteen months, a tenth of all are told.
    for (std::int64_t day = wish_.first_day + 200; day < wish_.first_day + wish_.years * 366; day += 540)
        if (chance_.in_thousand(100)) add_happening(Anchor::improvement, 0, at_day(day));
    std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.happening.at > b.happening.at; });
}

void Lives::vehicle(int number, std::int64_t ordered) {
    Vehicle made;
    const auto& plan = rules_.plan();
    const auto pick = [&](const std::vector<std::string>& values) { return values.empty() ? -1 : chance_.below(static_cast<int>(values.size())); };
    made.model = pick(plan.models), made.segment = pick(plan.segments), made.site_group = pick(plan.groups);
    made.site_country = person_.country;
    made.site_services = 0b101;
    made.use = chance_.in_thousand(700) ? 0 : 1;
    const int energy = chance_.below(100);
    made.energy = energy < 30 ? 0 : energy < 42 ? 1 : energy < 68 ? 2 : energy < 80 ? 3 : 4;
    for (int i = 0; i < static_cast<int>(equipment_names().size()); ++i)
        if (chance_.in_thousand(250)) made.equipment |= 1u << i;
    const std::int64_t delivered = ordered + (made.use == 0 ? chance_.between(30, 150) : chance_.between(3, 20));
    const std::int64_t registered = made.use == 0 ? delivered - 3 : delivered - chance_.between(300, 1500);
    made.day_of(Anchor::registration) = registered;
    made.day_of(Anchor::warranty_end) = add_months(registered, made.use == 0 ? 36 : 60);
    if (chance_.in_thousand(350)) made.contract_from = delivered, made.day_of(Anchor::contract_end) = add_months(delivered, 48);
    const int finance = chance_.below(100);
    made.finance = finance < 35 ? 2 : finance < 65 ? 1 : 0;
    if (made.finance) made.day_of(Anchor::finance_end) = add_months(delivered, made.finance == 2 ? 36 + 12 * chance_.below(2) : 60);
    // First after four years, then every two.
    std::int64_t inspection = add_months(registered, 48);
    while (inspection < delivered) inspection = add_months(inspection, 24);
    made.day_of(Anchor::inspection_due) = inspection;
    person_.vehicles.push_back(made);

    const std::int64_t end = wish_.first_day + wish_.years * 366;
    const auto add_event = [&](Anchor what, std::int64_t day) {
        if (day < end) add_happening(what, number, at_day(day));
    };
    add_event(Anchor::order, ordered);
    add_event(Anchor::delivery, delivered);
    // Sold: seven in a hundred a year; of those who lease, seven in ten give it back at the end. A fleet that is there when the
    // simulation begins holds what was not sold before.
    std::int64_t sold = end;
    if (made.finance == 2 && chance_.in_thousand(700) && made.day_of(Anchor::finance_end) > wish_.first_day) sold = made.day_of(Anchor::finance_end);
    for (std::int64_t day = delivered + 365; day < sold; day += 365)
        if (chance_.in_thousand(70) && day > wish_.first_day) sold = std::min(sold, day + chance_.below(365));
    if (sold < end) {
        Item item;
        item.kind = Item::Kind::sold;
        item.happening.vehicle = number, item.happening.at = at_day(sold);
        add(item);
    }
    // The yearly service, by fewer every year; whoever stays away comes back rarely by himself.
    bool away = false;
    const bool contract = made.contract_from != unknown_day;
    for (int year = 1; year <= 10; ++year) {
        const std::int64_t day = add_months(registered, 12 * year) + chance_.between(-25, 40);
        if (day <= delivered + 60) continue;
        if (day >= sold || day >= end) break;
        away = away ? !chance_.in_thousand(150) : chance_.in_thousand(contract && year <= 4 ? 10 : 40 + 8 * year);
        if (!away && chance_.in_thousand(920)) add_event(Anchor::service, day);
    }
    for (; inspection < std::min(sold, end); inspection = add_months(inspection, 24)) {
        Item item;
        item.kind = Item::Kind::day, item.anchor = Anchor::inspection_due, item.day = add_months(inspection, 24);
        item.happening.vehicle = number, item.happening.at = at_day(inspection + 3);
        add(item);
    }
    // A recall meets a twelfth of the vehicles, twice in ten years.
    for (const int month : {20, 77})
        if (const std::int64_t day = add_months(registered, month) + 11; chance_.in_thousand(80) && day > delivered && day < sold) add_event(Anchor::recall, day);
}

void Lives::add(Item item) { items_.push_back(item); }

void Lives::add_happening(Anchor what, int vehicle, Seconds at, int score, int outcome) {
    Item item;
    item.happening = {what, vehicle, at, score, outcome};
    items_.push_back(item);
}

Lives::Item Lives::take() {
    const auto item = items_.back();
    items_.pop_back();
    switch (item.kind) {
        case Item::Kind::happening: break;
        case Item::Kind::sold: person_.vehicles[static_cast<std::size_t>(item.happening.vehicle)].sold = item.happening.at; break;
        case Item::Kind::deceased:
            person_.deceased = item.happening.at;
            items_.clear();  // nothing happens to them any more
            break;
        case Item::Kind::day: person_.vehicles[static_cast<std::size_t>(item.happening.vehicle)].day_of(item.anchor) = item.day; break;
        case Item::Kind::unsubscribed: person_.unsubscribed[static_cast<std::size_t>(item.purpose)] = item.happening.at; break;
    }
    return item;
}

void Lives::review(int vehicle, Seconds at) {
    const int drawn_score = chance_.below(100);
    const int score = drawn_score < 55 ? 5 : drawn_score < 77 ? 4 : drawn_score < 86 ? 3 : drawn_score < 91 ? 2 : 1;
    add_happening(Anchor::review, vehicle, at, score);
    if (score > 2) return;
    add_happening(Anchor::complaint, vehicle, at + 1);
    const int outcome = chance_.below(100);
    add_happening(Anchor::case_closed, vehicle, at + chance_.between(1, 20) * one_day, 0, outcome < 45 ? 0 : outcome < 70 ? 1 : outcome < 90 ? 2 : 3);
}

void Lives::react(const Touch& touch) {
    const auto& campaign = rules_.plan().campaigns[static_cast<std::size_t>(touch.campaign)];
    const bool again = campaign.trigger.campaign >= 0;
    const auto before = items_.size();
    const auto later = [&](int most_days) { return touch.at + one_hour + chance_.below(most_days * static_cast<int>(one_day)); };
    if (campaign.purpose != Purpose::service && chance_.below(10000) < (campaign.purpose == Purpose::marketing ? 25 : 10)) {
        Item item;
        item.kind = Item::Kind::unsubscribed, item.purpose = campaign.purpose;
        item.happening.at = later(2);
        add(item);
    }
    if (campaign.goal) {
        if (campaign.goal->anchor == Anchor::review && chance_.in_thousand(again ? 90 : campaign.purpose == Purpose::survey ? 280 : 220)) review(touch.vehicle, later(10));
        else if (campaign.goal->anchor == Anchor::service && campaign.purpose == Purpose::service && chance_.in_thousand(700)) add_happening(Anchor::service, touch.vehicle, later(50));
        else if (campaign.goal->anchor == Anchor::service && campaign.trigger.latest && chance_.in_thousand(80)) add_happening(Anchor::service, touch.vehicle, later(100));
    }
    if (items_.size() != before) std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.happening.at > b.happening.at; });
}

}  // namespace verbatim::plan
