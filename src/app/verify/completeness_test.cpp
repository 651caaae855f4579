#include "app/verify/completeness.h"

#include <gtest/gtest.h>

#include "app/verify/replay.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::verify {
namespace {

constexpr Seconds day = 1'795'651'200;  // 2026-11-26T00:00:00Z
const std::string today = "2026-11-26";

Entry batch(const std::string& site, std::int64_t eligible, std::int64_t part = 1, Seconds at = day) {
    Entry made;
    made.kind = Kind::batch;
    made.site = site;
    made.day = today;
    made.part = part;
    made.eligible = eligible;
    made.at = at;
    return made;
}
Entry outcome(const std::string& site, std::int64_t answered, std::int64_t expired, std::map<std::string, std::int64_t> suppressed, std::int64_t part = 1, Seconds at = day) {
    Entry made;
    made.kind = Kind::outcome;
    made.site = site;
    made.day = today;
    made.part = part;
    made.answered = answered;
    made.expired = expired;
    made.suppressed = std::move(suppressed);
    made.at = at;
    return made;
}
Entry collected(const std::string& review, const std::string& subject, const std::string& origin = "invited") {
    Entry made;
    made.kind = Kind::collected;
    made.at = day;
    made.review = review;
    made.subject = subject;
    made.origin = origin;
    made.commitment = to_base64(crypto::sha256(review));
    return made;
}

// Plays the entries; the code of the first fault, or of what is wrong at the end, or "".
std::string fault(const std::vector<Entry>& log, std::size_t* at = nullptr) {
    Replay replay;
    for (std::size_t i = 0; i < log.size(); ++i) {
        if (at) *at = i;
        if (const auto allowed = replay.add(log[i]); !allowed) return allowed.error().code;
    }
    const auto whole = replay.at_end();
    return whole.ok() ? "" : whole.error().code;
}

TEST(Completeness, COL7_AWholeLifeAddsUp) {
    const std::vector<Entry> log = {batch("A1", 5), batch("B2", 1), collected("r1", "site:A1"), collected("r2", "product:VOLT"), collected("r3", "site:A1", "spontaneous"),
                                    batch("A1", 2, 2), outcome("A1", 2, 1, {{"no_basis", 1}, {"bounce", 1}}), collected("r4", "site:A1"), outcome("A1", 1, 1, {}, 2)};
    EXPECT_EQ(fault(log), "");
    Replay replay;
    for (const Entry& entry : log) ASSERT_TRUE(replay.add(entry));
    const auto sites = replay.completeness().sites();
    ASSERT_EQ(sites.size(), 2u);
    EXPECT_EQ(sites[0].first, "A1");
    EXPECT_EQ(sites[0].second.eligible, 7);
    EXPECT_EQ(sites[0].second.answered, 3);
    EXPECT_EQ(sites[0].second.expired, 2);
    EXPECT_EQ(sites[0].second.suppressed_sum(), 2);
    EXPECT_EQ(sites[0].second.open, 0);
    EXPECT_EQ(sites[0].second.counted, 2);
    EXPECT_EQ(sites[0].second.reviews, 3);
    EXPECT_EQ(sites[0].second.invited, 2);
    EXPECT_EQ(sites[1].second.open, 1);
}

TEST(Completeness, COL7_AnInvitedReviewNeedsABatchOfItsSite) {
    std::size_t at = 0;
    EXPECT_EQ(fault({batch("B2", 3), collected("r1", "site:A1")}, &at), "sum_broken");
    EXPECT_EQ(at, 1u);
    EXPECT_EQ(fault({batch("B2", 3), collected("r1", "site:A1", "spontaneous")}), "");
}

TEST(Completeness, COL7_NoMoreInvitedReviewsThanWereEligible) {
    std::size_t at = 0;
    EXPECT_EQ(fault({batch("A1", 1), collected("r1", "site:A1"), collected("r2", "site:A1")}, &at), "sum_broken");
    EXPECT_EQ(at, 2u);
    EXPECT_EQ(fault({batch("A1", 1), collected("r1", "site:A1"), collected("r1", "site:A1")}), "");  // a correction is the same review
    EXPECT_EQ(fault({batch("A1", 1), collected("r1", "site:A1"), batch("A1", 1, 2), collected("r2", "site:A1")}), "");
}

TEST(Completeness, COL7_NoAnswerAfterItsBatchWasCounted) {
    std::size_t at = 0;
    EXPECT_EQ(fault({batch("A1", 2), collected("r1", "site:A1"), outcome("A1", 1, 1, {}), collected("r2", "site:A1")}, &at), "sum_broken");
    EXPECT_EQ(at, 3u);
    EXPECT_EQ(fault({batch("A1", 2), collected("r1", "site:A1"), collected("r2", "site:A1"), outcome("A1", 1, 1, {})}), "sum_broken");  // two answered, one is owned up to
}

TEST(Completeness, TLG1_WhoIsCountedAsAnsweredHasAReviewInTheLog) {
    EXPECT_EQ(fault({batch("A1", 2), collected("r1", "site:A1"), outcome("A1", 2, 0, {})}), "sum_broken");
    EXPECT_EQ(fault({batch("A1", 2), collected("r1", "site:A1"), collected("r2", "site:A1", "spontaneous"), outcome("A1", 2, 0, {})}), "");
    EXPECT_EQ(fault({batch("A1", 1), collected("r1", "site:B2", "spontaneous"), outcome("A1", 1, 0, {})}), "sum_broken");
}

TEST(Completeness, COL7_AnOutcomeAddsUpToItsBatch) {
    for (const auto& wrong : {outcome("A1", 0, 4, {}), outcome("A1", 0, 6, {}), outcome("A1", 0, 4, {{"opt_out", 2}}), outcome("A1", 0, 0, {})})
        EXPECT_EQ(fault({batch("A1", 5), wrong}), "sum_broken");
    EXPECT_EQ(fault({batch("A1", 5), outcome("A1", 0, 4, {{"opt_out", 1}})}), "");
    EXPECT_EQ(fault({batch("A1", 0), outcome("A1", 0, 0, {})}), "");
}

TEST(Completeness, COL7_OneOutcomeAfterItsBatch) {
    EXPECT_EQ(fault({outcome("A1", 0, 1, {}), batch("A1", 1)}), "step_forbidden");
    EXPECT_EQ(fault({batch("A1", 1), outcome("A1", 0, 1, {}), outcome("A1", 0, 1, {})}), "step_forbidden");
    EXPECT_EQ(fault({batch("A1", 1), outcome("A1", 0, 1, {}, 2)}), "step_forbidden");
    EXPECT_EQ(fault({batch("A1", 1), outcome("B2", 0, 1, {})}), "step_forbidden");
    EXPECT_EQ(fault({batch("A1", 1, 1, day + 60), outcome("A1", 0, 1, {}, 1, day)}), "step_forbidden");
}

TEST(Completeness, COL7_ABatchIsOneOfItsDay) {
    EXPECT_EQ(fault({batch("A1", 1), batch("A1", 1)}), "step_forbidden");
    EXPECT_EQ(fault({batch("A1", 1, 2)}), "step_forbidden");
    EXPECT_EQ(fault({batch("A1", 1), batch("A1", 1, 3)}), "step_forbidden");
    EXPECT_EQ(fault({batch("A1", 1, 1, day + one_day)}), "step_forbidden");  // committed to on another day than it says
    Entry old = batch("A1", 1, 1, day + 5 * one_day);
    old.part.reset();  // of before parts
    EXPECT_EQ(fault({old}), "");
    EXPECT_EQ(fault({old, old}), "step_forbidden");
    EXPECT_EQ(fault({old, batch("A1", 1)}), "step_forbidden");
    EXPECT_EQ(fault({old, batch("A1", 1, 2)}), "");
}

TEST(Completeness, COL7_InvitedWordsOnAVehicleComeWithAVisits) {
    EXPECT_EQ(fault({batch("A1", 5), collected("r1", "product:VOLT")}), "sum_broken");
    EXPECT_EQ(fault({batch("A1", 5), collected("r1", "site:A1"), collected("r2", "product:VOLT"), collected("r3", "product:VOLT")}), "sum_broken");
}

TEST(Completeness, COL7_ALogBegunBeforeBatchesAddsUpAtItsEnd) {
    EXPECT_EQ(fault({collected("r1", "site:A1")}), "sum_broken");  // never a batch: nothing says who was asked
    EXPECT_EQ(fault({collected("r1", "site:A1"), collected("r2", "site:B2"), batch("A1", 1), batch("B2", 2)}), "");
    EXPECT_EQ(fault({collected("r1", "site:A1"), collected("r2", "site:B2"), batch("A1", 1)}), "sum_broken");
    EXPECT_EQ(fault({collected("r1", "site:A1"), collected("r2", "site:A1"), batch("A1", 1)}), "sum_broken");
    EXPECT_EQ(fault({collected("r1", "site:A1"), collected("r2", "site:A1"), batch("A1", 2), outcome("A1", 1, 1, {})}), "sum_broken");
    EXPECT_EQ(fault({collected("r1", "site:A1"), batch("A1", 1), outcome("A1", 1, 0, {})}), "");
    Replay replay;
    ASSERT_TRUE(replay.add(collected("r1", "site:A1")));
    ASSERT_TRUE(replay.add(batch("A1", 1)));
    EXPECT_EQ(replay.completeness().before_batches(), 1);
}

}  // namespace
}  // namespace verbatim::verify
