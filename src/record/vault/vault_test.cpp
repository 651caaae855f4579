// GDP-6: sealed bytes open at their place only, wrong or missing key files are refused, keys can be turned while rows wait.
#include "record/vault/vault.h"

#include "engine/intake/test_database.h"
#include "ground/base/calendar.h"
#include "record/vault/key_file.h"

namespace verbatim::vault {
namespace {

class Vault : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        const auto list = migrations();
        db->migrate(list);
        file = (folder / "vault.key").string();
    }
    std::string file;
};

TEST_P(Vault, GDP_6_opens_what_it_sealed_and_only_there) {
    open(*db, 1, file);
    const auto sealed = seal("Claire Durand", "customer a");
    EXPECT_EQ(sealed.find("Claire"), std::string::npos);
    EXPECT_NE(sealed, seal("Claire Durand", "customer a"));
    EXPECT_EQ(unseal(sealed, "customer a"), "Claire Durand");
    EXPECT_THROW(unseal(sealed, "customer b"), std::runtime_error);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto damaged = sealed;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        EXPECT_THROW(unseal(damaged, "customer a"), std::runtime_error) << i;
    }
    EXPECT_THROW(unseal(sealed.substr(0, 20), "customer a"), std::runtime_error);
}

TEST_P(Vault, GDP_6_the_file_is_the_owners_alone_and_is_read_again) {
    open(*db, 1, file);
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto sealed = seal("x", "p");
    const auto hash = keyed_hash("email", "a@b.example");
    open(*db, 2, file);
    EXPECT_EQ(unseal(sealed, "p"), "x");
    EXPECT_EQ(keyed_hash("email", "a@b.example"), hash);
    EXPECT_NE(keyed_hash("external", "a@b.example"), hash);
}

TEST_P(Vault, GDP_6_refuses_a_missing_or_foreign_key) {
    open(*db, 1, file);
    std::filesystem::rename(file, file + ".away");
    EXPECT_THROW(open(*db, 2, file), std::runtime_error);
    write_file("vault.key", write_keys({std::string(32, 'p'), {{std::string(4, 'k'), std::string(32, 's')}}}));
    EXPECT_THROW(open(*db, 2, file), std::runtime_error);
    write_file("vault.key", "verbatim-vault 1\npepper 00\n");
    EXPECT_THROW(open(*db, 2, file), std::runtime_error);
    std::filesystem::rename(file + ".away", file);
    open(*db, 3, file);
}

TEST_P(Vault, GDP_6_keys_turn_and_old_rows_stay_readable_until_sealed_again) {
    open(*db, 1, file);
    const auto before = seal("x", "p");
    const auto hash = keyed_hash("email", "a");
    add_key(*db, 2);
    EXPECT_FALSE(fresh(before));
    EXPECT_EQ(unseal(before, "p"), "x");
    const auto after = seal("x", "p");
    EXPECT_TRUE(fresh(after));
    EXPECT_EQ(keyed_hash("email", "a"), hash);
    open(*db, 3, file);  // as another process would
    EXPECT_EQ(unseal(before, "p"), "x");
    drop_old(*db);
    EXPECT_EQ(unseal(after, "p"), "x");
    EXPECT_THROW(unseal(before, "p"), std::runtime_error);
    open(*db, 4, file);
}

TEST_P(Vault, GDP_6_notices_a_file_that_another_process_turned) {
    open(*db, 1, file);
    const auto before = seal("x", "p");
    auto keys = parse_keys(read_file(file));
    ASSERT_TRUE(keys);
    keys->keys.insert(keys->keys.begin(), {std::string("next"), std::string(32, 'n')});
    std::filesystem::remove(file);
    write_file("vault.key", write_keys(*keys));
    EXPECT_EQ(seal("y", "p").substr(0, 4), "next");
    EXPECT_EQ(unseal(before, "p"), "x");
}

TEST_P(Vault, salts_last_a_day_and_are_gone_after_two) {
    open(*db, 1, file);
    const auto salt = [&](Seconds at) { return db->write([&](storage::Tx& tx) { return salt_of_day(tx, at); }); };
    const auto first = salt(one_day + 5);
    EXPECT_EQ(first.size(), 32u);
    EXPECT_EQ(salt(2 * one_day - 1), first);
    EXPECT_NE(salt(2 * one_day), first);
    EXPECT_EQ(salt(one_day + 9), first);
    salt(3 * one_day);
    EXPECT_NE(salt(one_day + 9), first);
}

TEST(VaultKeyFile, is_read_as_it_was_written_and_nothing_else) {
    const Keys keys{std::string(32, 'p'), {{"aaaa", std::string(32, 'a')}, {"bbbb", std::string(32, 'b')}}};
    const auto again = parse_keys(write_keys(keys));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->pepper, keys.pepper);
    ASSERT_EQ(again->keys.size(), 2u);
    EXPECT_EQ(again->keys[1].secret, keys.keys[1].secret);
    const auto text = write_keys(keys);
    EXPECT_FALSE(parse_keys(text.substr(0, text.find("key"))));
    EXPECT_FALSE(parse_keys(text + text.substr(text.find("key"))));
    EXPECT_FALSE(parse_keys("verbatim-vault 2" + text.substr(16)));
    EXPECT_FALSE(parse_keys(""));
}

INSTANTIATE_TEST_SUITE_P(Engines, Vault, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::vault
