// What the readers of words are made of beside what ships: taught themes and versions of models, and the count by which every process
// notices that its reader is not the newest.
#include "record/readings/kept.h"

#include "record/readings/test_readings.h"

namespace verbatim::readings {
namespace {

using storage::Tx;

constexpr Seconds start = 1'785'000'000;

TaughtTheme theme_of(std::string id, std::string name) { return {std::move(id), std::move(name), std::string("bytes\0of it", 11), "product", start, 20, 17, 900, 4}; }

class Kept : public ReadingsDatabase {
protected:
    Kept() : ReadingsDatabase(start) {}
    std::string publish_and_read(const std::string& body, const std::string& site, const std::string& meaning = {}) {
        const auto id = publish(body, site, 4);
        db->write([&](Tx& tx) { keep(tx, {[&](std::string_view, std::string_view, std::optional<int>) { return Reading{"en", 4, .5, false, {}, meaning}; }, "one 1"}, id); });
        return id;
    }
    std::int64_t change() { return db->read([](Tx& tx) { return reader_change(tx); }); }
};

TEST_P(Kept, ATaughtThemeIsKeptByteForByteAndEachChangeCounts) {
    const auto before = change();
    EXPECT_EQ(before, 0);
    ASSERT_TRUE(db->write([](Tx& tx) { return add_taught(tx, theme_of("taught.a", "Sunroof")); }).ok());
    EXPECT_GT(change(), before);
    db->read([](Tx& tx) {
        const auto listed = taught_themes(tx, false), whole = taught_themes(tx, true);
        ASSERT_EQ(listed.size(), 1u);
        EXPECT_EQ(listed[0].model, "");
        EXPECT_EQ(whole[0].model, std::string("bytes\0of it", 11));
        EXPECT_EQ(whole[0].name, "Sunroof");
        EXPECT_EQ(whole[0].author, "product");
        EXPECT_EQ(whole[0].number, 20);
        EXPECT_EQ(whole[0].found_again, 17);
        EXPECT_EQ(whole[0].others, 900);
        EXPECT_EQ(whole[0].false_finds, 4);
    });
    const auto kept = change();
    const auto again = db->write([](Tx& tx) { return add_taught(tx, theme_of("taught.b", "Sunroof")); });
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, "name_taken");
    EXPECT_EQ(change(), kept);  // nothing changed, nobody makes a reader anew
    EXPECT_FALSE(db->write([](Tx& tx) { return remove_taught(tx, start + 1, "taught.b"); }));
    EXPECT_EQ(change(), kept);
    EXPECT_TRUE(db->write([](Tx& tx) { return remove_taught(tx, start + 1, "taught.a"); }));
    EXPECT_GT(change(), kept);
    EXPECT_TRUE(db->read([](Tx& tx) { return taught_themes(tx, true); }).empty());
}

TEST_P(Kept, ThereIsAnEndToTaughtThemes) {
    for (std::size_t i = 0; i < most_taught_themes; ++i)
        ASSERT_TRUE(db->write([&](Tx& tx) { return add_taught(tx, theme_of("taught." + std::to_string(i), "Theme " + std::to_string(i))); }).ok());
    const auto beyond = db->write([](Tx& tx) { return add_taught(tx, theme_of("taught.z", "One more")); });
    ASSERT_FALSE(beyond.ok());
    EXPECT_EQ(beyond.error().code, "too_many");
}

TEST_P(Kept, OneVersionOfModelsIsActiveAndTheShippedOnesComeBack) {
    EXPECT_FALSE(db->read([](Tx& tx) { return active_models(tx); }));
    const ModelFiles first = {{"polarity", std::string("\x01\0\x02", 3)}, {"stars", "s"}}, second = {{"polarity", "newer"}};
    db->write([&](Tx& tx) {
        keep_models(tx, start, "spring", first, "retired", "{}");
        activate_models(tx, start, "spring");
    });
    const auto before = change();
    db->write([&](Tx& tx) { keep_models(tx, start + 5, "summer", second, "refused", "{\"worse\":1}"); });
    EXPECT_EQ(change(), before);  // kept is not activated
    db->read([&](Tx& tx) {
        EXPECT_EQ(active_models(tx), "spring");
        EXPECT_EQ(files_of_models(tx, "spring"), first);
        const auto versions = model_versions(tx);
        ASSERT_EQ(versions.size(), 2u);
        EXPECT_EQ(versions[0].version, "summer");
        EXPECT_EQ(versions[0].state, "refused");
        EXPECT_EQ(versions[0].activated_at, 0);
        EXPECT_EQ(versions[0].figures, "{\"worse\":1}");
        EXPECT_EQ(versions[1].state, "active");
        EXPECT_EQ(versions[1].activated_at, start);
    });
    db->write([](Tx& tx) { activate_models(tx, start + 9, "summer"); });
    EXPECT_EQ(db->read([](Tx& tx) { return active_models(tx); }), "summer");
    db->write([](Tx& tx) { activate_models(tx, start + 10, ""); });
    EXPECT_FALSE(db->read([](Tx& tx) { return active_models(tx); }));
    EXPECT_GT(change(), before);
    EXPECT_TRUE(db->read([](Tx& tx) { return files_of_models(tx, "autumn"); }).empty());
}

TEST_P(Kept, TheNewestWordsOfABranchAreFoundNewestFirst) {
    const auto old = publish_and_read("the first words", "LAKE");
    clock.advance(100);
    const auto other = publish_and_read("the words of another site", "HILL");
    clock.advance(100);
    const auto fresh = publish_and_read("the last words", "LAKE");
    db->read([&](Tx& tx) {
        const auto all = newest_bodies(tx, "*", 0, clock.now(), 10);
        ASSERT_EQ(all.size(), 3u);
        EXPECT_EQ(all[0].review, fresh);
        EXPECT_EQ(all[1].review, other);
        EXPECT_EQ(all[2].review, old);
        EXPECT_EQ(all[2].body, "the first words");
        EXPECT_EQ(all[2].rating, 4);
        const auto own = newest_bodies(tx, "site:LAKE", 0, clock.now(), 10);
        ASSERT_EQ(own.size(), 2u);
        EXPECT_EQ(own[0].review, fresh);
        EXPECT_EQ(newest_bodies(tx, "*", 0, clock.now(), 1).size(), 1u);
        EXPECT_EQ(newest_bodies(tx, "*", start, clock.now(), 10).size(), 2u);   // after, not at
        EXPECT_EQ(newest_bodies(tx, "*", 0, start + 100, 10).size(), 2u);       // up to and at
    });
}

TEST_P(Kept, WhatSentencesMeanIsThereForABranchAndGoesWithTheWords) {
    const auto lake = publish_and_read("a noise in the morning", "LAKE", std::string("\x01\0\x02", 3)), hill = publish_and_read("a warm welcome", "HILL", "welcome");
    publish_and_read("...", "LAKE");
    const auto meanings = [&](std::string_view branch) {
        std::map<std::string, std::string> all;
        db->read([&](Tx& tx) { each_meaning(tx, branch, [&](std::string_view review, std::string_view meaning) { all.emplace(review, meaning); }); });
        return all;
    };
    using All = std::map<std::string, std::string>;
    EXPECT_EQ(meanings("*"), (All{{lake, std::string("\x01\0\x02", 3)}, {hill, "welcome"}}));
    EXPECT_EQ(meanings("site:HILL"), (All{{hill, "welcome"}}));
    EXPECT_EQ(meanings("country:ES"), All{});
    // A branch of more subjects than are asked one by one.
    db->write([](Tx& tx) {
        for (int i = 0; i < 300; ++i) tx.exec("INSERT INTO branch_subject (branch, subject) VALUES ($1, $2)", "group:WIDE", "site:NONE" + std::to_string(i));
        tx.exec("INSERT INTO branch_subject (branch, subject) VALUES ($1, $2)", "group:WIDE", "site:LAKE");
    });
    EXPECT_EQ(meanings("group:WIDE"), (All{{lake, std::string("\x01\0\x02", 3)}}));
    db->read([&](Tx& tx) {
        const auto bodies = bodies_of(tx, std::vector<std::string>{hill, "nobody", lake});
        ASSERT_EQ(bodies.size(), 2u);
        EXPECT_EQ(bodies_of(tx, std::vector<std::string>{hill}).at(0).body, "a warm welcome");
    });
    db->write([&](Tx& tx) { forget(tx, lake); });
    EXPECT_EQ(meanings("*"), (All{{hill, "welcome"}}));
}

INSTANTIATE_TEST_SUITE_P(Engines, Kept, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::readings
