// Files brought by hand: a preview that stores nothing and holds each row beside what is there, progress while it runs, a report at the end.
#include "record/imports/imports.h"

#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/events/test_shown.h"
#include "record/network/network.h"
#include "record/vault/vault.h"

namespace verbatim::imports {
namespace {

using storage::Sql;
using storage::Tx;

constexpr Sql count_words("SELECT COUNT(*) FROM word");
const Actor admin{ActorKind::staff, "ann@example.org", "admin", "*"};

class ImportsTest : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        const storage::Migration word[] = {{"word", 1, "words", "CREATE TABLE word (text TEXT NOT NULL)"}};
        std::vector<storage::Migration> all(std::begin(word), std::end(word));
        for (const auto module : {jobs::migrations(), network::migrations(), vault::migrations(), contact::migrations(), events::migrations(), migrations()}) all.insert(all.end(), module.begin(), module.end());
        db->migrate(all);
        imports = std::make_unique<Imports>(*db, clock, folder.string());
        imports->add({"words", {"text"}, [](const intake::Row& row) -> Result<void> { return row.get("text") == "bad" ? Result<void>(invalid("bad_word", "text: a bad word", "text")) : Result<void>(); },
                      [this](const std::string& path, const intake::Options& options) { return take(path, options); },
                      [](Tx& tx, const intake::Row& row) -> Result<void> {
                          return tx.value<std::int64_t>("SELECT COUNT(*) FROM word WHERE text = $1", row.get("text")) > 0 ? Result<void>(invalid("word_there", "text: is there already", "text")) : Result<void>();
                      }});
        runner = std::make_unique<jobs::Runner>(*db, clock);
        imports->handle(*runner);
    }
    void TearDown() override {
        runner.reset();
        imports.reset();
        TestDatabase::TearDown();
    }

    // Two rows a batch, a second each; after the second batch somebody looks.
    Result<intake::Counts> take(const std::string& path, intake::Options options) {
        options.batch = 2;
        options.parsers = 0;
        intake::Kind<std::string> kind;
        kind.required = {"text"};
        kind.parse = [](const intake::Row& row) -> Result<std::string> {
            if (row.get("text") == "bad") return invalid("bad_word", "text: a bad word", "text");
            return std::string(row.get("text"));
        };
        kind.store = [this](Tx& tx, std::span<const std::string> rows) {
            std::vector<Result<intake::Outcome>> outcomes;
            for (const auto& row : rows) {
                tx.exec("INSERT INTO word (text) VALUES ($1)", row);
                outcomes.emplace_back(intake::Outcome::taken);
            }
            clock.advance(1);
            return outcomes;
        };
        const auto tell = options.watch;
        options.watch = [this, tell](const intake::Counts& counts) {
            tell(counts);
            seen.push_back(*imports->find(id));
        };
        return intake::run(*db, path, kind, options);
    }

    ManualClock clock{1'780'000'000};
    std::unique_ptr<Imports> imports;
    std::unique_ptr<jobs::Runner> runner;
    std::string id;
    std::vector<Import> seen;
};

TEST_P(ImportsTest, ALookStoresNothingAndHoldsRowsBesideWhatIsThere) {
    db->write([](Tx& tx) { tx.exec("INSERT INTO word (text) VALUES ('old')"); });
    const auto looked = imports->preview(admin, "words", "words.csv", "text\nold\nnew\nbad\n");
    ASSERT_TRUE(looked.ok());
    EXPECT_EQ(looked->total, 3);
    EXPECT_EQ(looked->counts.taken, 1u);
    EXPECT_EQ(looked->counts.rejected, 2u);
    ASSERT_EQ(looked->rows.size(), 1u);
    EXPECT_EQ(looked->rows[0], (std::vector<std::pair<std::string, std::string>>{{"text", "new"}}));
    ASSERT_EQ(looked->rejections.size(), 2u);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>(count_words); }), 1);
}

TEST_P(ImportsTest, ProgressIsSeenWhileItRunsAndReportedAtTheEnd) {
    const auto looked = imports->preview(admin, "words", "words.csv", "text\na\nb\nc\nbad\ne\nf\n");
    ASSERT_TRUE(looked.ok());
    id = looked->id;
    ASSERT_TRUE(imports->start(admin, id).ok());
    EXPECT_EQ(imports->find(id)->state, "waiting");
    runner->run_due();
    // After each batch: running, so many of six rows.
    ASSERT_EQ(seen.size(), 3u);
    for (std::size_t at = 0; at < seen.size(); ++at) {
        EXPECT_EQ(seen[at].state, "running");
        EXPECT_EQ(seen[at].total, 6);
        EXPECT_EQ(seen[at].counts.read, 2 * (at + 1));
        EXPECT_GT(seen[at].started_at, 0);
    }
    const auto done = imports->find(id);
    EXPECT_EQ(done->state, "done");
    EXPECT_EQ(done->counts.taken, 5u);
    ASSERT_EQ(done->rejections.size(), 1u);
    EXPECT_EQ(done->rejections[0].line, 5);
    EXPECT_EQ(done->ended_at - done->started_at, 3);
    events::wait_until_shown(*db);
    std::vector<std::string> kinds;
    std::vector<std::int64_t> read;
    for (const auto& event : db->read([](Tx& tx) { return events::all_after(tx, {}, 100); }).events) {
        kinds.push_back(event.kind);
        if (event.kind == "import.progressed") read.push_back(nlohmann::json::parse(event.data).at("read").get<std::int64_t>());
    }
    EXPECT_EQ(kinds, (std::vector<std::string>{"import.started", "import.progressed", "import.progressed", "import.progressed", "import.finished"}));
    EXPECT_EQ(read, (std::vector<std::int64_t>{2, 4, 6}));
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportsTest, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::imports
