// The order of events: complete for whoever reads, whatever commits when; cut by branch; bounded.
#include "record/events/events.h"
#include "record/events/test_shown.h"

#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/intake/test_database.h"

namespace verbatim::events {
namespace {

using storage::Tx;

class Events : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        std::vector<storage::Migration> all;
        const auto module = events::migrations();
        all.assign(module.begin(), module.end());
        all.push_back({"branches", 1, "who sees what", "CREATE TABLE branch_subject (branch TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (branch, subject))"});
        db->migrate(all);
        db->write([&](Tx& tx) {
            for (const auto& [branch, subject] : std::vector<std::pair<const char*, const char*>>{{"*", "site:A"}, {"*", "site:B"}, {"site:A", "site:A"}, {"site:B", "site:B"}})
                tx.exec("INSERT INTO branch_subject (branch, subject) VALUES ($1, $2)", branch, subject);
        });
    }
    void happen(std::string_view kind, std::string_view subject, std::string_view ref, bool wait = true) {
        db->write([&](Tx& tx) { raise(tx, 100, kind, subject, ref, {{"stars", 1}}); });
        if (wait) wait_until_shown(*db);
    }
    std::vector<std::string> refs(std::string_view branch, Place& place, std::string_view wanted = "", int limit = 100) {
        std::vector<std::string> out;
        const auto filter = Filter::parse(wanted);
        while (true) {
            const auto page = db->read([&](Tx& tx) { return after(tx, branch, place, limit, *filter); });
            for (const auto& event : page.events) out.push_back(event.ref);
            place = page.next;
            if (!page.more) return out;
        }
    }
};

using Refs = std::vector<std::string>;

TEST_P(Events, CutByBranchAndKind) {
    happen("review.collected", "site:A", "r1");
    happen("review.published", "site:B", "r2");
    happen("case.opened", "site:A", "c1");
    happen("setting.changed", "", "brand.name");
    Place start;
    EXPECT_EQ(refs("*", start), (Refs{"r1", "r2", "c1", "brand.name"}));
    EXPECT_EQ(refs("*", start), Refs{});
    happen("review.held", "site:B", "r3");
    EXPECT_EQ(refs("*", start), Refs{"r3"});
    Place a, b, only, one;
    EXPECT_EQ(refs("site:A", a), (Refs{"r1", "c1"}));
    EXPECT_EQ(refs("site:B", b), (Refs{"r2", "r3"}));
    EXPECT_EQ(refs("*", only, "case.*,review.held"), (Refs{"c1", "r3"}));
    EXPECT_EQ(refs("*", one, "", 1), (Refs{"r1", "r2", "c1", "brand.name", "r3"}));
    EXPECT_EQ(Filter::parse("review.eaten").error().code, "kind_unknown");
    EXPECT_FALSE(db->read([&](Tx& tx) { return find(tx, "site:A", start); }));
    const auto found = db->read([&](Tx& tx) { return find(tx, "site:B", start); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->data, R"({"stars":1})");
    EXPECT_THROW(happen("review.eaten", "site:A", "r9"), std::logic_error);
}

// A transaction that began first and commits last: on PostgreSQL its events carry the smaller ids. Nobody may pass them by.
TEST_P(Events, ASlowTransactionIsNotPassedBy) {
    happen("review.collected", "site:A", "r1");
    Place place;
    EXPECT_EQ(refs("*", place), Refs{"r1"});
    if (GetParam() == storage::Engine::sqlite) {  // one writer: there is no slower one
        happen("review.collected", "site:A", "r2");
        EXPECT_EQ(refs("*", place), Refs{"r2"});
        return;
    }
    std::promise<void> raised, go;
    std::thread slow([&] {
        db->write([&](Tx& tx) {
            raise(tx, 100, "review.collected", "site:A", "slow");
            raised.set_value();
            go.get_future().wait();
            raise(tx, 100, "review.published", "site:A", "slow again");  // an id larger than the quick one's
        });
    });
    raised.get_future().wait();
    happen("review.collected", "site:A", "quick", false);
    EXPECT_EQ(refs("*", place), Refs{});  // committed, but an older one still writes
    EXPECT_EQ(db->read([&](Tx& tx) { return newest(tx); }), place);
    go.set_value();
    slow.join();
    wait_until_shown(*db);
    EXPECT_EQ(refs("*", place), (Refs{"slow", "slow again", "quick"}));
}

TEST_P(Events, ManyWritersNothingMissedNothingTwice) {
    std::atomic<bool> done{false};
    Refs seen;
    Place place;
    std::thread reader([&] {
        while (true) {
            const bool last = done;
            for (auto& ref : refs("*", place, "", 7)) seen.push_back(ref);
            if (last) return;
        }
    });
    std::vector<std::thread> writers;
    for (int w = 0; w < 4; ++w)
        writers.emplace_back([&, w] {
            for (int i = 0; i < 50; ++i)
                db->write([&](Tx& tx) {
                    raise(tx, 100, "review.collected", "site:A", std::to_string(w) + "/" + std::to_string(i));
                    if (i % 7 == 0) std::this_thread::yield();
                    raise(tx, 100, "review.published", "site:B", std::to_string(w) + "/" + std::to_string(i) + "p");
                });
        });
    for (auto& writer : writers) writer.join();
    wait_until_shown(*db);
    done = true;
    reader.join();
    EXPECT_EQ(seen.size(), 400u);
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_P(Events, AFewLinesInALongTableCostBoundedPages) {
    db->write([&](Tx& tx) {
        for (int i = 0; i < 4500; ++i) raise(tx, 100, "review.collected", "site:A", "r");
        raise(tx, 100, "review.collected", "site:B", "mine");
    });
    wait_until_shown(*db);
    int pages = 0;
    Place place;
    Refs found;
    while (true) {
        const auto page = db->read([&](Tx& tx) { return after(tx, "site:B", place, 10, {}); });
        ++pages;
        for (const auto& event : page.events) found.push_back(event.ref);
        place = page.next;
        if (!page.more) break;
    }
    EXPECT_EQ(found, Refs{"mine"});
    EXPECT_EQ(pages, 3);
}

TEST_P(Events, OldOnesGoAndTheNewestStays) {
    for (const char* ref : {"r1", "r2", "r3"}) happen("review.collected", "site:A", ref);
    EXPECT_EQ(db->read([&](Tx& tx) { return older_than(tx, 200); }), 2);
    EXPECT_EQ(db->write([&](Tx& tx) { return purge_old(tx, 200, 100); }), 2);
    Place place;
    EXPECT_EQ(refs("*", place), Refs{"r3"});
    happen("review.collected", "site:A", "r4");
    EXPECT_EQ(refs("*", place), Refs{"r4"});
}

// pg_restore into another cluster: transactions are counted from the beginning there.
TEST_P(Events, TheOrderOutlivesItsCluster) {
    happen("review.collected", "site:A", "before");
    Place place;
    EXPECT_EQ(refs("*", place), Refs{"before"});
    if (GetParam() == storage::Engine::sqlite) return;
    db->write([&](Tx& tx) { tx.exec("UPDATE event SET tx = tx + 1000000"); });
    place.tx += 1000000;
    settle(*db);
    happen("review.collected", "site:A", "after");
    EXPECT_EQ(refs("*", place), Refs{"after"});
}

TEST(EventPlace, IsText) {
    EXPECT_EQ(place_from(to_text({7, 153})), (Place{7, 153}));
    EXPECT_EQ(place_from(""), Place{});
    EXPECT_EQ(place_from("0"), Place{});
    for (const char* wrong : {"7", "-", "7-", "-7", "7-x", "7--1", "99999999999999999999-1"}) EXPECT_FALSE(place_from(wrong)) << wrong;
}

INSTANTIATE_TEST_SUITE_P(Engines, Events, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::events
