#include "life/plan/decide.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "ground/base/calendar.h"
#include "life/plan/default_plan.h"
#include "life/plan/lives.h"
#include "life/plan/read.h"
#include "life/plan/words.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {
namespace {

std::int64_t day(std::string_view text) { return midnight(*parse_date(text)) / one_day; }
Seconds at(std::string_view text) { return *parse_moment(text); }

constexpr std::string_view head = R"([plan]
name = "test"
version = "1"
languages = ["en"]
countries = ["AT", "BE", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "IT", "LU", "NL", "NO", "PL", "PT", "RO", "SE"]
gap = "0 days"
[quiet]
from = "20:00"
to = "08:00"
days = ["sunday"]
[template.t]
en = "Hello"
)";

std::string campaign(std::string_view id, std::string_view trigger, std::string_view more = "", std::string_view purpose = "marketing") {
    std::string text = "[[campaign]]\nid = \"" + std::string(id) + "\"\nname = \"x\"\nsender = \"brand\"\ntemplate = \"t\"\npurpose = \"" + std::string(purpose) + "\"\ntrigger = " + std::string(trigger) + "\n" + std::string(more);
    if (more.find("channel") == std::string_view::npos) text += "channel = \"mail\"\n";
    if (more.find("stop = ") == std::string_view::npos) text += "stop = [\"sold\", \"unsubscribed\", \"deceased\"]\n";
    if (purpose != "service" && more.find("consent") == std::string_view::npos) text += "consent = [\"yes\", \"soft_optin\"]\n";
    if (purpose == "invitation") text += "asks = \"sale\"\n";
    return text;
}

Rules rules_of(const std::string& campaigns, std::string_view change_from = "", std::string_view change_to = "") {
    std::string text = std::string(head) + campaigns;
    if (!change_from.empty()) text.replace(text.find(change_from), change_from.size(), change_to);
    auto reading = read_plan(text);
    for (const auto& fault : reading.faults) ADD_FAILURE() << fault.line << ": " << fault.message << "\n" << text;
    return Rules(std::move(reading.plan));
}

Person somebody(std::string_view country = "FR") {
    Person person;
    person.number = 42;
    person.language = two_letters("en"), person.country = two_letters(country);
    person.zone = Zone::named(network::default_timezone(country));
    person.reached_by = 0x0f;
    person.consent = {Basis::none, Basis::yes, Basis::yes, Basis::yes};
    person.vehicles.emplace_back();
    return person;
}

// A whole life: what was decided, in order.
std::vector<Touch> live(const Rules& rules, const Person& person, std::vector<Happening> happenings, Seconds from, Seconds until) {
    Agenda agenda(rules);
    agenda.start(person, {}, from);
    std::vector<Touch> all;
    auto next = happenings.begin();
    for (;;) {
        const Seconds event = next == happenings.end() ? never : next->at;
        const Seconds due = agenda.next();
        if (std::min(event, due) > until) return all;
        if (event <= due) agenda.happened(*next++);
        else agenda.decide(due, all);
    }
}
std::string told(const Rules& rules, const std::vector<Touch>& touches) {
    std::string text;
    for (const auto& touch : touches) text += format_moment(touch.at).substr(0, 16) + " " + rules.plan().campaigns[static_cast<std::size_t>(touch.campaign)].id + " " + std::string(name_of(touch.outcome)) + (touch.outcome == Outcome::sent ? " " + std::string(name_of(touch.channel)) : "") + "\n";
    return text;
}

TEST(Months, AreClampedToTheirLength) {
    EXPECT_EQ(add_months(day("2027-01-31"), 1), day("2027-02-28"));
    EXPECT_EQ(add_months(day("2028-01-31"), 1), day("2028-02-29"));
    EXPECT_EQ(add_months(day("2028-02-29"), 12), day("2029-02-28"));
    EXPECT_EQ(add_months(day("2027-03-15"), -3), day("2026-12-15"));
    EXPECT_EQ(add_months(day("2027-12-31"), 120), day("2037-12-31"));
}

TEST(Decide, AWeekAfterTheOrderAtTenOnTheWall) {
    const auto rules = rules_of(campaign("w", R"({ event = "order", after = "7 days" })"));
    EXPECT_EQ(told(rules, live(rules, somebody(), {{Anchor::order, 0, at("2027-06-01T15:00:00Z")}}, at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 w sent mail\n");
    EXPECT_EQ(told(rules, live(rules, somebody("FI"), {{Anchor::order, 0, at("2027-12-01T15:00:00Z")}}, at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"))), "2027-12-08T08:00 w sent mail\n");
    // Ordered late in the evening of the 1st in Paris, which is still the 1st there.
    EXPECT_EQ(told(rules, live(rules, somebody(), {{Anchor::order, 0, at("2027-06-01T21:59:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 w sent mail\n");
    EXPECT_EQ(told(rules, live(rules, somebody(), {{Anchor::order, 0, at("2027-06-01T22:01:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-09T08:00 w sent mail\n");
}

// The clocks change on a Sunday; the campaign may go on Sundays here, at half past two in the night, in the middle of the change.
TEST(Decide, DaylightSavingInTwentyCountries) {
    const auto rules = rules_of(campaign("n", R"({ event = "order", after = "1 day" })", "at = \"02:30\"\n", "service"), "from = \"20:00\"\nto = \"08:00\"\ndays = [\"sunday\"]", "from = \"00:00\"\nto = \"00:00\"");
    for (const auto& country : rules.plan().countries) {
        const auto person = somebody(country);
        ASSERT_NE(person.zone, nullptr) << country;
        for (const auto saturday : {"2027-03-27", "2027-10-30", "2028-03-25", "2028-10-28", "2035-03-24", "2036-10-25"}) {
            const auto decided = live(rules, person, {{Anchor::order, 0, person.zone->moment_of(day(saturday), 12 * 60)}}, 0, at("2040-01-01T00:00:00Z"));
            ASSERT_EQ(decided.size(), 1u) << country << " " << saturday;
            const auto local = person.zone->local(decided[0].at);
            EXPECT_EQ(local.day, day(saturday) + 1) << country;
            // 02:30, or where that night has none, 03:30; in London, Dublin and Lisbon the gap is at one, in Athens, Helsinki and Bucharest at three.
            EXPECT_TRUE(local.minute == 150 || local.minute == 210) << country << " " << local.minute;
        }
    }
    const auto person = somebody("FR");
    EXPECT_EQ(told(rules, live(rules, person, {{Anchor::order, 0, at("2027-03-27T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-03-28T01:30 n sent mail\n");
    EXPECT_EQ(told(rules, live(rules, person, {{Anchor::order, 0, at("2027-10-30T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-10-31T00:30 n sent mail\n");
}

TEST(Decide, QuietHoursAndDaysOfEachChannel) {
    const auto rules = rules_of(campaign("w", R"({ event = "order", after = "0 days" })"));
    // The order comes at 21:00 in Paris on a Saturday; Sunday is quiet.
    EXPECT_EQ(told(rules, live(rules, somebody(), {{Anchor::order, 0, at("2027-06-05T19:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-07T08:00 w sent mail\n");
    const auto later = rules_of(campaign("w", R"({ event = "order", after = "1 day" })"));
    EXPECT_EQ(told(later, live(later, somebody(), {{Anchor::order, 0, at("2027-06-05T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-07T08:00 w sent mail\n");
    const auto call = rules_of(campaign("w", R"({ event = "order", after = "1 day" })", "channel = [\"call\", \"mail\"]\nat = \"10:00\"\n"), "[template.t]", "call = { from = \"19:00\", to = \"09:30\", days = [\"monday\", \"sunday\"] }\n[template.t]");
    EXPECT_EQ(told(call, live(call, somebody(), {{Anchor::order, 0, at("2027-06-05T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 w sent call\n");
    auto without = somebody();
    without.reached_by = 1;
    EXPECT_EQ(told(call, live(call, without, {{Anchor::order, 0, at("2027-06-05T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-07T08:00 w sent mail\n");
}

TEST(Decide, PriorityGapAndCaps) {
    const auto two = campaign("low", R"({ event = "order", after = "1 day" })", "priority = 10\n") + campaign("high", R"({ event = "order", after = "1 day" })", "priority = 90\nwhen.vehicle.contract = false\n");
    const auto gap = rules_of(two, "gap = \"0 days\"", "gap = \"3 days\"");
    const std::vector<Happening> order{{Anchor::order, 0, at("2027-06-07T12:00:00Z")}};
    EXPECT_EQ(told(gap, live(gap, somebody(), order, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 high sent mail\n2027-06-11T08:00 low sent mail\n");
    const auto cap = rules_of("[[cap]]\nat_most = 1\nwithin = \"10 days\"\npurpose = [\"marketing\"]\n" + two);
    EXPECT_EQ(told(cap, live(cap, somebody(), order, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 high sent mail\n2027-06-18T08:00 low sent mail\n");
    // It may not wait for ever.
    const auto long_cap = rules_of("[[cap]]\nat_most = 1\nwithin = \"60 days\"\n" + two);
    EXPECT_EQ(told(long_cap, live(long_cap, somebody(), order, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 high sent mail\n2027-06-23T08:00 low capped\n");
    const auto own = rules_of(campaign("s", R"({ event = "service", after = "1 day" })", "cap = { at_most = 1, within = \"1 year\" }\n"));
    EXPECT_EQ(told(own, live(own, somebody(), {{Anchor::service, 0, at("2027-06-07T12:00:00Z")}, {Anchor::service, 0, at("2027-09-06T12:00:00Z")}, {Anchor::service, 0, at("2028-06-05T12:00:00Z")}}, 0, at("2029-01-01T00:00:00Z"))),
              "2027-06-08T08:00 s sent mail\n2027-09-22T08:00 s capped\n2028-06-07T08:00 s sent mail\n");
}

TEST(Decide, StopRules) {
    const auto rules = rules_of(campaign("w", R"({ event = "order", after = "7 days" })", "stop = [\"sold\", \"complaint_open\", \"unsubscribed\", \"deceased\"]\n"));
    const std::vector<Happening> order{{Anchor::order, 0, at("2027-06-01T12:00:00Z")}};
    const auto with = [&](auto change, std::vector<Happening> happenings) {
        auto person = somebody();
        change(person);
        return told(rules, live(rules, person, std::move(happenings), 0, at("2028-01-01T00:00:00Z")));
    };
    EXPECT_EQ(with([](Person& p) { p.vehicles[0].sold = at("2027-06-05T12:00:00Z"); }, order), "2027-06-08T08:00 w sold\n");
    EXPECT_EQ(with([](Person& p) { p.deceased = at("2027-06-05T12:00:00Z"); }, order), "2027-06-08T08:00 w deceased\n");
    EXPECT_EQ(with([](Person& p) { p.vehicles[0].sold = at("2027-06-09T12:00:00Z"); }, order), "2027-06-08T08:00 w sent mail\n");
    // Complained before, settled three days after it was due, in the night: it goes the next morning.
    auto complaint = order;
    complaint.push_back({Anchor::complaint, 0, at("2027-06-03T12:00:00Z")});
    complaint.push_back({Anchor::case_closed, 0, at("2027-06-11T23:00:00Z"), 0, 0});
    EXPECT_EQ(with([](Person&) {}, complaint), "2027-06-12T08:00 w sent mail\n");
    complaint.pop_back();
    EXPECT_EQ(with([](Person&) {}, complaint), "2027-06-23T08:00 w too_late\n");
}

TEST(PlanLaw, EML4_AfterUnsubscribingNothingGoes) {
    const auto rules = rules_of(campaign("w", R"({ event = "order", after = "7 days" })"));
    auto person = somebody();
    person.unsubscribed[static_cast<std::size_t>(Purpose::marketing)] = at("2027-06-08T07:59:59Z");
    EXPECT_EQ(told(rules, live(rules, person, {{Anchor::order, 0, at("2027-06-01T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 w unsubscribed\n");
}

TEST(PlanLaw, EML10_UnsubscribingFromOnePurposeLeavesTheOthers) {
    const auto rules = rules_of(campaign("ad", R"({ event = "order", after = "7 days" })") + campaign("ask", R"({ event = "order", after = "8 days" })", "stop = [\"unsubscribed\", \"deceased\"]\n", "invitation") +
                                campaign("recall", R"({ event = "order", after = "9 days" })", "stop = [\"deceased\"]\n", "service"));
    auto person = somebody();
    person.unsubscribed[static_cast<std::size_t>(Purpose::marketing)] = 0;
    const std::vector<Happening> order{{Anchor::order, 0, at("2027-06-01T12:00:00Z")}};
    EXPECT_EQ(told(rules, live(rules, person, order, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 ad unsubscribed\n2027-06-09T08:00 ask sent mail\n2027-06-10T08:00 recall sent mail\n");
    person.unsubscribed.fill(0);
    EXPECT_EQ(told(rules, live(rules, person, order, 0, at("2028-01-01T00:00:00Z"))), "2027-06-08T08:00 ad unsubscribed\n2027-06-09T08:00 ask unsubscribed\n2027-06-10T08:00 recall sent mail\n");
}

TEST(PlanLaw, INC4_InsidersAreNotInvited) {
    const auto rules = rules_of(campaign("ask", R"({ event = "order", after = "8 days" })", "stop = [\"unsubscribed\", \"deceased\"]\n", "invitation"));
    auto person = somebody();
    person.insider = true;
    EXPECT_EQ(told(rules, live(rules, person, {{Anchor::order, 0, at("2027-06-01T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"))), "2027-06-09T08:00 ask insider\n");
}

TEST(PlanLaw, INC6_TheBasisMustSufficeWhereThePersonLives) {
    const auto rules = rules_of(campaign("ask", R"({ event = "order", after = "8 days" })", "stop = [\"unsubscribed\", \"deceased\"]\nconsent = [\"yes\", \"soft_optin\", \"legitimate_interest\"]\n", "invitation"));
    const std::vector<Happening> order{{Anchor::order, 0, at("2027-06-01T12:00:00Z")}};
    for (const auto& [country, basis, goes] : std::vector<std::tuple<std::string, Basis, bool>>{
             {"FR", Basis::legitimate_interest, true}, {"DE", Basis::legitimate_interest, false}, {"DE", Basis::soft_optin, true}, {"DE", Basis::yes, true}, {"FR", Basis::none, false}, {"FR", Basis::contract, false}}) {
        auto person = somebody(country);
        person.consent[static_cast<std::size_t>(Purpose::invitation)] = basis;
        const auto decided = live(rules, person, order, 0, at("2028-01-01T00:00:00Z"));
        ASSERT_EQ(decided.size(), 1u);
        EXPECT_EQ(decided[0].outcome, goes ? Outcome::sent : Outcome::no_basis) << country << " " << static_cast<int>(basis);
    }
}

TEST(Decide, TriggersByDateInactivityScoreCaseAndCampaign) {
    auto person = somebody();
    person.vehicles[0].day_of(Anchor::registration) = day("2027-02-01");
    const auto yearly = rules_of(campaign("y", R"({ date = "registration", every = "1 year", first = 1, last = 3, before = "30 days" })"));
    EXPECT_EQ(told(yearly, live(yearly, person, {}, at("2027-03-01T00:00:00Z"), at("2040-01-01T00:00:00Z"))), "2028-01-03T09:00 y sent mail\n2029-01-02T09:00 y sent mail\n2030-01-02T09:00 y sent mail\n");
    const auto away = rules_of(campaign("a", R"({ inactive = "18 months", since = "service" })"));
    EXPECT_EQ(told(away, live(away, person, {{Anchor::service, 0, at("2027-03-01T12:00:00Z")}, {Anchor::service, 0, at("2028-03-01T12:00:00Z")}}, 0, at("2040-01-01T00:00:00Z"))), "2028-09-01T08:00 a superseded\n2029-09-01T08:00 a sent mail\n");
    const auto score = rules_of(campaign("s", R"({ event = "review", score = { to = 2 }, after = "1 day" })", "", "service"));
    EXPECT_EQ(told(score, live(score, person, {{Anchor::review, 0, at("2027-03-01T12:00:00Z"), 3}, {Anchor::review, 0, at("2027-03-08T12:00:00Z"), 2}}, 0, at("2040-01-01T00:00:00Z"))), "2027-03-09T09:00 s sent mail\n");
    const auto outcome = rules_of(campaign("o", R"({ event = "case_closed", outcome = ["lost"], after = "1 day" })", "", "service"));
    EXPECT_EQ(told(outcome, live(outcome, person, {{Anchor::case_closed, 0, at("2027-03-01T12:00:00Z"), 0, 0}, {Anchor::case_closed, 0, at("2027-03-08T12:00:00Z"), 0, 2}}, 0, at("2040-01-01T00:00:00Z"))), "2027-03-09T09:00 o sent mail\n");
    const auto chain = rules_of(campaign("i", R"({ event = "order", after = "1 day" })", "goal = { event = \"review\", within = \"30 days\" }\n") + campaign("r", R"({ campaign = "i", unanswered = true, after = "7 days" })"));
    EXPECT_EQ(told(chain, live(chain, person, {{Anchor::order, 0, at("2027-03-01T12:00:00Z")}}, 0, at("2040-01-01T00:00:00Z"))), "2027-03-02T09:00 i sent mail\n2027-03-09T09:00 r sent mail\n");
    EXPECT_EQ(told(chain, live(chain, person, {{Anchor::order, 0, at("2027-03-01T12:00:00Z")}, {Anchor::review, 0, at("2027-03-05T12:00:00Z"), 1}}, 0, at("2040-01-01T00:00:00Z"))), "2027-03-02T09:00 i sent mail\n2027-03-09T09:00 r answered\n");
}

TEST(Decide, ConditionsOnEachKindOfField) {
    const auto goes = [](std::string_view condition, auto change) {
        const auto rules = rules_of(campaign("c", R"({ event = "order", after = "1 day" })", std::string(condition) + "\n"));
        auto person = somebody();
        change(person);
        const auto decided = live(rules, person, {{Anchor::order, 0, at("2027-03-01T12:00:00Z")}}, 0, at("2040-01-01T00:00:00Z"));
        return decided.size() == 1 && decided[0].outcome == Outcome::sent;
    };
    const auto nothing = [](Person&) {};
    EXPECT_TRUE(goes("when.person.country = \"FR\"", nothing));
    EXPECT_FALSE(goes("unless.person.country = \"FR\"", nothing));
    EXPECT_FALSE(goes("when.vehicle.energy = \"electric\"", nothing));   // not known
    EXPECT_FALSE(goes("unless.vehicle.energy = \"electric\"", nothing)); // nor then
    EXPECT_TRUE(goes("unless.vehicle.energy = \"electric\"", [](Person& p) { p.vehicles[0].energy = 1; }));
    EXPECT_TRUE(goes("when.vehicle.equipment = { has = \"tow_bar\", lacks = \"roof_box\" }", [](Person& p) { p.vehicles[0].equipment = 0b010; }));
    EXPECT_FALSE(goes("when.vehicle.equipment = { has = \"tow_bar\", lacks = \"roof_box\" }", [](Person& p) { p.vehicles[0].equipment = 0b110; }));
    EXPECT_TRUE(goes("when.vehicle.age_months = { from = 12, to = 12 }", [](Person& p) { p.vehicles[0].day_of(Anchor::registration) = day("2026-03-02"); }));
    EXPECT_FALSE(goes("when.vehicle.age_months = { from = 12, to = 12 }", [](Person& p) { p.vehicles[0].day_of(Anchor::registration) = day("2026-03-03"); }));
    EXPECT_TRUE(goes("unless.history.months_since_service = { to = 3 }", nothing));  // never was there
    EXPECT_FALSE(goes("when.history.months_since_service = { to = 3 }", nothing));
    EXPECT_TRUE(goes("when.person.age = { from = 18 }", [](Person& p) { p.born = day("2009-03-02"); }));
    EXPECT_FALSE(goes("when.person.age = { from = 18 }", [](Person& p) { p.born = day("2009-03-03"); }));
    EXPECT_TRUE(goes("when.vehicle.contract = true", [](Person& p) { p.vehicles[0].contract_from = 0, p.vehicles[0].day_of(Anchor::contract_end) = day("2027-03-02"); }));
    EXPECT_FALSE(goes("when.vehicle.contract = true", [](Person& p) { p.vehicles[0].contract_from = 0, p.vehicles[0].day_of(Anchor::contract_end) = day("2027-03-01"); }));
    EXPECT_FALSE(goes("when.history.received = { has = \"c\" }", nothing));
}

TEST(Decide, VariantsFollowTheirSharesAndStayWithThePerson) {
    const auto text = std::string(campaign("v", R"({ event = "order", after = "1 day" })",
                               "variant = [{ id = \"a\", share = 20, template = \"t\" }, { id = \"b\", share = 80, template = \"t\" }]\nstopping = { alpha = 0.05 }\ngoal = { event = \"service\", within = \"30 days\" }\n"));
    auto changed = text;
    changed.erase(changed.find("template = \"t\"\n"), 15);
    const auto rules = rules_of(changed);
    int first = 0;
    for (std::uint64_t number = 0; number < 10000; ++number) {
        auto person = somebody();
        person.number = number;
        const auto once = live(rules, person, {{Anchor::order, 0, at("2027-03-01T12:00:00Z")}}, 0, at("2028-01-01T00:00:00Z"));
        const auto again = live(rules, person, {{Anchor::order, 0, at("2030-03-01T12:00:00Z")}}, 0, at("2031-01-01T00:00:00Z"));
        ASSERT_EQ(once[0].variant, again[0].variant);
        first += once[0].variant == 0;
    }
    EXPECT_NEAR(first, 2000, 200);
}

// ---- properties of whole invented lives under the packaged plan

bool same(const Touch& a, const Touch& b) { return a.campaign == b.campaign && a.vehicle == b.vehicle && a.due_day == b.due_day && a.at == b.at && a.outcome == b.outcome && a.channel == b.channel && a.variant == b.variant; }

RC_GTEST_PROP(Lives, WhateverHappensThePlanIsKeptAndOneLookSaysTheSame, ()) {
    static const Rules rules(read_plan(default_plan()).plan);
    const auto& plan = rules.plan();
    const LivesWish wish{*rc::gen::arbitrary<std::uint64_t>(), day("2027-01-01"), 10, *rc::gen::arbitrary<bool>()};
    Lives lives(rules, wish);
    lives.begin(*rc::gen::inRange<std::uint64_t>(0, 1000000), *rc::gen::inRange(1, 4));
    const auto& person = lives.person();
    const Seconds from = wish.first_day * one_day, end = from + 3652 * one_day;
    Agenda agenda(rules);
    agenda.start(person, {}, from);
    History history;
    Seconds looked = from, changed = from;
    std::vector<std::pair<std::int64_t, Touch>> sent;  // with the day on the person's calendar
    for (;;) {
        const Seconds due = agenda.next();
        if (std::min(lives.next(), due) >= end) break;
        if (lives.next() <= due) {
            const auto item = lives.take();
            if (item.kind == Lives::Item::Kind::happening) {
                history.happenings.push_back(item.happening);
                agenda.happened(item.happening);
            } else if (item.kind == Lives::Item::Kind::day) {
                agenda.day_changed(item.happening.vehicle, item.anchor, item.happening.at);
            }
            changed = item.happening.at;
            continue;
        }
        // Between two looks that the agenda asks for, nothing is to be decided.
        const Seconds last = std::max({from, history.happenings.empty() ? from : history.happenings.back().at, looked, changed});
        if (last + 1 < due && history.touches.size() % 8 == 0) RC_ASSERT(decide(rules, person, history, from, last + (due - last) / 2).empty());
        looked = due;
        std::vector<Touch> decided;
        agenda.decide(due, decided);
        // One look from nothing but facts and history.
        const auto once = decide(rules, person, history, from, due);
        RC_ASSERT(once.size() == decided.size());
        for (std::size_t i = 0; i < once.size(); ++i) RC_ASSERT(same(once[i], decided[i]));
        for (const auto& touch : decided) {
            history.touches.push_back(touch);
            if (touch.outcome != Outcome::sent) continue;
            const auto& campaign = plan.campaigns[static_cast<std::size_t>(touch.campaign)];
            const auto local = person.zone->local(touch.at);
            sent.emplace_back(local.day, touch);
            // never in quiet hours, never before its day, never later than it may wait
            const auto& quiet = plan.quiet[static_cast<std::size_t>(touch.channel)];
            if (quiet.from > quiet.to) RC_ASSERT(local.minute < quiet.from && local.minute >= quiet.to);
            RC_ASSERT(!(quiet.days >> ((local.day + 3) % 7) & 1));
            RC_ASSERT(local.day >= touch.due_day && local.day <= touch.due_day + campaign.valid_days);
            // never after a stop, never without a basis
            RC_ASSERT(person.deceased > touch.at);
            if (campaign.stops >> static_cast<int>(Stop::sold) & 1) RC_ASSERT(person.vehicles[static_cast<std::size_t>(touch.vehicle)].sold > touch.at);
            if (campaign.purpose != Purpose::service) {
                RC_ASSERT(person.unsubscribed[static_cast<std::size_t>(campaign.purpose)] > touch.at);
                const auto basis = basis_names()[static_cast<std::size_t>(person.consent[static_cast<std::size_t>(campaign.purpose)])];
                const std::string country{static_cast<char>('A' + person.country / 26), static_cast<char>('A' + person.country % 26)};
                RC_ASSERT(network::basis_suffices(country, name_of(campaign.purpose), basis));
            }
            if (campaign.purpose == Purpose::invitation) RC_ASSERT(!person.insider);
            // the gap and every cap
            if (sent.size() > 1 && campaign.purpose != Purpose::service) RC_ASSERT(local.day - sent[sent.size() - 2].first >= plan.gap_days);
            for (const auto& cap : plan.caps) {
                if (!(cap.purposes >> static_cast<int>(campaign.purpose) & 1) || !(cap.channels >> static_cast<int>(touch.channel) & 1)) continue;
                const auto counted = std::count_if(sent.begin(), sent.end(), [&](const auto& other) {
                    return other.first > local.day - cap.days && (cap.purposes >> static_cast<int>(plan.campaigns[static_cast<std::size_t>(other.second.campaign)].purpose) & 1) && (cap.channels >> static_cast<int>(other.second.channel) & 1);
                });
                RC_ASSERT(counted <= cap.at_most);
            }
            // nothing twice
            RC_ASSERT(std::count_if(sent.begin(), sent.end(), [&](const auto& other) { return other.second.campaign == touch.campaign && other.second.vehicle == touch.vehicle && other.second.due_day == touch.due_day; }) == 1);
        }
    }
}

}  // namespace
}  // namespace verbatim::plan
