#include "life/plan/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "life/plan/default_plan.h"
#include "life/plan/words.h"

namespace verbatim::plan {
namespace {

using testing::HasSubstr;

// A small good plan; each test changes one line of it.
constexpr std::string_view good = R"([plan]
name = "small"
version = "1"
languages = ["en", "fr"]
countries = ["FR", "DE"]
[values]
models = ["ARIETTA"]
[quiet]
from = "20:00"
to = "08:00"
[template.one]
en = "Hello {first_name}"
fr = "Bonjour {first_name}"
[[campaign]]
id = "sale"
name = "Sale"
purpose = "invitation"
asks = "sale"
sender = "both"
template = "one"
channel = ["mail", "sms"]
consent = ["yes", "soft_optin", "legitimate_interest"]
trigger = { event = "order", after = "14 days" }
stop = ["unsubscribed", "deceased"]
goal = { event = "review", within = "30 days" }
[[campaign]]
id = "offer"
name = "Offer"
purpose = "marketing"
sender = "brand"
template = "one"
channel = "mail"
consent = ["yes", "soft_optin"]
trigger = { date = "registration", every = "1 year", first = 2, last = 3, before = "30 days" }
when.vehicle.age_months = { from = 12 }
stop = ["sold", "unsubscribed", "deceased"]
)";

std::string with(std::string_view from, std::string_view to) {
    std::string text(good);
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}
std::string also(std::string_view more) { return std::string(good) + std::string(more); }

std::string faults_of(std::string_view text) {
    std::string all;
    for (const auto& fault : read_plan(text).faults) all += std::to_string(fault.line) + ": " + fault.message + "\n";
    return all;
}

TEST(ReadPlan, TheSmallPlanIsGood) {
    EXPECT_EQ(faults_of(good), "");
    const auto plan = read_plan(good).plan;
    ASSERT_EQ(plan.campaigns.size(), 2u);
    EXPECT_EQ(plan.campaigns[1].trigger.every_months, 12);
    EXPECT_EQ(plan.campaigns[1].trigger.after.days, -30);
    EXPECT_EQ(plan.campaigns[0].channels, (std::vector{Channel::mail, Channel::sms}));
}

TEST(ReadPlan, TheDefaultPlanIsGoodAndHasThirtyCampaignsInEightLanguages) {
    const auto reading = read_plan(default_plan());
    for (const auto& fault : reading.faults) ADD_FAILURE() << fault.line << ": " << fault.message;
    EXPECT_EQ(reading.plan.campaigns.size(), 30u);
    EXPECT_EQ(reading.plan.languages.size(), 8u);
    EXPECT_EQ(reading.plan.countries.size(), 20u);
    for (const auto& one : reading.plan.templates) EXPECT_EQ(one.subjects.size(), 8u) << one.name;
}

TEST(ReadPlan, NamesEveryMistakeWithItsLineAndTheNearWord) {
    const struct {
        std::string_view from, to, said;
    } mistakes[] = {
        {"sender = \"both\"", "sendr = \"both\"", "19: [[campaign]] has no key \"sendr\"; did you mean \"sender\"?"},
        {"sender = \"both\"", "sendr = \"both\"", "14: a campaign needs sender"},
        {"purpose = \"invitation\"", "purpose = \"invitaton\"", "17: purpose \"invitaton\" is not known; did you mean \"invitation\"?"},
        {"after = \"14 days\"", "after = 14", "23: after must be a text, not a whole number"},
        {"after = \"14 days\"", "after = \"14 d\"", "23: after \"14 d\" is no length of time"},
        {"event = \"order\"", "event = \"ordr\"", "did you mean \"order\"?"},
        {"event = \"order\", ", "", "a trigger has exactly one of"},
        {"from = \"20:00\"", "from = \"24:00\"", "9: from \"24:00\" is no time of day"},
        {"age_months = { from = 12 }", "age_month = { from = 12 }", "35: there is no field \"vehicle.age_month\"; did you mean \"age_months\"?"},
        {"age_months = { from = 12 }", "age_months = { from = 900 }", "from must lie in 0..600"},
        {"age_months = { from = 12 }", "model = \"ARIETA\"", "35: vehicle.model: \"ARIETA\" is not among [values] models; did you mean \"ARIETTA\"?"},
        {"age_months = { from = 12 }", "energy = [\"steam\"]", "\"steam\" is not known; there are petrol, diesel"},
        {"age_months = { from = 12 }", "contract = \"yes\"", "contract must be true or false, not a text"},
        {"id = \"offer\"", "id = \"sale\"", "27: id \"sale\" is taken by the campaign in line 14"},
        {"id = \"offer\"", "id = \"Offer\"", "small letters"},
        {"template = \"one\"", "template = \"onee\"", "20: there is no template \"onee\"; did you mean \"one\"?"},
        {"fr = \"Bonjour {first_name}\"\n", "", "11: template one is missing in fr (campaign sale)"},
        {"Bonjour {first_name}", "Bonjour {prenom}", "13: template one: {prenom} is not known"},
        {"fr = \"Bonjour", "it = \"Ciao", "13: template one: \"it\" is none of the plan's languages"},
        {"[\"FR\", \"DE\"]", "[\"FR\", \"QQ\"]", "5: countries: \"QQ\" is no country"},
        {"channel = [\"mail\", \"sms\"]", "channel = [\"mail\", \"mail\"]", "channel names \"mail\" twice"},
        {"channel = [\"mail\", \"sms\"]", "channel = [\"mail\", 3]", "channel must hold texts, not a whole number"},
        {"first = 2, last = 3", "first = 3, last = 2", "last is before first"},
        {"[quiet]", "[quiet]\nmail = { days = [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\", \"saturday\", \"sunday\"] }", "quiet on all seven days"},
        {"sender = \"both\"", "sender = \"both\"\nat = \"21:00\"", "at lies in the quiet hours of mail"},
        {"sender = \"both\"", "sender = \"both\"\npriority = 0", "priority must lie in 1..100"},
        {"[quiet]", "[quiett]", "8: the file has no key \"quiett\"; did you mean \"quiet\"?"},
        {"[plan]", "[plan", "1: "},
    };
    for (const auto& one : mistakes) EXPECT_THAT(faults_of(with(one.from, one.to)), HasSubstr(one.said)) << one.to;
}

TEST(ReadPlan, ConditionsThatCanNeverHoldAndCampaignsThatCanNeverFire) {
    const struct {
        std::string_view from, to, said;
    } mistakes[] = {
        {"age_months = { from = 12 }", "age_months = { from = 30, to = 12 }", "35: vehicle.age_months can never hold: from 30 is above to 12"},
        {"age_months = { from = 12 }", "age_months = { from = 60 }", "the campaign can never fire: vehicle.age_months 60..600, but the trigger comes when it is 22..36 months old"},
        {"when.vehicle.age_months = { from = 12 }", "when.vehicle.energy = [\"diesel\"]\nunless.vehicle.energy = [\"diesel\", \"petrol\"]", "36: vehicle.energy can never hold: unless forbids all that when asks for"},
        {"age_months = { from = 12 }", "equipment = { has = [\"tow_bar\"], lacks = [\"tow_bar\"] }", "can never hold: it names the same under has and lacks"},
        {"when.vehicle.age_months = { from = 12 }", "unless.person.country = [\"FR\", \"DE\"]", "no country of the plan is left"},
        {"{ date = \"registration\", every = \"1 year\", first = 2, last = 3, before = \"30 days\" }", "{ campaign = \"offer\", after = \"3 days\" }", "34: the campaign can never fire: it waits for itself"},
        {"{ date = \"registration\", every = \"1 year\", first = 2, last = 3, before = \"30 days\" }", "{ inactive = \"18 months\", since = \"service\" }\nwhen.history.months_since_service = { to = 6 }", "but the trigger comes 17..19 months after the last service"},
        {"{ date = \"registration\", every = \"1 year\", first = 2, last = 3, before = \"30 days\" }", "{ campaign = \"sale\", unanswered = true, after = \"3 days\" }\nwhen.history.received = { has = \"offer\" , lacks = \"offer\"}", "names the same under has and lacks"},
    };
    for (const auto& one : mistakes) EXPECT_THAT(faults_of(with(one.from, one.to)), HasSubstr(one.said)) << one.to;
    // What waits for what never fires never fires.
    const auto chain = also(R"([[campaign]]
id = "never"
name = "Never"
purpose = "service"
sender = "brand"
template = "one"
channel = "mail"
trigger = { event = "order", after = "1 day" }
when.vehicle.age_months = { from = 2, to = 1 }
stop = ["deceased"]
[[campaign]]
id = "after"
name = "After"
purpose = "service"
sender = "brand"
template = "one"
channel = "mail"
trigger = { campaign = "never", after = "1 day" }
stop = ["deceased"]
)");
    EXPECT_THAT(faults_of(chain), HasSubstr("54: the campaign can never fire: never never does"));
    EXPECT_THAT(faults_of(also(good.substr(good.find("[[campaign]]\nid = \"offer\"")))), HasSubstr("reaches the same people on the same day as campaign offer in line 26"));
}

TEST(ReadPlan, VariantsNeedARuleToEndAndAGoal) {
    const auto variants = [](std::string_view more) { return with("template = \"one\"\nchannel = \"mail\"", "channel = \"mail\"\n" + std::string(more)); };
    EXPECT_EQ(faults_of(variants("variant = [{ id = \"a\", share = 50, template = \"one\" }, { id = \"b\", share = 50, template = \"one\" }]\nstopping = { alpha = 0.05 }\ngoal = { event = \"order\", within = \"90 days\" }")), "");
    const auto bare = faults_of(variants("variant = [{ id = \"a\", share = 50, template = \"one\" }, { id = \"a\", share = 40, template = \"one\" }]"));
    for (const auto said : {"two variants are called \"a\"", "make 90, not 100", "variants need stopping", "variants need a goal"}) EXPECT_THAT(bare, HasSubstr(said));
    EXPECT_THAT(faults_of(variants("stopping = { alpha = 0.5 }")), HasSubstr("alpha must lie in 0.001..0.1"));
}

// ---- the law

TEST(PlanLaw, EML4_EverythingButServiceStopsForUnsubscribed) {
    EXPECT_THAT(faults_of(with("stop = [\"unsubscribed\", \"deceased\"]", "stop = [\"deceased\"]")), HasSubstr("24: EML-4: purpose invitation must stop for unsubscribed"));
    EXPECT_THAT(faults_of(with("stop = [\"sold\", \"unsubscribed\", \"deceased\"]", "stop = [\"sold\", \"unsubscribed\"]")), HasSubstr("stop must name deceased"));
}

TEST(PlanLaw, EML10_AnOrderIsNotAServiceGoal) {
    const auto service = with("purpose = \"marketing\"\nsender = \"brand\"\ntemplate = \"one\"\nchannel = \"mail\"\nconsent = [\"yes\", \"soft_optin\"]",
                              "purpose = \"service\"\nsender = \"brand\"\ntemplate = \"one\"\nchannel = \"mail\"\ngoal = { event = \"order\", within = \"60 days\" }");
    EXPECT_THAT(faults_of(service), HasSubstr("EML-10: a message that aims at an order is marketing"));
}

TEST(ReadPlan, AClickMayBeAGoalButNothingWaitsForOne) {
    const auto clicks = with("goal = { event = \"review\"", "goal = { event = \"click\"");
    EXPECT_EQ(faults_of(clicks), "");
    EXPECT_EQ(name_of(*read_plan(clicks).plan.campaigns[0].goal), "click");
    EXPECT_EQ(name_of(*read_plan(good).plan.campaigns[0].goal), "review");
    EXPECT_THAT(faults_of(with("event = \"review\", within", "event = \"klick\", within")), HasSubstr("did you mean \"click\"?"));
    EXPECT_THAT(faults_of(with("event = \"review\", within", "event = \"registration\", within")), HasSubstr("is not known"));
    EXPECT_THAT(faults_of(clicks + "[[campaign]]\nid = \"again\"\nname = \"Again\"\npurpose = \"invitation\"\nasks = \"sale\"\nsender = \"both\"\ntemplate = \"one\"\nchannel = \"mail\"\nconsent = \"yes\"\n"
                                   "trigger = { campaign = \"sale\", after = \"7 days\", unanswered = true }\nstop = [\"unsubscribed\", \"deceased\"]\n"),
                HasSubstr("unanswered waits for something that happens"));
}

TEST(PlanLaw, EML11_OpensOnlyWithSeparateConsent) {
    EXPECT_THAT(faults_of(also("opens = true\n")), HasSubstr("37: EML-11: opens = true needs when.consent.tracking"));
    EXPECT_EQ(faults_of(also("opens = true\nwhen.consent.tracking = \"yes\"\n")), "");
    EXPECT_THAT(faults_of(with("purpose = \"marketing\"", "purpose = \"service\"\nopens = true\nwhen.consent.tracking = \"yes\"")), HasSubstr("EML-11: opens = true needs a letter in which the consent can be taken back"));
}

TEST(PlanLaw, GDP1_MarketingWithoutConsent) {
    EXPECT_THAT(faults_of(with("consent = [\"yes\", \"soft_optin\"]\n", "")), HasSubstr("GDP-1: purpose marketing without consent"));
    EXPECT_THAT(faults_of(with("consent = [\"yes\", \"soft_optin\"]\n", "consent = [\"legitimate_interest\"]\n")), HasSubstr("GDP-1: no basis named in consent suffices for marketing in FR, DE: the campaign can never fire"));
}

TEST(PlanLaw, INC1_NoRewardAndNoInvitationByOpinion) {
    EXPECT_THAT(faults_of(with("event = \"order\"", "event = \"review\", score = { from = 4 }")), HasSubstr("COL-7: who is invited may not hang on an opinion already known"));
    EXPECT_THAT(faults_of(with("sender = \"both\"", "sender = \"both\"\nwhen.history.last_score = 5\nreward = { kind = \"draw\", disclosed = true }")), HasSubstr("20: INC-1: who is invited may not hang on an opinion"));
    EXPECT_THAT(faults_of(with("asks = \"sale\"", "asks = \"vehicle\"\nreward = { kind = \"voucher\", disclosed = true }")), HasSubstr("19: INC-1: a voucher for every review buys it"));
    EXPECT_THAT(faults_of(with("stop = [\"unsubscribed\"", "stop = [\"complaint_open\", \"unsubscribed\"")), HasSubstr("COL-7: an invitation may not stop for complaint_open"));
}

TEST(PlanLaw, INC2_ARewardIsTold) {
    EXPECT_THAT(faults_of(with("asks = \"sale\"", "asks = \"vehicle\"\nreward = { kind = \"draw\" }")), HasSubstr("INC-2: a reward must be told"));
    EXPECT_EQ(faults_of(with("asks = \"sale\"", "asks = \"vehicle\"\nreward = { kind = \"draw\", disclosed = true }")), "");
}

TEST(PlanLaw, INC3_ReviewsOfDealersAreNotRewarded) {
    EXPECT_THAT(faults_of(with("asks = \"sale\"", "asks = \"sale\"\nreward = { kind = \"draw\", disclosed = true }")), HasSubstr("19: INC-3: reviews of a dealer may not be rewarded"));
}

TEST(PlanLaw, INC4_PeopleOfTheHouseAreNotAsked) {
    EXPECT_THAT(faults_of(with("sender = \"both\"", "sender = \"both\"\nwhen.person.insider = true")), HasSubstr("20: INC-4: people of the house"));
}

TEST(PlanLaw, INC5_NoSubjectLeadsTheAuthor) {
    EXPECT_THAT(faults_of(with("Bonjour {first_name}", "Donnez-nous CINQ ÉTOILES")), HasSubstr("13: INC-5: \"cinq étoiles\" leads the author"));
    EXPECT_THAT(faults_of(with("Hello {first_name}", "A 5-star visit?")), HasSubstr("12: INC-5: \"5-star\""));
    EXPECT_EQ(leading_words("How was your visit?"), "");
}

TEST(PlanLaw, INC6_InGermanyAnInvitationNeedsConsentOrSoftOptIn) {
    const auto interest = with("consent = [\"yes\", \"soft_optin\", \"legitimate_interest\"]", "consent = [\"legitimate_interest\"]");
    EXPECT_THAT(faults_of(interest), HasSubstr("22: INC-6: no basis named in consent suffices for invitation in DE"));
    EXPECT_EQ(faults_of(interest.substr(0, interest.find("stop =")) + "unless.person.country = \"DE\"\n" + interest.substr(interest.find("stop ="))), "");
}

}  // namespace
}  // namespace verbatim::plan
