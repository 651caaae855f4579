// Everyone who may be asked is counted in public before anybody is, and accounted for after (promise 1; norms COL-7, TLG-1).
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/intake/test_database.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"
#include "life/invite/asked.h"
#include "life/invite/experience_file.h"
#include "life/invite/invite.h"
#include "record/events/events.h"
#include "record/figures/figures.h"
#include "record/links/links.h"
#include "record/network/import.h"
#include "record/reviews/reviews.h"

namespace verbatim::invite {
namespace {

using experiences::Outcome;
using nlohmann::json;
using storage::Tx;

class Batches : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), contact::migrations(), ledger::migrations(),
                 experiences::migrations(), events::migrations(), reviews::migrations(), figures::migrations()});
        quiet.progress = false;
        const auto sites = write_file("sites.csv", "code,name,country,locale,services\nLAKE,Garage du Lac,FR,fr-FR,workshop\nHILL,Garage Hill,FR,fr-FR,workshop\n");
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        log.emplace(*db, clock, "test.example/log", std::string(32, 's'));
        invite.emplace(*db, clock, *log, Options{});
        runner.emplace(*db, clock);
        invite->handle(*runner);
    }

    static std::string row(int n, const std::string& site = "LAKE", const std::string& day = "2026-11-20", const std::string& consent = "invitation=yes") {
        const auto id = std::to_string(n);
        return "E" + id + ",workshop," + day + "," + site + ",K" + id + ",c" + id + "@example.org," + consent + "\n";
    }
    void import_rows(const std::string& rows) {
        const auto file = write_file("e" + std::to_string(++files) + ".csv", "id,kind,occurred_on,site,customer,email,consent\n" + rows);
        const auto counts = intake::run(*db, file, experience_kind(*invite, clock), quiet);
        ASSERT_TRUE(counts.ok() && counts->rejected == 0);
    }
    std::vector<json> leaves(const std::string& kind) {
        std::vector<json> found;
        db->read([&](Tx& tx) {
            for (std::int64_t id = 1; auto leaf = ledger::leaf_of(tx, id); ++id) {
                auto entry = json::parse(*leaf);
                if (entry["kind"] == kind) found.push_back(std::move(entry));
            }
        });
        return found;
    }
    std::string outcome_of(int n) {
        const auto found = db->read([&](Tx& tx) { return experiences::find(tx, "E" + std::to_string(n)); });
        return std::string(experiences::to_word(found->outcome)) + (found->reason.empty() ? "" : " " + found->reason);
    }
    std::int64_t letters() {
        return db->read([](Tx& tx) { return contact::post_counts(tx).waiting; });
    }
    void answer(int n) {
        db->write([&](Tx& tx) {
            reviews::Submission words;
            words.content.subject = "site:LAKE";
            words.content.service = "workshop";
            words.content.rating = 3;
            words.content.experience_on = "2026-11-20";
            words.origin = "invited";
            words.experience = "E" + std::to_string(n);
            const auto collected = reviews::collect(tx, Actor::system("test"), clock.now(), words);
            experiences::set_outcome(tx, words.experience, Outcome::answered, {}, clock.now());
            invite->on_collected(tx, collected->id);
        });
    }

    ManualClock clock{*parse_moment("2026-11-26T10:00:00Z")};
    intake::Options quiet;
    std::optional<ledger::Ledger> log;
    std::optional<Invite> invite;
    std::optional<jobs::Runner> runner;
    int files = 0;
};
INSTANTIATE_TEST_SUITE_P(Both, Batches, intake::both_engines, intake::engine_name);

TEST_P(Batches, COL7_TheLogIsSignedBeforeTheFirstInvitationLeaves) {
    if (!db) return;
    import_rows(row(1) + row(2) + row(3, "HILL") + row(4, "LAKE", "2026-01-01") + row(5, "LAKE", "2026-11-20", "invitation=no"));
    EXPECT_EQ(runner->run_due(), 0);  // the second is not over
    EXPECT_EQ(letters(), 0);
    EXPECT_TRUE(leaves("batch").empty());
    clock.advance(1);
    runner->run_due();
    EXPECT_EQ(letters(), 3);
    const auto batches = leaves("batch");
    ASSERT_EQ(batches.size(), 2u);
    EXPECT_EQ(batches[0]["site"], "HILL");
    EXPECT_EQ(batches[0]["eligible"], 1);
    EXPECT_EQ(batches[1]["eligible"], 4);  // those who are not asked are counted as well
    EXPECT_EQ(batches[1]["day"], "2026-11-26");
    EXPECT_EQ(batches[1]["part"], 1);
    EXPECT_GE(db->read([](Tx& tx) { return ledger::signed_size(tx); }), 2);
    EXPECT_TRUE(leaves("outcome").empty());
    import_rows(row(6));
    clock.advance(1);
    runner->run_due();
    EXPECT_EQ(leaves("batch").back()["part"], 2);
    EXPECT_EQ(leaves("batch").back()["eligible"], 1);
    // Nothing new came in: nothing is committed to.
    invite->commit_batches();
    EXPECT_EQ(leaves("batch").size(), 3u);
}

TEST_P(Batches, COL7_AnInvitationThatIsDueWaitsForItsBatch) {
    if (!db) return;
    import_rows(row(1, "LAKE", "2026-11-25"));  // due on the 27th
    // The job that commits never ran; the invitation's own moment comes.
    db->write([](Tx& tx) { jobs::cancel(tx, "invite_batches", "batches"); });
    clock.set(*parse_moment("2026-11-27T00:00:01Z"));
    runner->run_due();
    EXPECT_EQ(outcome_of(1), "waiting");
    EXPECT_EQ(letters(), 0);
    invite->commit_batches();
    clock.advance(2);
    runner->run_due();
    EXPECT_EQ(outcome_of(1), "invited");
    EXPECT_EQ(letters(), 1);
}

TEST_P(Batches, COL7_EachEndsInOneOutcomeAndTheSumIsSaid) {
    if (!db) return;
    import_rows(row(1) + row(2) + row(3) + row(4) + row(5, "LAKE", "2026-11-20", "invitation=no"));
    clock.advance(1);
    runner->run_due();
    answer(1);
    db->write([&](Tx& tx) { invite->on_undelivered(tx, "E2", "bounce"); });
    EXPECT_EQ(outcome_of(2), "suppressed bounce");
    db->write([&](Tx& tx) { experiences::forget_customer(tx, experiences::find(tx, "E3")->customer); });
    EXPECT_EQ(outcome_of(3), "suppressed erased");
    EXPECT_TRUE(leaves("outcome").empty());
    clock.advance(61 * one_day);
    runner->run_due();
    EXPECT_EQ(outcome_of(4), "expired");
    const auto said = leaves("outcome");
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0]["answered"], 1);
    EXPECT_EQ(said[0]["expired"], 1);
    EXPECT_EQ(said[0]["suppressed"], (json{{"bounce", 1}, {"erased", 1}, {"no_basis", 1}}));
    EXPECT_EQ(said[0]["day"], "2026-11-26");
    // What is said stays said.
    db->write([&](Tx& tx) {
        invite->on_undelivered(tx, "E4", "bounce");
        experiences::set_outcome(tx, "E5", Outcome::answered, {}, clock.now());
    });
    EXPECT_EQ(outcome_of(4), "expired");
    EXPECT_EQ(outcome_of(5), "suppressed no_basis");
    clock.advance(one_day);
    runner->run_due();
    EXPECT_EQ(leaves("outcome").size(), 1u);
}

TEST_P(Batches, COL9_WhoProvesAnExperienceUninvitedHasAnsweredWhileTheBatchIsOpen) {
    if (!db) return;
    import_rows(row(1) + row(2, "LAKE", "2026-11-20", "invitation=no"));
    clock.advance(1);
    runner->run_due();
    db->write([&](Tx& tx) { experiences::set_outcome(tx, "E2", Outcome::answered, {}, clock.now()); });
    EXPECT_EQ(outcome_of(2), "answered");
    EXPECT_FALSE(db->read([](Tx& tx) { return experiences::find_by_proof(tx, "LAKE", "E2").has_value(); }));
}

TEST_P(Batches, COL7_TheLastErasedMemberClosesItsBatchInTheSweep) {
    if (!db) return;
    import_rows(row(1) + row(2));
    clock.advance(1);
    runner->run_due();
    for (const char* id : {"E1", "E2"}) db->write([&](Tx& tx) { experiences::forget_customer(tx, experiences::find(tx, id)->customer); });
    EXPECT_TRUE(leaves("outcome").empty());
    clock.advance(one_hour + 1);
    runner->run_due();
    ASSERT_EQ(leaves("outcome").size(), 1u);
    EXPECT_EQ(leaves("outcome")[0]["suppressed"], (json{{"erased", 2}}));
}

TEST_P(Batches, COL7_EachMemberCanProveThatHeWasCounted) {
    if (!db) return;
    std::string rows;
    for (int n = 1; n <= 13; ++n) rows += row(n);
    import_rows(rows);
    EXPECT_FALSE(db->read([](Tx& tx) { return experiences::membership(tx, "E1").has_value(); }));
    invite->commit_batches();
    const auto batch = leaves("batch").at(0);
    const auto root = merkle::hash_from(*from_base64(batch["commitment"].get<std::string>()));
    for (int n = 1; n <= 13; ++n) {
        const auto proof = db->read([&](Tx& tx) { return experiences::membership(tx, "E" + std::to_string(n)); });
        ASSERT_TRUE(proof);
        EXPECT_EQ(proof->size, 13);
        EXPECT_EQ(json::parse(proof->content)["experience"], "E" + std::to_string(n));
        EXPECT_TRUE(merkle::verify_inclusion(static_cast<std::uint64_t>(proof->index), 13, merkle::leaf_hash(proof->salt + proof->content), proof->path, *root));
        EXPECT_EQ(json::parse(*db->read([&](Tx& tx) { return ledger::leaf_of(tx, proof->entry); })), batch);
    }
    // GDP-7: without its salt nobody can open a member's leaf; the others' proofs hold.
    db->write([&](Tx& tx) { experiences::forget_customer(tx, experiences::find(tx, "E7")->customer); });
    EXPECT_FALSE(db->read([](Tx& tx) { return experiences::membership(tx, "E7").has_value(); }));
    const auto other = db->read([](Tx& tx) { return experiences::membership(tx, "E8"); });
    EXPECT_TRUE(merkle::verify_inclusion(static_cast<std::uint64_t>(other->index), 13, merkle::leaf_hash(other->salt + other->content), other->path, *root));
}

TEST_P(Batches, COL7_ExperiencesOfBeforeJoinABatchAtTheFirstStart) {
    if (!db) return;
    import_rows(row(1) + row(2) + row(3, "HILL"));
    db->write([](Tx& tx) {
        tx.exec("UPDATE experience SET batch = NULL, salt = NULL, bound = NULL");
        tx.exec("DELETE FROM batch");
    });
    invite->adopt();
    const auto batches = leaves("batch");
    ASSERT_EQ(batches.size(), 2u);
    EXPECT_EQ(batches[0]["eligible"], 1);
    EXPECT_EQ(batches[1]["eligible"], 2);
    runner->run_due();
    EXPECT_EQ(letters(), 3);
    invite->adopt();
    EXPECT_EQ(leaves("batch").size(), 2u);
}

TEST_P(Batches, COL7_TheTablesSayWhoWasAskedAndWhen) {
    if (!db) return;
    import_rows(row(1) + row(2) + row(3, "HILL"));
    auto evidence = db->read([](Tx& tx) { return batch_evidence(tx); });
    EXPECT_EQ(evidence.experiences, 3);
    EXPECT_EQ(evidence.outside, 0);
    EXPECT_EQ(evidence.batches, 0);
    clock.advance(1);
    runner->run_due();
    evidence = db->read([](Tx& tx) { return batch_evidence(tx); });
    EXPECT_EQ(evidence.batches, 2);
    EXPECT_EQ(evidence.early, 0);
    EXPECT_EQ(evidence.counted, 0);
    // What must never be, is seen.
    db->write([](Tx& tx) {
        tx.exec("UPDATE experience SET batch = NULL WHERE id = 'E1'");
        tx.exec("UPDATE batch SET sealed_at = sealed_at + 100, released_at = released_at + 100 WHERE site = 'HILL'");
    });
    evidence = db->read([](Tx& tx) { return batch_evidence(tx); });
    EXPECT_EQ(evidence.outside, 1);
    EXPECT_EQ(evidence.early, 1);
}

// Everyone rated once, some low and some high; then they come again.
TEST_P(Batches, COL7_WhoWasUnhappyIsAskedAgainLikeTheOthers) {
    if (!db) return;
    constexpr int people = 80;
    std::string first, again;
    for (int n = 0; n < people; ++n) first += row(n);
    import_rows(first);
    clock.advance(1);
    runner->run_due();
    db->write([&](Tx& tx) {
        for (int n = 0; n < people; ++n) {
            reviews::Submission words;
            words.content.subject = "site:LAKE";
            words.content.service = "workshop";
            words.content.rating = n % 2 ? 1 : 5;
            words.content.experience_on = "2026-11-20";
            words.origin = "invited";
            words.experience = "E" + std::to_string(n);
            words.customer = experiences::find(tx, words.experience)->customer;
            ASSERT_TRUE(reviews::collect(tx, Actor::system("test"), clock.now(), words).ok());
        }
    });
    clock.advance(one_day);
    const auto since = clock.now();
    for (int n = 0; n < people; ++n) {
        const auto id = std::to_string(n);
        again += "A" + id + ",workshop,2026-11-22,LAKE,K" + id + ",c" + id + "@example.org,invitation=" + (n % 4 < 2 ? "no" : "yes") + "\n";
    }
    import_rows(again);
    clock.advance(1);
    runner->run_due();
    const auto look = [&] { return db->read([&](Tx& tx) { return asked_by_satisfaction(tx, since); }); };
    auto found = look();
    EXPECT_EQ(found.low.eligible, people / 2);
    EXPECT_EQ(found.low.asked, people / 4);
    EXPECT_EQ(found.high.asked, people / 4);
    EXPECT_EQ(found.unknown.eligible + found.middle.eligible, 0);
    EXPECT_TRUE(found.enough);
    EXPECT_GT(found.p, 0.9);
    // A platform that passes the unhappy by would show.
    db->write([](Tx& tx) {
        tx.exec(storage::Sql("UPDATE experience SET invited_at = NULL, outcome = 'suppressed', reason = 'cap' WHERE id LIKE 'A%' AND CAST(SUBSTR(id, 2) AS INTEGER) % 2 = 1"));
    });
    found = look();
    EXPECT_EQ(found.low.asked, 0);
    EXPECT_LT(found.p, 0.001);
}

// Two imports, and a committer that seals all the while: nobody is counted twice or forgotten.
TEST_P(Batches, COL7_SealingWhileOthersImportForgetsNobody) {
    if (!db) return;
    constexpr int each = 300;
    const auto bring = [&](int from) {
        for (int n = from; n < from + each; n += 10) {
            std::string rows;
            for (int i = n; i < n + 10; ++i) rows += row(i, i % 2 ? "LAKE" : "HILL");
            const auto file = write_file("t" + std::to_string(n) + ".csv", "id,kind,occurred_on,site,customer,email,consent\n" + rows);
            EXPECT_TRUE(intake::run(*db, file, experience_kind(*invite, clock), quiet).ok());
        }
    };
    std::atomic<bool> done{false};
    std::thread one([&] { bring(1000); }), two([&] { bring(5000); });
    std::thread sealing([&] {
        while (!done) invite->commit_batches();
    });
    one.join();
    two.join();
    done = true;
    sealing.join();
    invite->commit_batches();
    std::int64_t eligible = 0;
    std::set<std::pair<std::string, std::int64_t>> parts;
    for (const auto& batch : leaves("batch")) {
        eligible += batch["eligible"].get<std::int64_t>();
        EXPECT_TRUE(parts.emplace(batch["site"], batch["part"]).second);
    }
    EXPECT_EQ(eligible, 2 * each);
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM experience e JOIN batch b ON b.id = e.batch WHERE b.sealed_at IS NOT NULL"); }), 2 * each);
}

}  // namespace
}  // namespace verbatim::invite
