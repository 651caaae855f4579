// Readings with words of our own as the model: kept with the words, gone with them, counted by theme and month, and made again.
#include "record/readings/readings.h"

#include "record/figures/measures.h"
#include "record/readings/test_readings.h"

namespace verbatim::readings {
namespace {

using storage::Tx;

constexpr Seconds start = 1'790'000'000;

// "noise" is a theme wherever the word stands, bad unless the text says "no noise".
Reader reader_of(std::string version) {
    return {[](std::string_view body, std::string_view, std::optional<int>) {
                Reading out;
                out.lang = "en";
                out.stars = 2;
                for (const std::string_view word : {"noise", "welcome"}) {
                    const auto at = body.find(word);
                    if (at == std::string_view::npos) continue;
                    out.themes.push_back({std::string(word), word == "welcome" ? 1.0 : body.find("no noise") != std::string_view::npos ? .5 : -.5, at, at + word.size()});
                }
                return out;
            },
            std::move(version)};
}

class Readings : public ReadingsDatabase {
protected:
    Readings() : ReadingsDatabase(start) {}
    Tallies of_branch(const std::string& branch) {
        return db->read([&](Tx& tx) { return tallies(tx, branch, "site", 0); });
    }
};

TEST_P(Readings, AreKeptWithTheWordsAndGoWithThem) {
    const auto loud = publish("A noise at the welcome desk, a noise again"), still = publish("no noise at all"), far = publish("noise", "HILL");
    const auto reader = reader_of("words 1");
    for (int twice = 0; twice < 2; ++twice) {
        db->write([&](Tx& tx) {
            for (const auto& id : {loud, still, far}) keep(tx, reader, id);
        });
    }
    auto found = of_branch("site:LAKE");
    EXPECT_EQ(found.reviews, 2);
    ASSERT_EQ(found.themes.size(), 2u);
    EXPECT_EQ(found.themes[0].theme, "noise");
    EXPECT_EQ(found.themes[0].reviews, 2);
    EXPECT_EQ(found.themes[0].positive, 1);
    EXPECT_EQ(found.themes[0].negative, 1);
    EXPECT_EQ(of_branch("*").themes[0].reviews, 3);
    EXPECT_EQ(of_branch("country:DE").themes[0].reviews, 1);
    const auto reading = db->read([&](Tx& tx) { return *of(tx, loud); });
    ASSERT_EQ(reading.themes.size(), 2u);
    EXPECT_EQ(reading.themes[0].start, 2u);
    const auto said = db->read([&](Tx& tx) { return words(tx, "country:FR", "noise", "negative", {}, 10); });
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].review, loud);
    EXPECT_EQ(check(*db, false).differences, 0);

    db->write([&](Tx& tx) {
        ASSERT_TRUE(reviews::withdraw(tx, Actor::customer("c"), clock.now(), loud).ok());
        forget(tx, loud);
    });
    found = of_branch("site:LAKE");
    EXPECT_EQ(found.reviews, 1);
    ASSERT_EQ(found.themes.size(), 1u);
    EXPECT_EQ(found.themes[0].negative, 0);
    EXPECT_EQ(db->read([&](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM review_theme WHERE review = $1", loud); }), 0);
    EXPECT_EQ(check(*db, false).differences, 0);
    const auto month = db->read([&](Tx& tx) { return months(tx, "site:LAKE", "site", "noise", 0); });
    ASSERT_EQ(month.size(), 1u);
    EXPECT_EQ(month[0].month, figures::month_of(start));
    EXPECT_EQ(month[0].mentions, 1);
}

TEST_P(Readings, AreMadeAgainByANewModelAndGoOnWhereTheyWereStopped) {
    for (int i = 0; i < 25; ++i) publish(i % 5 == 0 ? "noise" : "welcome");
    const auto first = reread(*db, clock, reader_of("words 1"), 10, [](const Progress&) { return true; });
    EXPECT_TRUE(first.done);
    EXPECT_EQ(first.read, 25);
    EXPECT_EQ(first.of, 25);
    // Stopped after the first batch, as by a kill: the rest is of the old version, and every tally is right.
    const auto stopped = reread(*db, clock, reader_of("words 2"), 10, [](const Progress&) { return false; });
    EXPECT_FALSE(stopped.done);
    EXPECT_EQ(stopped.read, 10);
    EXPECT_EQ(check(*db, false).differences, 0);
    const auto second = reread(*db, clock, reader_of("words 2"), 10, [](const Progress&) { return true; });
    EXPECT_TRUE(second.done);
    EXPECT_EQ(second.read, 25);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM review_reading WHERE version <> 'words 2'"); }), 0);
    EXPECT_EQ(of_branch("*").themes[0].reviews, 20);
    EXPECT_EQ(check(*db, false).differences, 0);
    // A tally that is wrong is found, and mended.
    db->write([](Tx& tx) { tx.exec("UPDATE theme_tally SET reviews = reviews + 1"); });
    EXPECT_GT(check(*db, false).differences, 0);
    EXPECT_GT(check(*db, true).differences, 0);
    EXPECT_EQ(check(*db, false).differences, 0);
    EXPECT_EQ(of_branch("*").themes[0].reviews, 20);
}

INSTANTIATE_TEST_SUITE_P(Engines, Readings, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::readings
