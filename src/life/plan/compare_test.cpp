#include "life/plan/compare.h"

#include <gmock/gmock.h>

#include "life/plan/default_plan.h"

namespace verbatim::plan {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> told(std::string_view a, std::string_view b) {
    std::vector<std::string> all;
    const auto changes = compare(a, b);
    for (const auto& one : *changes) all.push_back(one.part + "|" + one.key + "|" + one.before + "|" + one.after);
    return all;
}

TEST(Compare, a_plan_is_as_itself) { EXPECT_TRUE(compare(default_plan(), default_plan())->empty()); }

TEST(Compare, names_what_changed_campaign_by_campaign) {
    EXPECT_THAT(told("[[campaign]]\nid = \"a\"\npriority = 1\ntrigger = { event = \"order\", after = \"7 days\" }\n[[campaign]]\nid = \"b\"\n",
                     "[[campaign]]\nid = \"c\"\n[[campaign]]\nid = \"a\"\nvalid = \"3 days\"\ntrigger = { event = \"order\", after = \"3 days\" }\n"),
                ElementsAre("campaign c|||{ id = \"c\" }", "campaign a|valid||\"3 days\"", "campaign a|trigger.after|\"7 days\"|\"3 days\"", "campaign a|priority|1|", "campaign b||{ id = \"b\" }|"));
    EXPECT_THAT(told("[template.t]\nen = \"Hello\"\n", "[template.t]\nen = \"Hi\"\n"), ElementsAre("template t|en|\"Hello\"|\"Hi\""));
}

TEST(Compare, says_which_file_is_none) {
    EXPECT_EQ(compare("[", "").error().field, "a");
    EXPECT_EQ(compare("", "[").error().field, "b");
}

}  // namespace
}  // namespace verbatim::plan
