#include "record/access/permissions.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "record/network/network.h"

namespace verbatim::access {
namespace {

TEST(Permissions, HaveWordsOfTheirOwn) {
    std::set<std::string_view> words;
    for (const auto permission : all_permissions()) {
        EXPECT_TRUE(words.insert(to_word(permission)).second) << to_word(permission);
        EXPECT_EQ(permission_of(to_word(permission)), permission);
    }
    EXPECT_EQ(permission_of("everything"), std::nullopt);
}

TEST(Permissions, NobodyWithoutARoleMayAnything) {
    for (const auto permission : all_permissions()) {
        EXPECT_FALSE(may("", permission));
        EXPECT_FALSE(may("*", permission));
        EXPECT_FALSE(may("king", permission));
    }
}

TEST(Permissions, TheAuditorReadsAndChangesNothing) {
    for (const auto permission : {Permission::reviews_answer, Permission::cases_work, Permission::moderation_decide, Permission::settings_manage, Permission::users_manage, Permission::keys_manage,
                                  Permission::network_manage, Permission::webhooks_manage, Permission::templates_manage, Permission::findings_manage})
        EXPECT_FALSE(may("auditor", permission)) << to_word(permission);
    for (const auto permission : {Permission::reviews_read, Permission::cases_read, Permission::moderation_read, Permission::figures_read, Permission::pressure_read, Permission::trail_read,
                                  Permission::users_read, Permission::settings_read, Permission::evidence_read})
        EXPECT_TRUE(may("auditor", permission)) << to_word(permission);
}

// Whoever sits in a call centre is often of another house.
TEST(Permissions, TheCallCentreSeesWhomToCallAndNothingElseOfThePlan) {
    std::set<std::string_view> held;
    for (const auto permission : all_permissions())
        if (may("agent", permission)) held.insert(to_word(permission));
    EXPECT_EQ(held, (std::set<std::string_view>{"sign_in", "own", "network.read", "reviews.read", "cases.read", "cases.work", "events.read", "templates.read", "plan.calls"}));
}

TEST(Permissions, NobodyMakesSomebodyMightierThanHimself) {
    for (const auto role : network::roles())
        for (const auto other : network::roles()) {
            if (!may_manage_role(role, other) || role == other) continue;
            EXPECT_TRUE(may(role, Permission::users_manage)) << role;
            EXPECT_FALSE(may_manage_role(other, role)) << role << " and " << other << " each above the other";
            for (const auto further : network::roles()) {
                if (may_manage_role(other, further)) {
                    EXPECT_TRUE(may_manage_role(role, further)) << role << " > " << other << " > " << further;
                }
            }
        }
    EXPECT_FALSE(may_manage_role("hq", "admin"));
    EXPECT_FALSE(may_manage_role("hq", "auditor")) << "whom headquarters could bar would not be independent";
    EXPECT_FALSE(may_manage_role("agent", "adviser"));
}

// README "Who comes in" shows both tables as they are.
TEST(Permissions, TheReadmeShowsTheTables) {
    std::ifstream file("README.md", std::ios::binary);
    const std::string readme{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(readme.empty()) << "run from the project's folder";
    std::string heads = "|", below;
    for (const auto role : network::roles()) heads += " | " + std::string(role);
    EXPECT_NE(readme.find(heads + " |\n"), std::string::npos) << heads;
    for (const auto permission : all_permissions()) {
        auto line = "| `" + std::string(to_word(permission)) + "` | ";
        for (const auto role : network::roles()) line += std::string(may(role, permission) ? "yes" : "") + " | ";
        line.pop_back();
        EXPECT_NE(readme.find(line + "\n"), std::string::npos) << line;
    }
    for (const auto role : network::roles()) {
        std::string others;
        for (const auto other : network::roles())
            if (may_manage_role(role, other)) others += (others.empty() ? "" : ", ") + std::string(other);
        if (others.empty()) continue;
        EXPECT_NE(readme.find("| " + std::string(role) + " | " + others + " |\n"), std::string::npos) << role << ": " << others;
    }
}

}  // namespace
}  // namespace verbatim::access
