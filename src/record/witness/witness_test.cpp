#include "record/witness/witness.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/storage/scratch.h"
#include "ground/merkle/add_checkpoint.h"
#include "ground/merkle/tile.h"

namespace verbatim::witness {
namespace {

using Kind = Verdict::Kind;

const crypto::Ed25519Key log_key = crypto::Ed25519Key::from_seed(std::string(32, 'l'));
const std::string origin = "reviews.example/log";
const std::string name = "witness.example/w";
const std::string seed(32, 'w');

// A log of `size` entries, all called by their number and `flavour`: two flavours are two logs that disagree.
struct Tree {
    std::vector<merkle::Hash> leaves;
    Tree(std::size_t size, const std::string& flavour = "", std::size_t from = 0) {
        for (std::size_t i = 0; i < size; ++i) leaves.push_back(merkle::leaf_hash((i < from ? "" : flavour) + std::to_string(i)));
    }
    merkle::NodeReader nodes() const {
        return [this](unsigned height, std::uint64_t index) -> std::optional<merkle::Hash> { return node(height, index); };
    }
    merkle::Hash node(unsigned height, std::uint64_t index) const {
        if (height == 0) return leaves.at(index);
        return merkle::node_hash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
    }
    std::string note(std::uint64_t size, const crypto::Ed25519Key& key = log_key, const std::string& by = origin) const {
        merkle::Checkpoint text;
        text.origin = by;
        text.size = size;
        text.root = *merkle::root_of(size, nodes());
        return merkle::sign_note(merkle::encode(text), by, key);
    }
    std::string body(std::uint64_t from, std::uint64_t to) const {
        merkle::AddCheckpoint request;
        request.old_size = from;
        request.proof = *merkle::consistency_proof(from, to, nodes());
        request.checkpoint = note(to);
        return merkle::encode(request);
    }
};

class WitnessTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    void SetUp() override {
        if (!storage::ScratchDatabase::available(GetParam())) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES names no PostgreSQL";
        scratch_ = std::make_unique<storage::ScratchDatabase>(GetParam());
        db_ = scratch_->open();
        db_->migrate(migrations());
    }
    Witness witness() { return Witness(*db_, clock_, name, seed, {*merkle::verifier_key(origin, log_key.public_key)}); }
    std::int64_t evidence() {
        return db_->read([](storage::Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM witness_evidence"); });
    }

    std::unique_ptr<storage::ScratchDatabase> scratch_;
    std::unique_ptr<storage::Db> db_;
    ManualClock clock_{1'800'000'000};
    Tree tree_{300};
};

INSTANTIATE_TEST_SUITE_P(Engines, WitnessTest, ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql),
                         [](const auto& param) { return param.param == storage::Engine::sqlite ? "sqlite" : "postgresql"; });

TEST_P(WitnessTest, TLG7_CosignsWhatGrowsAndRemembersItAfterARestart) {
    const auto key = *merkle::parse_witness_key(witness().verifier_key());
    const auto first = witness().add_checkpoint(tree_.body(0, 7));
    ASSERT_EQ(first.kind, Kind::cosigned) << first.why;
    const auto found = merkle::cosignatures(tree_.note(7) + first.lines, std::span(&key, 1));
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ((*found)[0].time, 1'800'000'000u);

    EXPECT_EQ(witness().add_checkpoint(tree_.body(7, 300)).kind, Kind::cosigned);
    clock_.advance(60);
    const auto again = witness().add_checkpoint(tree_.body(300, 300));  // the same tree, seen later
    ASSERT_EQ(again.kind, Kind::cosigned);
    EXPECT_EQ((*merkle::cosignatures(tree_.note(300) + again.lines, std::span(&key, 1)))[0].time, 1'800'000'060u);
    ASSERT_EQ(witness().seen().size(), 1u);
    EXPECT_EQ(witness().seen()[0].size, 300);
}

TEST_P(WitnessTest, TLG7_RefusesRollbacksForksAndStrangers) {
    auto w = witness();
    ASSERT_EQ(w.add_checkpoint(tree_.body(0, 100)).kind, Kind::cosigned);
    // Another size than the recorded one: it says which, and moves nowhere.
    for (const auto& [from, to] : {std::pair(0, 50), std::pair(0, 200), std::pair(50, 200), std::pair(99, 100)}) {
        const auto stale = w.add_checkpoint(tree_.body(static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to)));
        EXPECT_EQ(stale.kind, Kind::stale);
        EXPECT_EQ(stale.size, 100);
    }
    EXPECT_EQ(w.add_checkpoint(tree_.body(0, 100).replace(4, 1, "101")).kind, Kind::malformed);  // old size above the checkpoint's
    // A log that forked: same size with another root is kept as evidence; a larger one has no proof.
    const Tree fork(300, "x", 90);
    EXPECT_EQ(w.add_checkpoint(fork.body(100, 100)).kind, Kind::stale);
    EXPECT_EQ(evidence(), 1);
    EXPECT_EQ(w.add_checkpoint(fork.body(100, 200)).kind, Kind::inconsistent);
    EXPECT_EQ(w.add_checkpoint(tree_.body(100, 200).insert(tree_.body(100, 200).find("\n\n") + 1, "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n")).kind, Kind::inconsistent);
    // Origins and keys it was not told of.
    merkle::AddCheckpoint request;
    request.checkpoint = tree_.note(5, log_key, "other.example/log");
    EXPECT_EQ(w.add_checkpoint(merkle::encode(request)).kind, Kind::unknown_log);
    request.checkpoint = tree_.note(5, crypto::Ed25519Key::from_seed(std::string(32, 'x')));
    EXPECT_EQ(w.add_checkpoint(merkle::encode(request)).kind, Kind::not_signed);
    EXPECT_EQ(w.add_checkpoint("old 0\n").kind, Kind::malformed);
    EXPECT_EQ(w.add_checkpoint("").kind, Kind::malformed);
    // After all that it stands where it stood.
    ASSERT_EQ(w.add_checkpoint(tree_.body(100, 200)).kind, Kind::cosigned);
}

TEST_P(WitnessTest, TLG7_EvidenceIsBounded) {
    auto w = witness();
    ASSERT_EQ(w.add_checkpoint(tree_.body(0, 100)).kind, Kind::cosigned);
    for (int i = 0; i < 120; ++i) w.add_checkpoint(Tree(100, std::to_string(i) + "x", 90).body(100, 100));
    EXPECT_EQ(evidence(), 100);
}

// The race of tlog-witness's last section: two requests checked against one record, the smaller one written last.
TEST_P(WitnessTest, TLG7_AtOnceFromManySidesItNeverGoesBackAndNeverSignsTwoRoots) {
    const Tree fork(300, "x", 3);
    const auto second_db = scratch_->open();
    Witness one = witness(), two(*second_db, clock_, name, seed, {*merkle::verifier_key(origin, log_key.public_key)});
    ASSERT_EQ(one.add_checkpoint(tree_.body(0, 3)).kind, Kind::cosigned);
    std::atomic<int> forked{0}, cosigned{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            Witness& asked = t % 2 == 0 ? one : two;
            const Tree& offered = t < 3 ? tree_ : fork;
            std::uint64_t from = 3;
            for (std::uint64_t to = 4; to <= 60; ++to) {
                const auto answer = asked.add_checkpoint(offered.body(std::min(from, to), to));
                if (answer.kind == Kind::cosigned) ++(t < 3 ? cosigned : forked), from = to;
                else if (answer.kind == Kind::stale) from = static_cast<std::uint64_t>(answer.size);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    // Whoever was first after size 3 decided which of the two logs this witness sees; the other was never signed.
    EXPECT_TRUE((forked == 0) != (cosigned == 0)) << forked << " " << cosigned;
}

}  // namespace
}  // namespace verbatim::witness
