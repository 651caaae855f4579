#include "record/editions/editions.h"

#include "engine/intake/test_database.h"
#include "record/events/test_shown.h"
#include "record/network/network.h"

namespace verbatim::editions {
namespace {

using storage::Tx;

class Editions : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({network::migrations(), events::migrations(), editions::migrations()});
        shelf = std::make_unique<Shelf>(*db, clock);
        shelf->add({"questionnaire", "questionnaire.changed", [] { return std::vector<std::string>{"workshop", "new_car"}; }, [](std::string_view) { return std::string("[1]"); },
                    [](std::string_view, std::string_view body) -> Result<std::string> {
                        if (body.find('x') != std::string_view::npos) return invalid("bad", "no x", "body");
                        return std::string(body);
                    },
                    [this](Tx&, std::string_view name, std::string_view body) { applied.push_back(std::string(name) + "=" + std::string(body)); }});
    }
    void TearDown() override {
        shelf.reset();
        TestDatabase::TearDown();
    }
    Actor ann{ActorKind::staff, "ann@example.org", "admin", "*"};
    ManualClock clock{1'790'000'000};
    std::unique_ptr<Shelf> shelf;
    std::vector<std::string> applied;
};

TEST_P(Editions, ChangedUndoneAndKept) {
    EXPECT_EQ(shelf->list("questionnaire").size(), 2u);
    EXPECT_EQ(shelf->find("questionnaire", "workshop")->body, "[1]");
    EXPECT_EQ(shelf->find("questionnaire", "workshop")->edition.number, 0);
    EXPECT_FALSE(shelf->find("questionnaire", "boat"));
    EXPECT_FALSE(shelf->find("boat", "workshop"));
    EXPECT_EQ(shelf->put(ann, "questionnaire", "boat", "[2]", -1).error().kind, ErrorKind::not_found);
    EXPECT_EQ(shelf->put(ann, "questionnaire", "workshop", "x", -1).error().field, "body");
    EXPECT_EQ(shelf->undo(ann, "questionnaire", "workshop", -1).error().code, "nothing_to_undo");

    EXPECT_EQ(shelf->put(ann, "questionnaire", "workshop", "[2]", 0)->edition.number, 1);
    EXPECT_EQ(shelf->put(ann, "questionnaire", "workshop", "[3]", 0).error().code, "changed_meanwhile");
    EXPECT_EQ(shelf->put(ann, "questionnaire", "workshop", "[2]", 1)->edition.number, 1);  // nothing changed
    EXPECT_EQ(shelf->put(ann, "questionnaire", "workshop", "[3]", 1)->edition.number, 2);
    EXPECT_EQ(shelf->undo(ann, "questionnaire", "workshop", 2)->body, "[2]");
    EXPECT_EQ(shelf->reset(ann, "questionnaire", "workshop", 3)->body, "[1]");
    EXPECT_EQ(shelf->put(ann, "questionnaire", "workshop", "[1]", 4)->edition.number, 4);  // the packaged one, word for word
    EXPECT_EQ(applied, (std::vector<std::string>{"workshop=[2]", "workshop=[3]", "workshop=[2]", "workshop="}));

    const auto all = shelf->history("questionnaire", "workshop", 10);
    ASSERT_EQ(all.size(), 5u);
    EXPECT_EQ(all[0].body, "[1]");
    EXPECT_EQ(all[1].body, "[2]");
    EXPECT_EQ(all[1].by, "ann@example.org");
    EXPECT_EQ(all[4].number, 0);
    EXPECT_EQ(db->read([](Tx& tx) { return find(tx, "questionnaire", "workshop", 2); })->body, "[3]");
    EXPECT_FALSE(db->read([](Tx& tx) { return body(tx, "questionnaire", "workshop"); }));
    events::wait_until_shown(*db);
    EXPECT_EQ(db->read([](Tx& tx) { return events::all_after(tx, {}, 100); }).events.size(), 4u);
}

INSTANTIATE_TEST_SUITE_P(Engines, Editions, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::editions
