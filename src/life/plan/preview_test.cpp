#include "life/plan/preview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "ground/base/calendar.h"
#include "life/plan/default_plan.h"
#include "life/plan/read.h"

namespace verbatim::plan {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string shown(std::string person, std::vector<std::string> events = {}, int years = 10) {
    static const Rules rules(read_plan(default_plan()).plan);
    std::ostringstream out;
    const auto done = preview(rules, {std::move(person), std::move(events), years}, midnight({2027, 1, 1}) / one_day, out);
    return done ? out.str() : "refused: " + done.error().message;
}

TEST(Preview, TellsTheWeeksAfterTheOrder) {
    const auto life = shown("country=FR,order=2027-01-15,energy=electric");
    EXPECT_THAT(life, HasSubstr("2027-01-15 12:00  * order\n"));
    EXPECT_THAT(life, HasSubstr("2027-01-22 10:00  welcome  mail from both  \"Votre {model} arrive : services et accessoires pour l'accueillir\"\n"));
    EXPECT_THAT(life, HasSubstr("2027-01-29 10:00  invitation_sale  mail from both"));
    EXPECT_THAT(life, HasSubstr("charging_box  mail from dealer"));
    EXPECT_THAT(life, Not(HasSubstr("tenth_service  mail")));  // the tenth comes after these ten years
    EXPECT_THAT(shown("country=FR,order=2027-01-15", {}, 11), HasSubstr("tenth_service  mail from both"));
    EXPECT_THAT(shown("country=FR,order=2027-01-15,energy=diesel"), HasSubstr("not charging_box: condition in line "));
}

TEST(Preview, TellsWhyNot) {
    EXPECT_THAT(shown("country=DE,invitation=legitimate_interest"), HasSubstr("not invitation_sale: no_basis"));
    EXPECT_THAT(shown("country=FR,invitation=legitimate_interest"), HasSubstr("invitation_sale  mail from both"));
    EXPECT_THAT(shown("country=FR,sold=2028-01-01"), HasSubstr("sold"));
    EXPECT_THAT(shown("country=FR,channels=paper"), HasSubstr("welcome  paper from both"));
    EXPECT_THAT(shown("country=FR", {"2027-01-20 review 5"}), HasSubstr("* review 5"));
}

TEST(Preview, NamesWhatItDoesNotKnow) {
    EXPECT_THAT(shown("contry=FR"), HasSubstr("did you mean \"country\"?"));
    EXPECT_THAT(shown("energy=steam"), HasSubstr("\"steam\" is not known"));
    EXPECT_THAT(shown("order=tomorrow"), HasSubstr("order takes a day"));
    EXPECT_THAT(shown("", {"2027-01-20 recal"}), HasSubstr("did you mean \"recall\"?"));
    EXPECT_THAT(shown("", {"2027-01-20 review"}), HasSubstr("a review has a score"));
}

}  // namespace
}  // namespace verbatim::plan
