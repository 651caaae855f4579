// The log and its witnesses: real ones, one that lies, one that is down.
#include "record/ledger/witnesses.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "engine/storage/scratch.h"
#include "ground/merkle/add_checkpoint.h"
#include "ground/merkle/proof_file.h"
#include "record/witness/witness.h"

namespace verbatim::ledger {
namespace {

const std::string origin = "reviews.example/log";
const std::string seed(32, 's');
const merkle::VerifierKey log_key = *merkle::verifier_key(origin, crypto::Ed25519Key::from_seed(seed).public_key);

// A witness with its own database, reached by a function call.
struct RealWitness {
    storage::ScratchDatabase scratch{storage::Engine::sqlite};
    std::unique_ptr<storage::Db> db = scratch.open();
    witness::Witness self;
    merkle::WitnessKey key;
    std::vector<std::string> asked;

    RealWitness(const Clock& clock, const std::string& name, char c) : self((db->migrate(witness::migrations()), *db), clock, name, std::string(32, c), {log_key}), key(*merkle::parse_witness_key(self.verifier_key())) {}

    WitnessAnswer answer(const std::string& body) {
        using Kind = witness::Verdict::Kind;
        asked.push_back(body.substr(0, body.find('\n')));
        const auto verdict = self.add_checkpoint(body);
        switch (verdict.kind) {
            case Kind::cosigned: return {200, verdict.lines};
            case Kind::stale: return {409, std::to_string(verdict.size) + "\n"};
            case Kind::malformed: return {400, verdict.why};
            case Kind::unknown_log: return {404, verdict.why};
            case Kind::not_signed: return {403, verdict.why};
            case Kind::inconsistent: return {422, verdict.why};
        }
        return {};
    }
};

class WitnessesTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    void SetUp() override {
        if (!storage::ScratchDatabase::available(GetParam())) GTEST_SKIP() << "VERBATIM_TEST_POSTGRES names no PostgreSQL";
        scratch_ = std::make_unique<storage::ScratchDatabase>(GetParam());
        db_ = scratch_->open();
        db_->migrate(migrations());
        ledger_ = std::make_unique<Ledger>(*db_, clock_, origin, seed);
        policy_.witnesses = {{"a", a_.key, "http://a"}, {"b", b_.key, "http://b"}};
        policy_.groups = {{"both", 2, {"a", "b"}}};
        policy_.quorum = "both";
    }
    std::unique_ptr<Witnesses> witnesses() {
        return std::make_unique<Witnesses>(*db_, clock_, *ledger_, policy_, [this](std::size_t i, const std::string& body) -> Result<WitnessAnswer> {
            if (instead_[i]) return instead_[i](body);
            return (i == 0 ? a_ : b_).answer(body);
        });
    }
    EntryId grow(int entries) {
        EntryId last = 0;
        db_->write([&](storage::Tx& tx) {
            for (int i = 0; i < entries; ++i) last = append(tx, "{\"n\":" + std::to_string(made_++) + "}");
        });
        ledger_->sequence();
        return last;
    }
    std::vector<merkle::Cosigned> served() const { return *merkle::cosignatures(ledger_->checkpoint().value(), policy_.witness_keys()); }

    ManualClock clock_{1'800'000'000};
    RealWitness a_{clock_, "witness.example/a", 'a'}, b_{clock_, "witness.example/b", 'b'};
    std::unique_ptr<storage::ScratchDatabase> scratch_;
    std::unique_ptr<storage::Db> db_;
    std::unique_ptr<Ledger> ledger_;
    merkle::Policy policy_;
    std::function<Result<WitnessAnswer>(const std::string&)> instead_[2];
    int made_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Engines, WitnessesTest, ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql),
                         [](const auto& param) { return param.param == storage::Engine::sqlite ? "sqlite" : "postgresql"; });

TEST_P(WitnessesTest, TLG7_CosignaturesAreKeptAndPublishedAndTheQuorumIsKnown) {
    auto asking = witnesses();
    EXPECT_FALSE(*asking->ask(0));  // nothing is signed yet
    const auto first = grow(5);
    EXPECT_TRUE(served().empty());  // nothing waits for witnesses
    ASSERT_TRUE(asking->ask(0));
    EXPECT_EQ(served().size(), 1u);
    EXPECT_EQ(ledger_->cosigned_checkpoint(), std::nullopt);
    EXPECT_FALSE(asking->quorum());
    ASSERT_TRUE(asking->ask(1));
    EXPECT_EQ(served().size(), 2u);
    EXPECT_EQ(ledger_->cosigned_checkpoint(), ledger_->checkpoint());
    EXPECT_EQ(asking->quorum()->size, 5);
    EXPECT_EQ(asking->quorum()->at, 1'800'000'000);
    ASSERT_TRUE(asking->ask(0));  // asked once for each checkpoint
    EXPECT_EQ(a_.asked, (std::vector<std::string>{"old 0"}));

    // The next one: proven from where each stands; the cosigned one stays until the quorum is met again.
    clock_.advance(10);
    const auto second = grow(300);
    ASSERT_TRUE(asking->ask(0));
    EXPECT_EQ(a_.asked.back(), "old 5");
    EXPECT_EQ(served().size(), 1u);
    EXPECT_EQ(merkle::open_checkpoint(ledger_->cosigned_checkpoint().value(), log_key)->size, 5u);
    EXPECT_EQ(ledger_->inclusion(first)->size, 5);
    EXPECT_EQ(ledger_->inclusion(first)->witnesses.size(), 2u);
    EXPECT_EQ(ledger_->inclusion(second)->size, 305);
    EXPECT_EQ(ledger_->inclusion(second)->witnesses.size(), 1u);
    const auto file = merkle::parse_proof_file(ledger_->proof(first).value());
    EXPECT_TRUE(merkle::verify(*file, "{\"n\":4}", log_key));
    EXPECT_EQ(merkle::cosignatures(file->checkpoint, policy_.witness_keys())->size(), 2u);

    // A restart knows all of it.
    ledger_ = std::make_unique<Ledger>(*db_, clock_, origin, seed);
    asking = witnesses();
    ASSERT_TRUE(asking->ask(1));
    EXPECT_EQ(b_.asked.back(), "old 5");
    EXPECT_EQ(served().size(), 2u);
    EXPECT_EQ(asking->standing()[0].size, 305);
    EXPECT_EQ(asking->standing()[1].at, 1'800'000'010);
}

TEST_P(WitnessesTest, TLG7_AWitnessThatStandsElsewhereIsAskedOnceMoreFromThere) {
    grow(5);
    ASSERT_TRUE(witnesses()->ask(0));
    grow(10);
    db_->write([](storage::Tx& tx) { tx.exec("DELETE FROM ledger_witness"); });  // as after a restored backup
    ASSERT_TRUE(witnesses()->ask(0));
    EXPECT_EQ(a_.asked, (std::vector<std::string>{"old 0", "old 0", "old 5"}));
    EXPECT_EQ(served().size(), 1u);
}

TEST_P(WitnessesTest, TLG7_WhateverAWitnessAnswersTheLogGoesOn) {
    const auto lines = [](const std::string& body, char c, std::uint64_t time) {
        const auto request = merkle::parse_add_checkpoint(body);
        return merkle::cosign(merkle::parse_note(request->checkpoint)->text, "witness.example/b", crypto::Ed25519Key::from_seed(std::string(32, c)), time);
    };
    struct Line {
        const char* what;
        std::function<Result<WitnessAnswer>(const std::string&)> answer;
        const char* why;
    };
    int size = 0;
    const Line table[] = {
        {"down", [](const std::string&) -> Result<WitnessAnswer> { return Error{ErrorKind::unavailable, "http_unavailable", "Connection refused", {}}; }, "refused"},
        {"404", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{404, "who?"}; }, "404"},
        {"403", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{403, ""}; }, "403"},
        {"422", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{422, ""}; }, "422"},
        {"500", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{500, "<html>"}; }, "500"},
        {"lies about its size", [&](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{409, std::to_string(++size % 4 + 1) + "\n"}; }, "another size each time"},
        {"claims to be ahead", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{409, "1000000\n"}; }, "old backup"},
        {"sees another root", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{409, "0\n"}; }, "does not accept the root"},
        {"409 with words", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{409, "minus one\n"}; }, "without its size"},
        {"409 huge", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{409, "99999999999999999999\n"}; }, "without its size"},
        {"empty 200", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{200, ""}; }, "without a signature"},
        {"nonsense 200", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{200, "thank you\n"}; }, "nonsense"},
        {"too long", [](const std::string&) -> Result<WitnessAnswer> { return WitnessAnswer{200, std::string(70'000, 'x')}; }, "more than a witness needs"},
        {"another key", [&](const std::string& body) -> Result<WitnessAnswer> { return WitnessAnswer{200, lines(body, 'z', 1'800'000'000)}; }, "without a signature"},
        {"no time", [&](const std::string& body) -> Result<WitnessAnswer> { return WitnessAnswer{200, lines(body, 'b', 0)}; }, "time that cannot be"},
        {"tomorrow", [&](const std::string& body) -> Result<WitnessAnswer> { return WitnessAnswer{200, lines(body, 'b', 1'800'090'000)}; }, "time that cannot be"},
    };
    auto asking = witnesses();
    grow(9);
    for (const auto& line : table) {
        instead_[1] = line.answer;
        grow(1);
        const auto answer = asking->ask(1);
        ASSERT_FALSE(answer) << line.what;
        EXPECT_NE(answer.error().message.find(line.why), std::string::npos) << line.what << ": " << answer.error().message;
        EXPECT_TRUE(*asking->ask(0)) << line.what;
        EXPECT_EQ(served().size(), 1u) << line.what;
    }
    instead_[1] = nullptr;  // it mends its ways
    EXPECT_TRUE(*asking->ask(1));
    EXPECT_EQ(served().size(), 2u);
}

TEST_P(WitnessesTest, TLG7_TheThreadsAskByThemselvesAndComeBackToOneThatWasDown) {
    std::mutex mutex;
    std::condition_variable changed;
    bool down = true;
    int tries = 0;
    instead_[1] = [&](const std::string& body) -> Result<WitnessAnswer> {
        const std::lock_guard lock(mutex);
        ++tries;
        changed.notify_all();
        if (down) return Error{ErrorKind::unavailable, "http_unavailable", "Connection refused", {}};
        return b_.answer(body);
    };
    auto asking = witnesses();
    asking->start();
    grow(3);
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return tries > 0; }));
        down = false;
    }
    // The other one cosigned at once; this one is asked again after a second.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!asking->quorum() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ASSERT_TRUE(asking->quorum());
    EXPECT_EQ(asking->quorum()->size, 3);
    asking->stop();
}

}  // namespace
}  // namespace verbatim::ledger
