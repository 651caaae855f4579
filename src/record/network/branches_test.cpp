#include "record/network/branches.h"

#include <algorithm>

#include "engine/intake/test_database.h"

namespace verbatim::network {
namespace {

using intake::both_engines;
using intake::engine_name;
using storage::Sql;
using storage::Tx;

constexpr Sql all_rows("SELECT branch || ' ' || subject FROM branch_subject");

class Branches : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (db) db->migrate(migrations());
    }
    static Site site(const std::string& code, const std::string& country, const std::string& group, const std::string& dealer) {
        Site one;
        one.code = one.name = code;
        one.country = country;
        one.group = group;
        one.dealer = dealer;
        return one;
    }
    static Product product(const std::string& code, const std::string& parent) {
        Product one;
        one.code = one.name = code;
        one.kind = parent.empty() ? "model" : "version";
        one.parent = parent;
        return one;
    }
    static Person person(const std::string& email, const std::string& role, const std::string& scope) {
        Person one;
        one.email = one.name = email;
        one.role = role;
        one.scope = scope;
        return one;
    }
    std::vector<std::string> rows() {
        auto all = db->read([](Tx& tx) { return tx.rows<std::string>(all_rows); });
        std::sort(all.begin(), all.end());
        return all;
    }
    std::string adviser(const std::string& email) {
        return "adviser:" + std::to_string(db->read([&](Tx& tx) { return people_by_email(tx, email).at(0).id; }));
    }
    bool reached(std::string_view branch, std::string_view subject) {
        return db->read([&](Tx& tx) { return reaches(tx, branch, subject); });
    }
    bool within(std::string_view outer, std::string_view inner) {
        return db->read([&](Tx& tx) { return contains(tx, outer, inner); });
    }
};

INSTANTIATE_TEST_SUITE_P(Both, Branches, both_engines, engine_name);

TEST_P(Branches, AreKeptWithWhatIsStored) {
    db->write([](Tx& tx) {
        store(tx, 1, site("FR1", "FR", "NORD", "Lac SARL"));
        store(tx, person("ann@x.example", "adviser", "FR1"));
        store(tx, 1, product("M", ""));
        store(tx, 1, product("M-V", "M"));
        create_site(tx, 1, "BARE", "bare");
    });
    const auto ann = adviser("ann@x.example");
    std::vector<std::string> wanted = {"* site:BARE", "site:BARE site:BARE", "* product:M", "* product:M-V", "product:M product:M", "product:M product:M-V", "product:M-V product:M-V",
                                       ann + " " + ann};
    for (const auto& subject : {std::string("site:FR1"), ann})
        for (const char* branch : {"*", "site:FR1", "country:FR", "group:NORD", "dealer:Lac SARL"}) wanted.push_back(branch + (" " + subject));
    std::sort(wanted.begin(), wanted.end());
    EXPECT_EQ(rows(), wanted);

    // The site moves to another country and group; its adviser goes with it, and nobody else sees him.
    db->write([](Tx& tx) { store(tx, 2, site("FR1", "BE", "SUED", "")); });
    EXPECT_FALSE(reached("country:FR", "site:FR1"));
    EXPECT_FALSE(reached("country:FR", ann));
    EXPECT_FALSE(reached("dealer:Lac SARL", ann));
    EXPECT_TRUE(reached("country:BE", ann));
    EXPECT_TRUE(reached("group:SUED", "site:FR1"));
    EXPECT_TRUE(reached(ann, ann));
    EXPECT_FALSE(reached(ann, "site:FR1")) << "an adviser reaches himself";
}

TEST_P(Branches, DrillingDownStaysInside) {
    db->write([](Tx& tx) {
        store(tx, 1, site("FR1", "FR", "NORD", "A"));
        store(tx, 1, site("FR2", "FR", "WEST", "A"));
        store(tx, 1, site("BE1", "BE", "NORD", "A"));
        store(tx, 1, product("M", ""));
        store(tx, 1, product("M-V", "M"));
    });
    EXPECT_TRUE(within("*", "country:FR"));
    EXPECT_TRUE(within("country:FR", "site:FR2"));
    EXPECT_TRUE(within("country:FR", "group:WEST"));
    EXPECT_FALSE(within("country:FR", "group:NORD")) << "it has a site in Belgium";
    EXPECT_FALSE(within("country:FR", "*"));
    EXPECT_FALSE(within("country:FR", "site:BE1"));
    EXPECT_FALSE(within("*", "site:NONE")) << "what does not exist";
    EXPECT_TRUE(within("product:M", "product:M-V"));
    EXPECT_FALSE(within("product:M-V", "product:M"));
    EXPECT_FALSE(within("country:FR", "product:M"));
    EXPECT_FALSE(within("", ""));
    db->read([](Tx& tx) {
        EXPECT_EQ(narrowed(tx, "country:FR", ""), "country:FR");
        EXPECT_EQ(narrowed(tx, "country:FR", "site:FR1"), "site:FR1");
        EXPECT_EQ(narrowed(tx, "country:FR", "site:BE1"), std::nullopt);
    });
}

TEST(BranchOf, SaysWhatARoleReaches) {
    const auto branch = [](const char* role, const char* scope) { return branch_of({ActorKind::staff, "x@y.example", role, scope}); };
    EXPECT_EQ(branch("hq", "*"), "*");
    EXPECT_EQ(branch("site", "FR"), "site:FR") << "a site may be called like a country";
    EXPECT_EQ(branch("country", "FR"), "country:FR");
    EXPECT_EQ(branch("group", "NORD"), "group:NORD");
    EXPECT_EQ(branch("group", "dealer:Lac SARL"), "dealer:Lac SARL");
    EXPECT_EQ(branch("product", "M"), "product:M");
    EXPECT_EQ(branch("agent", "FR"), "country:FR");
    EXPECT_EQ(branch("agent", "FR-NAN"), "site:FR-NAN");
    EXPECT_EQ(branch("adviser", "17"), "adviser:17");
    EXPECT_EQ(branch("adviser", "FR-NAN"), "") << "never his site's";
    EXPECT_EQ(branch("hq", ""), "");
    EXPECT_EQ(branch_of(Actor::visitor()), "");
    EXPECT_EQ(branch_of(Actor::customer("*")), "");
}

// What stood in the tables before there were branches is placed by the migration, as store() would have.
TEST_P(Branches, AnOlderPlatformIsPlaced) {
    db->write([](Tx& tx) {
        store(tx, 1, site("FR1", "FR", "NORD", "A"));
        store(tx, 1, site("BE1", "BE", "", ""));
        store(tx, 1, product("M", ""));
        store(tx, 1, product("M-V", "M"));
        store(tx, person("ann@x.example", "adviser", "FR1"));
        store(tx, person("all@x.example", "adviser", "*"));
    });
    const auto stored = rows();
    for (const auto& [email, branch] : db->read([](Tx& tx) { return tx.rows<std::string, std::string>("SELECT email, branch FROM person"); })) EXPECT_EQ(branch, adviser(email));
    const storage::Migration again[] = {{"again", 1, "the same, made anew", migrations()[1].sql}};
    db->write([](Tx& tx) { tx.exec(Sql("DROP TABLE branch_subject")); });
    db->migrate(again);
    EXPECT_EQ(rows(), stored);
}

}  // namespace
}  // namespace verbatim::network
