#include "record/ledger/ledger.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>

#include "engine/storage/scratch.h"
#include "ground/crypto/crypto.h"
#include "ground/merkle/note.h"
#include "ground/merkle/proof_file.h"
#include "ground/merkle/tile.h"

namespace verbatim::ledger {
namespace {

using storage::Blob;
using storage::Db;
using storage::Row;
using storage::Sql;
using storage::Tx;

const std::string origin = "reviews.example/log";
const std::string seed(32, 's');

constexpr Sql select_checkpoints("SELECT note FROM ledger_checkpoint ORDER BY size");
constexpr Sql count_entries("SELECT COUNT(*) FROM ledger_entry");
constexpr Sql spoil_tile("UPDATE ledger_tile SET hashes = $1 WHERE level = 0 AND n = 0");
constexpr Sql spoil_checkpoint("UPDATE ledger_checkpoint SET root = $1");
constexpr Sql read_root("SELECT root FROM ledger_state");

class LedgerTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    void SetUp() override {
        if (!storage::ScratchDatabase::available(GetParam())) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES names no PostgreSQL";
        scratch_ = std::make_unique<storage::ScratchDatabase>(GetParam());
        db_ = open();
        db_->migrate(migrations());
    }

    std::unique_ptr<Db> open() { return scratch_->open(); }
    Ledger ledger() { return Ledger(*db_, clock_, origin, seed); }

    EntryId add(const std::string& leaf) {
        return db_->write([&](Tx& tx) { return append(tx, leaf); });
    }
    std::int64_t count() {
        return db_->read([](Tx& tx) { return tx.value<std::int64_t>(count_entries); });
    }
    std::vector<merkle::Checkpoint> checkpoints() {
        std::vector<merkle::Checkpoint> all;
        db_->read([&](Tx& tx) {
            tx.each(select_checkpoints, [&](const Row& row) { all.push_back(*merkle::open_checkpoint(row.text(0), key_)); });
        });
        return all;
    }

    std::unique_ptr<storage::ScratchDatabase> scratch_;
    std::unique_ptr<Db> db_;
    ManualClock clock_{1'800'000'000};
    merkle::VerifierKey key_ = *merkle::verifier_key(origin, crypto::Ed25519Key::from_seed(seed).public_key);
};

INSTANTIATE_TEST_SUITE_P(Engines, LedgerTest, ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql),
                         [](const auto& param) { return param.param == storage::Engine::sqlite ? "sqlite" : "postgresql"; });

merkle::TileReader tiles_of(const Ledger& log) {
    return [&log](const merkle::TilePath& path) { return log.tile(merkle::encode(path)); };
}

std::string leaf_text(std::int64_t number) { return R"({"n":)" + std::to_string(number) + "}"; }

TEST_P(LedgerTest, AnEmptyLogHasACheckpointOfSizeZero) {
    auto log = ledger();
    EXPECT_EQ(log.checkpoint(), std::nullopt);
    EXPECT_EQ(log.sequence(), 0);
    const auto checkpoint = merkle::open_checkpoint(log.checkpoint().value(), key_);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->size, 0u);
    EXPECT_EQ(checkpoint->root, merkle::empty_root());
    EXPECT_EQ(log.tile("tile/0/000"), std::nullopt);
    EXPECT_EQ(log.tile("tile/entries/000"), std::nullopt);
    EXPECT_EQ(log.verifier_key(), merkle::encode(key_));
}

TEST_P(LedgerTest, ARolledBackEntryIsNotInTheLog) {
    auto log = ledger();
    add("{}");
    EXPECT_THROW(db_->write([](Tx& tx) {
        append(tx, "never");
        append_many(tx, {"never", "never"});
        throw std::runtime_error("the cause did not happen");
    }), std::runtime_error);
    const Result<int> refused = db_->write([](Tx& tx) -> Result<int> {
        append(tx, "never");
        return conflict("no", "no");
    });
    EXPECT_FALSE(refused);
    const auto last = add("[]");
    EXPECT_EQ(db_->read([](Tx& tx) { return size(tx); }), 0);
    EXPECT_EQ(log.sequence(), 2);
    EXPECT_EQ(db_->read([](Tx& tx) { return size(tx); }), 2);
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(log.tile("tile/entries/000.p/2"), std::string("\0\x02{}\0\x02[]", 8));
    EXPECT_EQ(db_->read([&](Tx& tx) { return index_of(tx, last); }), 1);
}

TEST_P(LedgerTest, TLG4_EntriesOfOneTransactionKeepTheirOrderAndTooLongOnesAreRefused) {
    auto log = ledger();
    const auto ids = db_->write([](Tx& tx) {
        std::vector<EntryId> all = append_many(tx, {"a", "b", "c"});
        all.push_back(append(tx, "d"));
        const auto more = append_many(tx, {"e", ""});
        all.insert(all.end(), more.begin(), more.end());
        EXPECT_TRUE(append_many(tx, {}).empty());
        return all;
    });
    db_->read([&](Tx& tx) { EXPECT_EQ(index_of(tx, ids[0]), std::nullopt); });  // not sequenced yet
    EXPECT_EQ(log.proof(ids[0]), std::nullopt);
    log.sequence();
    db_->read([&](Tx& tx) {
        for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(index_of(tx, ids[i]), static_cast<std::int64_t>(i));
        EXPECT_EQ(index_of(tx, 999), std::nullopt);
    });
    EXPECT_EQ(log.tile("tile/entries/000.p/6"), std::string("\0\1a\0\1b\0\1c\0\1d\0\1e\0\0", 17));
    EXPECT_THROW(add(std::string(65536, 'x')), std::invalid_argument);
    add(std::string(65535, 'x'));
    EXPECT_EQ(log.sequence(), 7);
}

TEST_P(LedgerTest, TLG4_TilesAreServedAsFarAsTheTreeReaches) {
    auto log = ledger();
    std::vector<std::string> leaves;
    for (int i = 0; i < 300; ++i) leaves.push_back(leaf_text(i));
    db_->write([&](Tx& tx) { append_many(tx, leaves); });
    log.sequence();
    EXPECT_EQ(log.tile("tile/0/000").value().size(), 8192u);
    EXPECT_EQ(log.tile("tile/0/000.p/7").value(), log.tile("tile/0/000").value().substr(0, 7 * 32));
    EXPECT_EQ(log.tile("tile/0/001.p/44").value().size(), 44u * 32);
    EXPECT_EQ(log.tile("tile/1/000.p/1").value().size(), 32u);
    const std::string full = log.tile("tile/entries/000").value(), partial = log.tile("tile/entries/001.p/44").value();
    EXPECT_EQ(merkle::parse_bundle(full, 256).value().back(), leaf_text(255));
    EXPECT_EQ(merkle::parse_bundle(partial, 44).value().front(), leaf_text(256));
    for (const char* path : {"tile/0/001", "tile/0/001.p/45", "tile/0/002.p/1", "tile/0/001.p/0", "tile/1/000", "tile/1/000.p/2", "tile/2/000.p/1", "tile/63/000", "tile/entries/001",
                             "tile/entries/001.p/45", "tile/entries/002.p/1", "tile/0/x036/x028/x797/x018/x963/967", "tile", "", "checkpoint", "../ledger.key"})
        EXPECT_EQ(log.tile(path), std::nullopt) << path;
}

TEST_P(LedgerTest, TLG5_TwentyThousandEntriesInBatchesOfAnySizeProveThemselves) {
    auto log = ledger();
    std::mt19937 random(20261121);
    std::vector<EntryId> ids;
    while (ids.size() < 20'000) {
        const std::size_t batch = std::min<std::size_t>(random() % 1500 + 1, 20'000 - ids.size());
        std::vector<std::string> leaves;
        for (std::size_t i = 0; i < batch; ++i) leaves.push_back(leaf_text(static_cast<std::int64_t>(ids.size() + i)));
        const auto more = db_->write([&](Tx& tx) { return append_many(tx, leaves); });
        ids.insert(ids.end(), more.begin(), more.end());
        if (random() % 4 != 0) log.sequence();
    }
    EXPECT_EQ(log.sequence(), 20'000);
    for (int i = 0; i < 200; ++i) {
        const std::size_t which = i == 0 ? 0 : i == 1 ? ids.size() - 1 : random() % ids.size();
        const auto file = merkle::parse_proof_file(log.proof(ids[which]).value());
        ASSERT_TRUE(file);
        ASSERT_EQ(file->index, which);
        ASSERT_TRUE(merkle::verify(*file, leaf_text(static_cast<std::int64_t>(which)), key_)) << which;
        ASSERT_FALSE(merkle::verify(*file, leaf_text(static_cast<std::int64_t>(which) + 1), key_));
    }
    const auto all = checkpoints();
    ASSERT_GT(all.size(), 5u);
    merkle::TileNodes nodes(20'000, tiles_of(log));
    for (const auto& from : all)
        for (const auto& to : all) {
            if (from.size > to.size) continue;
            const auto proof = merkle::consistency_proof(from.size, to.size, nodes.reader());
            ASSERT_TRUE(proof);
            ASSERT_TRUE(merkle::verify_consistency(from.size, to.size, from.root, to.root, *proof)) << from.size << " to " << to.size;
        }
}

TEST_P(LedgerTest, TLG5_ACrashBetweenIntegratingAndSigningIsMendedAtTheNextStart) {
    std::string before;
    {
        auto log = ledger();
        add("first");
        log.sequence();
        before = log.checkpoint().value();
        add("second");
        EXPECT_EQ(log.integrate(), 2);
        EXPECT_EQ(log.checkpoint(), before);  // integrated, not signed: nothing of it is served
        EXPECT_EQ(log.tile("tile/0/000.p/2"), std::nullopt);
    }
    auto log = ledger();
    EXPECT_EQ(log.checkpoint(), before);
    log.sign();
    const auto mended = *merkle::open_checkpoint(log.checkpoint().value(), key_);
    EXPECT_EQ(mended.size, 2u);
    EXPECT_EQ(mended.root, merkle::node_hash(merkle::leaf_hash("first"), merkle::leaf_hash("second")));
    const auto note = log.checkpoint();
    log.sequence();
    EXPECT_EQ(log.checkpoint(), note);  // the same size is not signed twice
    EXPECT_EQ(checkpoints().size(), 2u);
}

TEST_P(LedgerTest, TLG5_NothingIsSignedWhereTreeAndCheckpointDisagree) {
    auto log = ledger();
    add("first");
    log.sequence();
    const auto before = log.checkpoint();
    add("second");
    log.integrate();
    const auto root = db_->read([](Tx& tx) { return tx.value<Blob>(read_root); });
    const auto good_tile = db_->read([](Tx& tx) { return tx.value<Blob>("SELECT hashes FROM ledger_tile WHERE level = 0 AND n = 0"); });

    db_->write([](Tx& tx) { tx.exec(spoil_tile, Blob{std::string(64, 'x')}); });
    EXPECT_THROW(log.sign(), storage::Failure);
    EXPECT_EQ(log.checkpoint(), before);
    db_->write([&](Tx& tx) { tx.exec(spoil_tile, good_tile); });

    const std::string signed_root(merkle::bytes_of(merkle::leaf_hash("first")));
    db_->write([](Tx& tx) { tx.exec(spoil_checkpoint, Blob{std::string(32, 'x')}); });
    EXPECT_THROW(log.sign(), storage::Failure);
    EXPECT_EQ(log.checkpoint(), before);
    db_->write([&](Tx& tx) { tx.exec(spoil_checkpoint, Blob{signed_root}); });

    // A database brought back from before the checkpoint: the tree is smaller than what was signed.
    log.sign();
    db_->write([&](Tx& tx) { tx.exec("UPDATE ledger_state SET size = 1, root = $1 WHERE one = 1", Blob{signed_root}); });
    EXPECT_THROW(log.sign(), storage::Failure);
    db_->write([&](Tx& tx) { tx.exec("UPDATE ledger_state SET size = 2, root = $1 WHERE one = 1", root); });
    log.sign();

    // Tiles that do not make the root they should: nothing more is integrated on them by a fresh start.
    db_->write([](Tx& tx) { tx.exec(spoil_tile, Blob{std::string(64, 'x')}); });
    auto fresh = ledger();
    add("third");
    EXPECT_THROW(fresh.sequence(), storage::Failure);
    EXPECT_EQ(checkpoints().size(), 2u);
}

TEST_P(LedgerTest, TLG6_ALogKeepsItsNameAndKey) {
    {
        auto log = ledger();
        log.sequence();
    }
    EXPECT_NO_THROW(ledger());
    EXPECT_THROW(Ledger(*db_, clock_, "another.example/log", seed), storage::Failure);
    EXPECT_THROW(Ledger(*db_, clock_, origin, std::string(32, 't')), storage::Failure);
    EXPECT_THROW(Ledger(*db_, clock_, "with space", seed), std::invalid_argument);
    EXPECT_THROW(Ledger(*db_, clock_, origin, "short"), std::invalid_argument);
    const auto opened = merkle::open_note(ledger().sign_note("receipt\n"), std::span(&key_, 1));
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, "receipt\n");
}

TEST_P(LedgerTest, TLG5_TwoSequencersNeverSignTwoRootsForOneSize) {
    const auto second_db = open();
    Ledger first(*db_, clock_, origin, seed), second(*second_db, clock_, origin, seed);
    std::atomic<bool> writing{true};
    std::vector<std::thread> threads;
    for (int writer = 0; writer < 3; ++writer) {
        threads.emplace_back([&, writer] {
            Db& db = writer == 0 ? *second_db : *db_;
            for (int i = 0; i < 200; ++i) {
                try {
                    db.write([&](Tx& tx) {
                        append(tx, std::to_string(writer) + " " + std::to_string(i));
                        if (i % 7 == 0) throw std::runtime_error("rolled back");
                    });
                } catch (const std::runtime_error&) {
                }
            }
        });
    }
    std::thread one([&] { while (writing) first.sequence(); });
    std::thread two([&] { while (writing) second.sequence(); });
    for (auto& thread : threads) thread.join();
    writing = false;
    one.join();
    two.join();
    const std::int64_t kept = 3 * (200 - 29);
    EXPECT_EQ(first.sequence(), kept);
    EXPECT_EQ(second.sequence(), kept);
    // The entries as they are served make every root that was ever signed.
    std::vector<merkle::Hash> leaves;
    for (std::uint64_t n = 0; n * 256 < static_cast<std::uint64_t>(kept); ++n) {
        const auto path = merkle::tile_at(static_cast<std::uint64_t>(kept), merkle::TilePath::entries, n);
        const std::string bundle = first.tile(merkle::encode(*path)).value();
        const auto entries = merkle::parse_bundle(bundle, path->width);
        for (const auto entry : entries.value()) leaves.push_back(merkle::leaf_hash(entry));
    }
    merkle::Frontier frontier;
    std::size_t seen = 0;
    for (const auto& checkpoint : checkpoints()) {
        while (frontier.size() < checkpoint.size) frontier.append(leaves.at(frontier.size()));
        ASSERT_EQ(frontier.root(), checkpoint.root) << checkpoint.size;
        ++seen;
    }
    EXPECT_EQ(frontier.size(), static_cast<std::uint64_t>(kept));
    EXPECT_GT(seen, 1u);
}

TEST_P(LedgerTest, TLG5_ATransactionThatCommitsLateTakesALaterPlace) {
    if (GetParam() == storage::Engine::sqlite) GTEST_SKIP() << "one writer at a time: ids are taken in the order of commits";
    auto log = ledger();
    std::promise<EntryId> appended;
    std::promise<void> may_commit;
    std::thread late([&] {
        db_->write([&](Tx& tx) {
            appended.set_value(append(tx, "took its id first"));
            may_commit.get_future().wait();
        });
    });
    const auto first = appended.get_future().get();
    const auto second = add("committed first");
    EXPECT_LT(first, second);
    EXPECT_EQ(log.sequence(), 1);
    may_commit.set_value();
    late.join();
    EXPECT_EQ(log.sequence(), 2);
    db_->read([&](Tx& tx) {
        EXPECT_EQ(index_of(tx, second), 0);
        EXPECT_EQ(index_of(tx, first), 1);
    });
}

TEST_P(LedgerTest, TheThreadSignsWhatIsCommittedWithinASecond) {
    auto log = ledger();
    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t signed_size = -1;
    log.on_checkpoint([&](std::int64_t size) {
        const std::lock_guard lock(mutex);
        signed_size = size;
        changed.notify_all();
    });
    log.start();
    log.start();  // once is enough
    const auto reaches = [&](std::int64_t size) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(5), [&] { return signed_size >= size; });
    };
    EXPECT_TRUE(reaches(0));
    const auto begin = std::chrono::steady_clock::now();
    const auto entry = add("{}");
    EXPECT_TRUE(reaches(1));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
    EXPECT_TRUE(log.proof(entry));
    {  // Another process appends: its notification comes through the database.
        const auto other = open();
        other->write([](Tx& tx) { append(tx, "{}"); });
        EXPECT_TRUE(reaches(2));
    }
    add("last");
    log.stop();
    EXPECT_TRUE(reaches(3));
    add("after the stop");
    log.start();
    EXPECT_TRUE(reaches(4));
}

}  // namespace
}  // namespace verbatim::ledger
