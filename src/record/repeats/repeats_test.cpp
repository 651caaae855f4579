#include "record/repeats/repeats.h"

#include <thread>

#include "engine/intake/test_database.h"
#include "record/vault/vault.h"

namespace verbatim::repeats {
namespace {

using Begun = Repeats::Begun;

class RepeatsTest : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({vault::migrations(), repeats::migrations()});
        repeats = std::make_unique<Repeats>(*db, clock);
    }
    void TearDown() override {
        repeats.reset();
        TestDatabase::TearDown();
    }
    ManualClock clock{1'790'000'000};
    std::unique_ptr<Repeats> repeats;
};

TEST_P(RepeatsTest, TheSameAgainGetsTheSameAnswer) {
    EXPECT_EQ(repeats->begin("k1", "a", "POST /x {}").begun, Begun::first);
    EXPECT_EQ(repeats->begin("k1", "a", "POST /x {}").begun, Begun::running);
    repeats->finish("k1", "a", {201, "application/json", "\"1\"", "{\"secret\":\"whsec_x\"}"});
    const auto again = repeats->begin("k1", "a", "POST /x {}");
    EXPECT_EQ(again.begun, Begun::repeated);
    EXPECT_EQ(again.answer.status, 201);
    EXPECT_EQ(again.answer.etag, "\"1\"");
    EXPECT_EQ(again.answer.body, "{\"secret\":\"whsec_x\"}");
    EXPECT_EQ(repeats->begin("k1", "a", "POST /x {\"y\":1}").begun, Begun::other);
    EXPECT_EQ(repeats->begin("k2", "a", "POST /x {\"y\":1}").begun, Begun::first);  // another's key
    const auto stored = db->read([](storage::Tx& tx) { return tx.value<storage::Blob>("SELECT body FROM repeatable_request WHERE who = 'k1'").bytes; });
    EXPECT_EQ(stored.find("whsec"), std::string::npos);
    repeats->forget("k2", "a");
    EXPECT_EQ(repeats->begin("k2", "a", "POST /z").begun, Begun::first);
    clock.advance(Repeats::kept + 1);
    EXPECT_EQ(repeats->begin("k1", "a", "POST /other").begun, Begun::first);
    EXPECT_EQ(db->write([&](storage::Tx& tx) { return Repeats::purge(tx, clock.now(), 100); }), 1);
    for (const char* bad : {"", "a b", "a\n", "\xc3\xa9"}) EXPECT_FALSE(Repeats::is_key(bad));
    EXPECT_FALSE(Repeats::is_key(std::string(201, 'x')));
}

// What waits for the act's own transaction must not go with ours.
TEST_P(RepeatsTest, IsNoPartOfTheAct) {
    int told = 0;
    storage::Alongside trail([&](storage::Tx&) { ++told; });
    EXPECT_EQ(repeats->begin("k", "a", "POST /x").begun, Begun::first);
    EXPECT_EQ(told, 0);
    db->write([](storage::Tx&) {});
    EXPECT_EQ(told, 1);
    repeats->finish("k", "a", {});
    EXPECT_EQ(told, 1);
}

TEST_P(RepeatsTest, OfManyAtOnceOneIsTheFirst) {
    std::atomic<int> firsts{0};
    std::vector<std::thread> all;
    for (int i = 0; i < 8; ++i) all.emplace_back([&] { firsts += repeats->begin("k", "same", "POST /x").begun == Begun::first; });
    for (auto& one : all) one.join();
    EXPECT_EQ(firsts, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, RepeatsTest, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::repeats
