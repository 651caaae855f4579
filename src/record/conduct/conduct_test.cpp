// MOD-15: a warning first, always; then a suspension for a stated time; what is old does not count.
#include "record/conduct/conduct.h"

#include "engine/intake/test_database.h"
#include "ground/base/calendar.h"

namespace verbatim::conduct {
namespace {

using storage::Tx;
using Kind = Effect::Kind;

class Conduct : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        std::vector<storage::Migration> all;
        const auto module = conduct::migrations();
        all.assign(module.begin(), module.end());
        db->migrate(all);
    }
    Kind tick(const std::string& about, std::string_view email = "max@example.org", Who who = Who::author) {
        return db->write([&](Tx& tx) { return mark(tx, human, now, who, email, about, "spam", limits).kind; });
    }
    std::optional<Seconds> until(std::string_view email = "max@example.org", Who who = Who::author) {
        return db->read([&](Tx& tx) { return suspended_until(tx, now, who, email); });
    }

    Actor human{ActorKind::staff, "ann@example.org", "moderator", "*"};
    Limits limits;
    Seconds now = 1'790'000'000;
};

TEST_P(Conduct, MOD15_WarnedThenSuspendedForAStatedTime) {
    EXPECT_EQ(until(), std::nullopt);
    EXPECT_EQ(tick("r1"), Kind::nothing);
    EXPECT_EQ(tick("r1"), Kind::nothing);  // the same once
    now += one_day;
    EXPECT_EQ(tick("r2"), Kind::warned);
    EXPECT_EQ(tick("r3"), Kind::nothing);
    EXPECT_EQ(until(), std::nullopt);
    now += one_day;
    EXPECT_EQ(tick("r4", "MAX@example.org"), Kind::suspended);  // one person, however typed
    EXPECT_EQ(until(), now + 90 * one_day);
    EXPECT_EQ(until("other@example.org"), std::nullopt);
    EXPECT_EQ(until("max@example.org", Who::notifier), std::nullopt);  // who writes badly may still report
    EXPECT_EQ(tick("r5"), Kind::nothing);  // suspended already
    now += 90 * one_day;
    EXPECT_EQ(until(), std::nullopt);
}

TEST_P(Conduct, MOD15_NoSuspensionWithoutAWarningHeedable) {
    limits.warn_after = 3;
    limits.suspend_after = 3;
    EXPECT_EQ(tick("r1"), Kind::nothing);
    EXPECT_EQ(tick("r2"), Kind::nothing);
    EXPECT_EQ(tick("r3"), Kind::warned);   // enough for a suspension, but nobody had warned
    EXPECT_EQ(tick("r4"), Kind::nothing);  // the same second
    ++now;
    EXPECT_EQ(tick("r5"), Kind::suspended);
    // Nor does the table take one.
    EXPECT_THROW(db->write([&](Tx& tx) {
        tx.exec("INSERT INTO conduct_sanction (id, who, address, kind, at, until, marks, by_whom) VALUES ('x', 'author', $1, 'suspension', 5, 9, 4, 'staff:a')", storage::Blob{"a"});
    }), storage::ConstraintFailure);
}

TEST_P(Conduct, MOD15_OnlyTwelveMonthsCountAndOnlyHumansTick) {
    EXPECT_EQ(tick("r1"), Kind::nothing);
    now += 370 * one_day;
    EXPECT_EQ(tick("r2"), Kind::nothing);  // the first is forgotten
    EXPECT_EQ(tick("r3"), Kind::warned);
    now += 370 * one_day;
    EXPECT_EQ(tick("r4"), Kind::nothing);
    EXPECT_EQ(tick("r5"), Kind::warned);   // the old warning too
    human = Actor::system("detectors");
    EXPECT_EQ(tick("r6"), Kind::nothing);
    human = {ActorKind::staff, "ann@example.org", "moderator", "*"};
    EXPECT_EQ(tick("r7", ""), Kind::nothing);
    const auto standing_now = db->read([&](Tx& tx) { return standing(tx, now, Who::author, "max@example.org", limits); });
    EXPECT_EQ(standing_now.marks, 2);
    EXPECT_EQ(standing_now.warned_at, now);
}

INSTANTIATE_TEST_SUITE_P(Engines, Conduct, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::conduct
