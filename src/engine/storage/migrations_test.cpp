#include <filesystem>

#include "engine/storage/conformance.h"
#include "engine/storage/engines.h"

namespace verbatim::storage {
namespace {

constexpr Migration first[] = {{"shop", 1, "cars", "CREATE TABLE car (id SERIAL_KEY, name TEXT NOT NULL);\nINSERT INTO car (name) VALUES ('one')"}};
constexpr Migration second[] = {first[0],
                                {"shop", 2, "colours", "ALTER TABLE car ADD COLUMN colour TEXT NOT NULL DEFAULT 'none BLOB'"},
                                {"garage", 1, "visits", {"CREATE TABLE visit (id SERIAL_KEY, at INTEGER)", "CREATE TABLE visit (id SERIAL_KEY, at BIGINT)"}}};
constexpr Migration broken[] = {second[0], second[1], {"shop", 3, "half", "CREATE TABLE half (id SERIAL_KEY);\nCREATE TABLE car (id SERIAL_KEY)"}};

class Migrations : public OnBothEngines {};
VERBATIM_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, ApplyWhatIsMissingOnce) {
    db->migrate(first);
    db->migrate(first);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.rows<std::string>("SELECT name FROM car"); }), (std::vector<std::string>{"one"}));
    db->migrate(second);
    db->migrate(second);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::string>("SELECT colour FROM car"); }), "none BLOB");
    const auto applied = db->read([](Tx& tx) { return tx.rows<std::string, int, std::string>("SELECT module, number, name FROM schema_migration ORDER BY module, number"); });
    EXPECT_EQ(applied, (std::vector<std::tuple<std::string, int, std::string>>{{"garage", 1, "visits"}, {"shop", 1, "cars"}, {"shop", 2, "colours"}}));
}

TEST_P(Migrations, AFailedStepLeavesTheOnesBefore) {
    try {
        db->migrate(broken);
        FAIL() << "the second table of that name must be refused";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string(failure.what()).find("shop 3 (half)"), std::string::npos) << failure.what();
    }
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<int>("SELECT max(number) FROM schema_migration WHERE module = 'shop'"); }), 2);
    EXPECT_THROW(db->read([](Tx& tx) { return tx.rows<int>("SELECT id FROM half"); }), Failure);
    db->migrate(second);
}

TEST_P(Migrations, ANewerDatabaseIsRefused) {
    db->migrate(second);
    try {
        db->migrate(first);
        FAIL() << "the program knows less than the database";
    } catch (const Failure& failure) {
        EXPECT_NE(std::string(failure.what()).find("newer"), std::string::npos);
        EXPECT_NE(std::string(failure.what()).find("shop"), std::string::npos);
    }
}

TEST_P(Migrations, GapsAreAProgrammersError) {
    constexpr Migration gap[] = {first[0], {"shop", 3, "later", "CREATE TABLE late (id SERIAL_KEY)"}};
    EXPECT_THROW(db->migrate(gap), std::logic_error);
}

TEST(SqliteMigrations, TheFileIsCopiedBeforeAnUpgrade) {
    const ScratchDatabase scratch(Engine::sqlite);
    const auto db = scratch.open();
    const auto copies = [&] {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(scratch.folder())) {
            if (entry.path().string().find(".before-") != std::string::npos) names.push_back(entry.path().filename().string());
        }
        return names;
    };
    db->migrate(first);
    EXPECT_TRUE(copies().empty()) << "nothing to keep of a new file";
    db->migrate(second);
    EXPECT_EQ(copies(), (std::vector<std::string>{"scratch.db.before-shop-2"}));
    db->migrate(second);
    EXPECT_EQ(copies().size(), 1u);
    const std::string path = scratch.folder() + "/scratch.db.before-shop-2";
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto old = Db::open("sqlite:" + path);
    old->migrate(first);  // the older program runs on it
    EXPECT_EQ(old->read([](Tx& tx) { return tx.value<std::string>("SELECT name FROM car"); }), "one");
    EXPECT_THROW(old->read([](Tx& tx) { return tx.rows<std::string>("SELECT colour FROM car"); }), Failure);
}

TEST(SqliteMigrations, ATableOthersPointAtIsRebuilt) {
    const ScratchDatabase scratch(Engine::sqlite);
    const auto db = scratch.open();
    constexpr Migration pointed[] = {{"tree", 1, "leaves",
                                      "CREATE TABLE branch (id SERIAL_KEY, name TEXT);\nCREATE TABLE leaf (id SERIAL_KEY, branch BIGINT NOT NULL REFERENCES branch (id));\n"
                                      "INSERT INTO branch (id, name) VALUES (1, 'b');\nINSERT INTO leaf (branch) VALUES (1)"},
                                     {"tree", 2, "strict names",
                                      "CREATE TABLE branch_new (id SERIAL_KEY, name TEXT NOT NULL);\nINSERT INTO branch_new SELECT * FROM branch;\n"
                                      "DROP TABLE branch;\nALTER TABLE branch_new RENAME TO branch"},
                                     {"tree", 3, "a lost branch", "DELETE FROM branch"}};
    db->migrate(std::span(pointed).first(2));
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM leaf JOIN branch ON branch.id = leaf.branch"); }), 1);
    EXPECT_THROW(db->migrate(pointed), Failure) << "a migration that leaves rows pointing nowhere";
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM branch"); }), 1);
}

TEST(Dialect, ReplacesWholeWordsOutsideQuotesAndComments) {
    constexpr const char* text =
        "CREATE TABLE t (id SERIAL_KEY, a BLOB, BLOB_b TEXT, \"BLOB\" TEXT DEFAULT 'a BLOB''s BLOB'); -- the BLOB's comment\n/* BLOB */ BLOB";
    EXPECT_EQ(in_dialect(text, Engine::postgresql),
              "CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a BYTEA, BLOB_b TEXT, \"BLOB\" TEXT DEFAULT 'a BLOB''s BLOB'); -- the BLOB's comment\n"
              "/* BLOB */ BYTEA");
    EXPECT_EQ(in_dialect("id SERIAL_KEY, a BLOB", Engine::sqlite), "id INTEGER PRIMARY KEY, a BLOB");
    EXPECT_EQ(in_dialect("'unclosed BLOB", Engine::postgresql), "'unclosed BLOB");
}

TEST(Open, SaysWhatToDo) {
    const ScratchDatabase scratch(Engine::sqlite);
    EXPECT_THROW(Db::open("mysql://x"), Failure);
    EXPECT_THROW(Db::open("sqlite:"), Failure);
    EXPECT_THROW(Db::open(scratch.url()), Failure) << "missing, and not to be made";
    EXPECT_FALSE(std::filesystem::exists(scratch.folder() + "/scratch.db"));
    EXPECT_THROW(Db::open("postgresql://nobody@127.0.0.1:1/none"), Failure);
    EXPECT_THROW(Db::open("sqlite:" + scratch.folder()), Failure) << "a folder is no database";
    EXPECT_FALSE(std::filesystem::exists(scratch.folder() + ".wake"));
}

}  // namespace
}  // namespace verbatim::storage
