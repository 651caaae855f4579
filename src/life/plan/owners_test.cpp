// A vehicle in other hands: whose plan ends, whose begins, and at which age.
#include "life/plan/owners.h"

#include <gmock/gmock.h>

#include "life/plan/test_run.h"

namespace verbatim::plan {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using storage::Tx;

constexpr std::string_view file = R"([plan]
name = "owners"
version = "1"
languages = ["en"]
countries = ["FR"]
at = "09:00"
gap = "0 days"
[template.anniversary]
en = "A year more, {first_name}"
[template.used]
en = "Welcome to your pre-owned car, {first_name}"
[[campaign]]
id = "birthday"
name = "Birthday"
purpose = "marketing"
sender = "brand"
channel = ["mail"]
consent = ["yes"]
template = "anniversary"
trigger = { date = "registration", every = "1 year", first = 1, last = 9 }
stop = ["sold", "unsubscribed", "deceased"]
[[campaign]]
id = "old_enough"
name = "Old enough"
purpose = "marketing"
sender = "brand"
channel = ["mail"]
consent = ["yes"]
template = "used"
trigger = { event = "delivery", after = "1 day" }
when.vehicle.use = "used"
when.vehicle.age_months = { from = 30, to = 40 }
stop = ["sold", "unsubscribed", "deceased"]
)";
constexpr std::string_view vin = "VF1DDDD0000000042";

// The first one registered the vehicle three years ago, on 10 January 2024.
class Owners : public RunningPlan {
protected:
    void SetUp() override {
        RunningPlan::SetUp();
        if (!db) return;
        run.emplace(*db, clock, Sources{}, RunOptions{"Aurelle", "https://reviews.example"});
        ASSERT_TRUE(run->publish(Actor::system("test"), file, 0));
    }
    std::string person(const std::string& number, const std::string& email) {
        return db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = number, one.first_name = "Kim", one.last_name = "N" + number, one.email = email, one.locale = "en-FR", one.country = "FR";
            return keep_person(tx, one);
        });
    }
    void lived(const std::string& who, std::string_view kind, const std::string& day, const std::string& registered = {}) {
        db->write([&](Tx& tx) {
            experiences::Experience e;
            e.id = "E" + std::to_string(++count), e.kind = kind, e.occurred_on = day, e.site = "LAKE", e.customer = who, e.vin = vin, e.registered_on = registered, e.country = "FR", e.imported_at = clock.now();
            experiences::keep(tx, e);
        });
    }
    void days(int many) {
        for (int day = 0; day < many; ++day) clock.advance(one_day), run->look();
    }
    // "campaign outcome", oldest first.
    std::vector<std::string> decided(const std::string& who) {
        std::vector<std::string> all;
        db->read([&](Tx& tx) {
            for (const auto& one : touchpoints_of_customer(tx, who, 100)) all.insert(all.begin(), one.campaign + " " + one.outcome);
        });
        return all;
    }
    int count = 0;
};

TEST_P(Owners, the_plan_of_who_had_it_ends_and_the_new_one_begins_at_its_age) {
    const auto first = person("1", "kim1@example.org"), second = person("2", "kim2@example.org");
    lived(first, "delivery", "2024-01-10", "2024-01-10");
    run->look();
    lived(second, "used_car", "2027-01-05");  // nobody says when it was registered
    days(10);
    EXPECT_THAT(decided(first), Contains("birthday sold"));
    EXPECT_THAT(decided(first), ::testing::Not(Contains("birthday sent")));
    // The third birthday is the new owner's, and the vehicle is used and three years old.
    EXPECT_THAT(decided(second), ElementsAre("old_enough sent", "birthday sent"));
}

TEST_P(Owners, without_a_sale_it_goes_on) {
    const auto first = person("1", "kim1@example.org");
    lived(first, "delivery", "2024-01-10", "2024-01-10");
    days(10);
    EXPECT_THAT(decided(first), ElementsAre("birthday sent"));
}

TEST_P(Owners, a_workshop_visit_by_a_stranger_says_so_too_and_by_the_same_household_does_not) {
    const auto first = person("1", "home@example.org"), spouse = person("2", "home@example.org");
    lived(first, "delivery", "2024-01-10", "2024-01-10");
    lived(spouse, "workshop", "2026-12-28");
    days(10);
    EXPECT_THAT(decided(first), ElementsAre("birthday sent"));
    const auto stranger = person("3", "kim3@example.org");
    lived(stranger, "workshop", "2027-01-13");
    days(370);
    EXPECT_THAT(decided(first), Contains("birthday sold"));
    EXPECT_THAT(decided(spouse), ::testing::Not(Contains("birthday sent")));
    EXPECT_THAT(decided(stranger), Contains("birthday sent"));
}

TEST_P(Owners, who_comes_with_it_again_has_it_again_and_the_order_of_import_does_not_matter) {
    const auto first = person("1", "kim1@example.org"), second = person("2", "kim2@example.org");
    lived(second, "workshop", "2026-12-01");  // a friend drove it there
    run->look();
    lived(first, "workshop", "2026-12-20");
    lived(first, "delivery", "2024-01-10", "2024-01-10");
    days(10);
    EXPECT_THAT(decided(first), ElementsAre("birthday sent"));
    EXPECT_THAT(decided(second), ::testing::Not(Contains("birthday sent")));
}

INSTANTIATE_TEST_SUITE_P(Both, Owners, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::plan
