// The crash rules (norm TLG-5, promise 7): sequencing as a table of steps, each broken in two ways, and two sequencers that both
// believe to be alone, interleaved at each step. The faults are made by a Db around the real one: production knows nothing of
// them. After each, the log goes on, nothing acknowledged is lost or doubled, and all checkpoints ever seen are of one tree.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "engine/storage/scratch.h"
#include "ground/merkle/note.h"
#include "ground/merkle/tile.h"
#include "record/ledger/ledger.h"

namespace verbatim::ledger {
namespace {

using storage::Db;
using storage::Failure;
using storage::Parameter;
using storage::Row;
using storage::Sql;
using storage::Tx;

const std::string origin = "reviews.example/log";
const std::string seed(32, 's');
const merkle::VerifierKey key = *merkle::verifier_key(origin, crypto::Ed25519Key::from_seed(seed).public_key);

// The steps, as they happen: each is the statement that makes it, or the commit of its transaction. A sequencing goes through
// all of them, in this order.
struct Step {
    const char* name;
    const char* statement;  // what its SQL begins with; nullptr: the commit of the transaction of the step before
    bool on_sqlite = true;
};
constexpr Step steps[] = {
    {"append: the entry", "INSERT INTO ledger_entry (leaf)"},
    {"append: commit", nullptr},
    {"look whether there is anything to do", "SELECT size, root, note"},
    {"integrate: lock the state", "SELECT size, root FROM ledger_state"},
    {"integrate: give places", "\nUPDATE ledger_entry SET idx", false},
    {"integrate: read the leaves", "SELECT i"},
    {"integrate: write the tiles", "INSERT INTO ledger_tile"},
    {"integrate: write size and root", "UPDATE ledger_state"},
    {"integrate: commit", nullptr},
    {"sign: lock the state", "SELECT size, root FROM ledger_state"},
    {"sign: read the newest checkpoint", "SELECT size, root, note"},
    {"sign: read the tiles of the newest", "SELECT hashes FROM ledger_tile"},
    {"sign: write the checkpoint", "INSERT INTO ledger_checkpoint"},
    {"sign: commit", nullptr},
    {"announce", "announce"},
};

enum class Way { failed, persisted };  // it did not happen; it happened, and the caller was told it had not

// Decides at each step what happens. One fault, then everything works.
class Faults {
public:
    std::function<void()> at;   // called once when the step is reached, before it
    std::optional<std::size_t> step;
    Way way = Way::failed;
    bool struck = false;

    // true: break here, in the way asked for.
    bool reached(std::size_t here) {
        if (step != here || struck) return false;
        struck = true;
        if (at) at();
        return !at;
    }
};

// Statements of a transaction reach the real one through this.
struct Access : Tx {
    static auto run_of() { return &Access::run; }
    static auto run_many_of() { return &Access::run_many; }
    static auto stream_of() { return &Access::stream; }
};

class FaultyDb;

class FaultyTx : public Tx {
public:
    FaultyTx(Tx& real, FaultyDb& db) : real_(real), db_(db) {}
    storage::Engine engine() const override { return real_.engine(); }
    void after_commit(std::function<void()> fn) override { real_.after_commit(std::move(fn)); }
    void notify(std::string_view channel, std::string_view payload) override { real_.notify(channel, payload); }

protected:
    std::int64_t run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) override {
        std::int64_t changed = 0;
        around(sql, [&] { changed = (real_.*Access::run_of())(sql, parameters, each_row); });
        return changed;
    }
    std::int64_t run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat) override {
        std::int64_t changed = 0;
        around(sql, [&] { changed = (real_.*Access::run_many_of())(sql, columns, flat); });
        return changed;
    }
    void stream(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>& each_row) override {
        around(sql, [&] { (real_.*Access::stream_of())(sql, parameters, each_row); });
    }

private:
    template <class F>
    void around(Sql sql, F&& fn);
    Tx& real_;
    FaultyDb& db_;
};

class FaultyDb : public Db {
public:
    explicit FaultyDb(Db& real) : real_(real) {}
    Faults faults;
    std::size_t next = 0;  // the step that comes next

    void begin() { next = 0, faults = {}; }
    storage::Engine engine() const override { return real_.engine(); }
    void migrate(std::span<const storage::Migration> migrations) override { real_.migrate(migrations); }
    void subscribe(std::function<void(std::string_view, std::string_view)> fn) override { real_.subscribe(std::move(fn)); }
    bool healthy() override { return real_.healthy(); }
    Counters counters() const override { return real_.counters(); }
    void checkpoint() override { real_.checkpoint(); }

    bool is(std::size_t step, std::string_view statement) const { return step < std::size(steps) && steps[step].statement && statement.starts_with(steps[step].statement); }
    // Which step does this statement begin? A step may take several statements, and some are not in every sequencing.
    std::optional<std::size_t> step_of(std::string_view statement) {
        for (std::size_t step = next; step < std::size(steps) && steps[step].statement; ++step) {  // not beyond this transaction
            if (!is(step, statement)) continue;
            next = step + 1;
            return step;
        }
        return std::nullopt;
    }

protected:
    void do_write(const std::function<bool(Tx&)>& fn) override {
        std::optional<std::size_t> commit;
        real_.write([&](Tx& tx) -> Result<void> {
            FaultyTx faulty(tx, *this);
            const bool keep = fn(faulty);
            if (next > 0 && next < std::size(steps) && !steps[next].statement) commit = next++;
            if (commit && faults.way == Way::failed && faults.reached(*commit)) throw Failure("broken: the commit failed");
            if (!keep) return invalid("refused", "rolled back");
            return {};
        }).ok();
        if (commit && faults.way == Way::persisted && faults.reached(*commit)) throw Failure("broken: committed, and the answer was lost");
    }
    void do_read(const std::function<void(Tx&)>& fn) override {
        real_.read([&](Tx& tx) {
            FaultyTx faulty(tx, *this);
            fn(faulty);
        });
    }

private:
    Db& real_;
};

template <class F>
void FaultyTx::around(Sql sql, F&& fn) {
    const auto step = db_.step_of(engine() == storage::Engine::sqlite ? sql.sqlite : sql.postgresql);
    const bool broken = step && db_.faults.reached(*step);
    if (broken && db_.faults.way == Way::failed) throw Failure("broken: the statement failed");
    fn();
    if (broken) throw Failure("broken: the statement ran, and its answer was lost");
}

class CrashTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    void SetUp() override {
        if (!storage::ScratchDatabase::available(GetParam())) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES names no PostgreSQL";
        scratch_ = std::make_unique<storage::ScratchDatabase>(GetParam());
        real_ = scratch_->open();
        real_->migrate(migrations());
    }

    static std::string leaf(int n) { return "{\"n\":" + std::to_string(n) + "}"; }
    // What anyone could have downloaded by now.
    void look(const Ledger& log) {
        if (const auto note = log.checkpoint()) seen_.insert(*note);
    }

    // All of it, from outside: acknowledged entries once each, no entry twice, every checkpoint ever seen or stored on one tree.
    void check(const Ledger& log, const std::string& where) {
        look(log);
        const auto newest = *merkle::open_checkpoint(log.checkpoint().value(), key);
        std::vector<std::string> entries;
        for (std::uint64_t n = 0; n * merkle::tile_width < newest.size; ++n) {
            const auto path = *merkle::tile_at(newest.size, merkle::TilePath::entries, n);
            const auto bundle = log.tile(merkle::encode(path));
            ASSERT_TRUE(bundle) << where << ": " << merkle::encode(path);
            const auto held = merkle::parse_bundle(*bundle, path.width);
            for (const auto entry : held.value()) entries.emplace_back(entry);
        }
        std::map<std::string, int> times;
        for (const auto& entry : entries) ASSERT_EQ(++times[entry], 1) << where << ": doubled " << entry;
        for (const auto& entry : acknowledged_) ASSERT_EQ(times[entry], 1) << where << ": lost " << entry;

        real_->read([&](Tx& tx) { tx.each("SELECT note FROM ledger_checkpoint", [&](const Row& row) { seen_.emplace(row.text(0)); }); });
        std::map<std::uint64_t, merkle::Hash> roots;
        merkle::Frontier frontier;
        roots[0] = frontier.root();
        for (const auto& entry : entries) {
            frontier.append(merkle::leaf_hash(entry));
            roots[frontier.size()] = frontier.root();
        }
        merkle::TileNodes nodes(newest.size, [&](const merkle::TilePath& path) { return log.tile(merkle::encode(path)); });
        for (const auto& note : seen_) {
            const auto one = *merkle::open_checkpoint(note, key);
            ASSERT_TRUE(roots.contains(one.size)) << where << ": a checkpoint of " << one.size << " of " << newest.size;
            ASSERT_EQ(one.root, roots[one.size]) << where << ": two trees at size " << one.size;
            const auto proof = merkle::consistency_proof(one.size, newest.size, nodes.reader());
            ASSERT_TRUE(proof && merkle::verify_consistency(one.size, newest.size, one.root, newest.root, *proof)) << where << ": from " << one.size;
        }
    }

    std::unique_ptr<storage::ScratchDatabase> scratch_;
    std::unique_ptr<Db> real_;
    ManualClock clock_{1'800'000'000};
    std::set<std::string> acknowledged_, seen_;
    int made_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Engines, CrashTest, ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql),
                         [](const auto& param) { return param.param == storage::Engine::sqlite ? "sqlite" : "postgresql"; });

// Appends, looks, sequences; false where something failed on the way.
template <class Test>
bool go(Test& test, Ledger& log, FaultyDb& db, std::set<std::string>& acknowledged, int& made, const std::string& text) {
    (void)test;
    ++made;
    try {
        db.write([&](Tx& tx) { append(tx, text); });
        acknowledged.insert(text);
        log.sequence();
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

TEST_P(CrashTest, TLG5_EachStepBrokenInTwoWaysTheLogGoesOnWithNothingLostDoubledOrContradicted) {
    FaultyDb db(*real_);
    auto log = std::make_unique<Ledger>(db, clock_, origin, seed);
    std::function<void()> announced;
    const auto listen = [&] { log->on_checkpoint([&](std::int64_t) { if (announced) announced(); }); };
    listen();
    // Enough entries before, so that tiles are full and open ones; the newest checkpoint has something to be read.
    for (int i = 0; i < 300; ++i) acknowledged_.insert(leaf(made_++));
    real_->write([&](Tx& tx) { append_many(tx, std::vector<std::string>(acknowledged_.begin(), acknowledged_.end())); });
    log->sequence();
    look(*log);

    std::set<std::string> broken;
    for (const bool restarted : {false, true}) {
        for (const Way way : {Way::failed, Way::persisted}) {
            for (std::size_t step = 0; step < std::size(steps); ++step) {
                const std::string where = std::string(steps[step].name) + (way == Way::failed ? ", failed" : ", failed but persisted") + (restarted ? ", then restarted" : "");
                if (!steps[step].on_sqlite && GetParam() == storage::Engine::sqlite) continue;
                if (std::string_view(steps[step].name).starts_with("look whether")) continue;  // the thread's own look; below
                SCOPED_TRACE(where);
                db.begin();
                db.faults.step = step;
                db.faults.way = way;
                if (std::string_view(steps[step].name) == "announce") {
                    announced = [&] {
                        if (db.faults.reached(step)) throw Failure("broken: a listener");
                    };
                }
                const bool well = go(*this, *log, db, acknowledged_, made_, leaf(made_));
                announced = nullptr;
                EXPECT_TRUE(db.faults.struck) << "the step was not reached: the table is not what the program does";
                EXPECT_FALSE(well);
                broken.insert(steps[step].name);
                look(*log);  // whoever downloads now
                db.begin();
                if (restarted) {
                    log = std::make_unique<Ledger>(db, clock_, origin, seed);
                    listen();
                    look(*log);
                }
                EXPECT_TRUE(go(*this, *log, db, acknowledged_, made_, leaf(made_)));
                check(*log, where);
                if (HasFatalFailure()) return;
            }
        }
    }
    EXPECT_EQ(broken.size(), std::size(steps) - (GetParam() == storage::Engine::sqlite ? 2 : 1));
}

// Two nodes that both hold themselves for the sequencer: at each step of the first, the second appends and sequences as far as
// the database lets it.
TEST_P(CrashTest, TLG5_TwoSequencersInterleavedAtEachStepNeverContradictEachOther) {
    const auto other_real = scratch_->open();
    FaultyDb db(*real_);
    Ledger log(db, clock_, origin, seed), other(*other_real, clock_, origin, seed);
    std::vector<std::string> first;
    for (int i = 0; i < 255; ++i) first.push_back(leaf(made_++));
    acknowledged_.insert(first.begin(), first.end());
    real_->write([&](Tx& tx) { append_many(tx, first); });
    log.sequence();
    other.sequence();

    for (int round = 0; round < 2; ++round) {
        for (std::size_t step = 0; step < std::size(steps); ++step) {
            if (std::string_view(steps[step].name).starts_with("look whether") || std::string_view(steps[step].name) == "announce") continue;
            if (!steps[step].on_sqlite && GetParam() == storage::Engine::sqlite) continue;
            const std::string where = std::string("the other one comes at: ") + steps[step].name;
            SCOPED_TRACE(where);
            db.begin();
            std::thread meanwhile;
            std::atomic<bool> done{false}, other_well{true};
            const std::string its = leaf(1'000'000 + made_++);
            db.faults.step = step;
            db.faults.way = round == 0 ? Way::failed : Way::persisted;  // before, and after a commit
            db.faults.at = [&] {
                meanwhile = std::thread([&] {
                    try {
                        other_real->write([&](Tx& tx) { append(tx, its); });
                        other.sequence();
                    } catch (const std::exception&) {
                        other_well = false;
                    }
                    done = true;
                });
                // As far as it gets: inside a transaction of the first it waits for the lock.
                for (int i = 0; i < 100 && !done; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            };
            EXPECT_TRUE(go(*this, log, db, acknowledged_, made_, leaf(made_)));
            EXPECT_TRUE(db.faults.struck);
            if (meanwhile.joinable()) meanwhile.join();
            EXPECT_TRUE(other_well);
            acknowledged_.insert(its);
            look(log);
            look(other);
            db.begin();
            EXPECT_TRUE(go(*this, log, db, acknowledged_, made_, leaf(made_)));
            other.sequence();
            check(log, where);
            if (HasFatalFailure()) return;
            check(other, where);
            if (HasFatalFailure()) return;
        }
    }
}

// The thread meets the same faults in its own round: it says so, waits, and goes on.
TEST_P(CrashTest, TLG5_TheThreadGoesOnAfterAFault) {
    FaultyDb db(*real_);
    Ledger log(db, clock_, origin, seed);
    acknowledged_.insert(leaf(made_));
    real_->write([&](Tx& tx) { append(tx, leaf(made_++)); });
    db.begin();
    db.next = db.faults.step.emplace(2);  // the look
    const Ledger reader(*real_, clock_, origin, seed);
    log.start();
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!reader.checkpoint() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    log.stop();
    EXPECT_TRUE(db.faults.struck);
    check(log, "the thread");
}

}  // namespace
}  // namespace verbatim::ledger
