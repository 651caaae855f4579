#include "app/verify/replay.h"

#include <gtest/gtest.h>

#include "app/verify/ratings.h"
#include "ground/base/calendar.h"
#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::verify {
namespace {

Entry entry(Kind kind, const std::string& review, const std::string& words = "words", int rating = 4, Seconds at = 1'800'000'000) {
    Entry made;
    made.kind = kind;
    made.at = at;
    made.review = review;
    const bool bare = kind == Kind::replied || kind == Kind::noticed || kind == Kind::appealed || kind == Kind::decided;
    if (!bare) made.subject = "site:A1";
    if (kind == Kind::collected) made.origin = "spontaneous";
    if (kind == Kind::gathered) made.source = "forum";
    if (!bare && kind != Kind::collected) made.rating = rating;
    made.commitment = to_base64(crypto::sha256(words));
    return made;
}

// Letters of a life: c collected, C collected with other words, p published, P published with those, r revised, R revised
// with those, f refused, w withdrawn, e erased, m removed, a answered, n noticed, g gathered, A appealed; d decided without a
// word, k kept, x removed, u upheld, o overturned, s suspended, 0 moot.
std::string first_fault(std::string_view life) {
    Replay replay;
    for (std::size_t i = 0; i < life.size(); ++i) {
        Entry step;
        switch (life[i]) {
            case 'c': step = entry(Kind::collected, "r"); break;
            case 'C': step = entry(Kind::collected, "r", "other words"); break;
            case 'p': step = entry(Kind::published, "r"); break;
            case 'P': step = entry(Kind::published, "r", "other words"); break;
            case 'r': step = entry(Kind::revised, "r"); break;
            case 'R': step = entry(Kind::revised, "r", "other words"); break;
            case 'f': step = entry(Kind::refused, "r"); break;
            case 'w': step = entry(Kind::withdrawn, "r"); break;
            case 'e': step = entry(Kind::erased, "r"); break;
            case 'm': step = entry(Kind::removed, "r"); break;
            case 'a': step = entry(Kind::replied, "r"); break;
            case 'n': step = entry(Kind::noticed, "r"); break;
            case 'd': step = entry(Kind::decided, "r"); break;
            case 'A': step = entry(Kind::appealed, "r"); break;
            case 'k': case 'x': case 'u': case 'o': case 's': case '0':
                step = entry(Kind::decided, "r");
                step.outcome = life[i] == 'k' ? "kept" : life[i] == 'x' ? "removed" : life[i] == 'u' ? "upheld" : life[i] == 'o' ? "overturned" : life[i] == 's' ? "suspended" : "moot";
                break;
            default: step = entry(Kind::gathered, "r"); break;
        }
        if (!replay.add(step)) return std::string(life.substr(0, i + 1));
    }
    return "";
}

TEST(Replay, TLG1_LivesThatMayBe) {
    for (const char* life : {"c", "cp", "cf", "cw", "ce", "cm", "ccp", "cCP", "cpa", "cpaa", "cpn", "cpnd", "cpm", "cpw", "cpe", "cpwe", "cfe", "cfnd", "cpCR", "cpCcr", "cpCdCR", "cpCRCR", "cpCw", "g", "ga", "gw", "gm", "ge", "gn", "cpmn", "cfed"})
        EXPECT_EQ(first_fault(life), "") << life;
}

TEST(Replay, TLG1_StepsThatMayNotBe) {
    for (const char* fault : {"p", "r", "f", "w", "e", "m", "a", "n", "d",          // nothing was collected before
                              "cpp", "cpf", "cr", "ca", "cpr", "cpCRR",               // published once; revised after new words only
                              "cfp", "cff", "cfc", "cfa", "cfw", "cwp", "cwc", "cww", "cwa", "cmw", "cee", "cec", "cep", "cpwr", "cpwm",  // the end is the end
                              "gg", "gp", "gr", "gc", "gf", "cg",                    // gathered stands alone
                              "cP", "CpC", "cpCr", "cCp"})                            // MOD-5: other words than those collected
        EXPECT_NE(first_fault(fault), "") << fault;
    EXPECT_EQ(first_fault("cpp"), "cpp");
}

TEST(Replay, MOD11_EachDecisionAnswersANotice) {
    for (const char* life : {"cpnk", "cpnxm", "cpnnkk", "cpns", "cpn0", "cpnAku", "gnk", "gnxm", "cpnkAom", "cpnw0", "cpn"})
        EXPECT_EQ(first_fault(life), "") << life;
    for (const char* fault : {"cpk", "cpx", "cps", "cp0", "cpnkk", "cpAk"}) EXPECT_EQ(first_fault(fault), fault);
}

TEST(Replay, MOD12_ARefusalThatWasOverturnedIsPublishedAndOnlyThen) {
    for (const char* life : {"cfAop", "cfAu", "cfAuAop", "cpmAop", "cpnxmAop", "cCfAoP", "cpCdmAop", "cpCRmAoP", "cfAopw", "cfAopnxm", "cfAopnxmAop", "cpnkAo", "cpCmAop"})
        EXPECT_EQ(first_fault(life), "") << life;
    for (const char* fault : {"cfp", "cfAp", "cfAup", "cfo", "cfAoo", "cfAopp", "cwAop", "cfAoeA0p", "cfAor", "cpmAoP", "cCfAop", "cpCmAoP", "cfAoP"}) EXPECT_EQ(first_fault(fault), fault);
}

TEST(Replay, PUB6_SubjectAndOriginStay) {
    Replay replay;
    ASSERT_TRUE(replay.add(entry(Kind::collected, "r")));
    Entry moved = entry(Kind::published, "r");
    moved.subject = "site:B2";
    EXPECT_FALSE(replay.add(moved));
    Entry other = entry(Kind::collected, "r");
    other.origin = "invited";
    EXPECT_FALSE(replay.add(other));
    ASSERT_TRUE(replay.add(entry(Kind::published, "r")));
    EXPECT_FALSE(replay.add(entry(Kind::withdrawn, "r", "", 5)));  // it had four stars
    EXPECT_TRUE(replay.add(entry(Kind::withdrawn, "r", "", 4)));
}

TEST(Replay, GatheredWordsRefusedByAHumanHadNoLeafBefore) {
    Replay replay;
    Entry refused = entry(Kind::refused, "r");
    refused.source = "forum";
    EXPECT_TRUE(replay.add(refused));
    EXPECT_FALSE(replay.add(refused));
}

TEST(Replay, COL7_AnOutcomeBelongsToABatch) {
    Replay replay;
    Entry outcome;
    outcome.kind = Kind::outcome;
    outcome.site = "A1";
    outcome.day = "2026-11-21";
    EXPECT_FALSE(replay.add(outcome));
    Entry batch = outcome;
    batch.kind = Kind::batch;
    EXPECT_TRUE(replay.add(batch));
    EXPECT_TRUE(replay.add(outcome));
    outcome.day = "2026-11-22";
    EXPECT_FALSE(replay.add(outcome));
    EXPECT_EQ(replay.by_kind()[static_cast<std::size_t>(Kind::batch)], 1);
}

constexpr Seconds now = 1'800'000'000;

void publish(Replay& replay, const std::string& id, int rating, Seconds at) {
    ASSERT_TRUE(replay.add(entry(Kind::collected, id, "words", rating, at)));
    ASSERT_TRUE(replay.add(entry(Kind::published, id, "words", rating, at)));
}

TEST(Ratings, PUB3_TheMeanIsHalfUpInHundredths) {
    Figure figure;
    EXPECT_EQ(figure.hundredths(), std::nullopt);
    figure.stars = {1, 0, 0, 0, 7};  // 36 / 8 = 4.5
    EXPECT_EQ(figure.hundredths(), 450);
    figure.stars = {0, 0, 0, 3, 5};  // 37 / 8 = 4.625
    EXPECT_EQ(figure.hundredths(), 463);
    figure.stars = {0, 0, 0, 1, 2};  // 4.666...
    EXPECT_EQ(figure.hundredths(), 467);
    figure.stars = {0, 0, 0, 2, 1};  // 4.333...
    EXPECT_EQ(figure.hundredths(), 433);
    EXPECT_EQ(describe(433, 3), "4.33 (3)");
    EXPECT_EQ(describe(std::nullopt, 0), "- (0)");
}

TEST(Ratings, PUB4_TwentyFourMonthsOfTheFirstPublicationCount) {
    Replay replay;
    const Seconds from = months_before(now, 24);
    publish(replay, "at the edge", 1, from);
    publish(replay, "just inside", 2, from + 1);
    publish(replay, "newest", 5, now);
    publish(replay, "after the display", 1, now + 1);
    const auto rating = recompute(replay, {}, now).at(0);
    EXPECT_EQ(rating.own.stars, (std::array<std::int64_t, 5>{0, 1, 0, 0, 1}));

    // A revision brings another rating and keeps the day of the first publication.
    ASSERT_TRUE(replay.add(entry(Kind::collected, "at the edge", "better", 5, now)));
    ASSERT_TRUE(replay.add(entry(Kind::revised, "at the edge", "better", 5, now)));
    ASSERT_TRUE(replay.add(entry(Kind::collected, "just inside", "better", 3, now)));
    ASSERT_TRUE(replay.add(entry(Kind::revised, "just inside", "better", 3, now)));
    EXPECT_EQ(recompute(replay, {}, now).at(0).own.stars, (std::array<std::int64_t, 5>{0, 0, 1, 0, 1}));
    ASSERT_TRUE(replay.add(entry(Kind::withdrawn, "newest", "", 5)));
    EXPECT_EQ(recompute(replay, {}, now).at(0).own.stars, (std::array<std::int64_t, 5>{0, 0, 1, 0, 0}));
}

TEST(Ratings, SDT4_GatheredWordsStandInAFigureOfTheirOwn) {
    Replay replay;
    ASSERT_TRUE(replay.add(entry(Kind::gathered, "g1", "", 2, 1)));
    ASSERT_TRUE(replay.add(entry(Kind::gathered, "g2", "", 3, 2)));
    Entry unrated = entry(Kind::gathered, "g3");
    unrated.rating.reset();
    ASSERT_TRUE(replay.add(unrated));
    publish(replay, "own", 5, now);
    const auto rating = recompute(replay, {}, now).at(0);
    EXPECT_EQ(rating.own.count(), 1);
    ASSERT_EQ(rating.gathered.size(), 1u);
    EXPECT_EQ(rating.gathered.at("forum").hundredths(), 250);
}

std::string shown(const char* average = "4.50", const char* count = "2", const char* stars = "[0,0,0,1,1]", const char* gathered = "[]") {
    return std::string(R"({"subject":"site:A1","average":)") + average + R"(,"count":)" + count + R"(,"distribution":)" + stars + R"(,"window":{"from":")" + format_moment(months_before(now, 24)) + R"(","to":")" +
           format_moment(now) + R"("},"formula":"...","updated_at":null,"gathered":)" + gathered + "}";
}

TEST(Ratings, NOT7_ADisplayIsHeldAgainstTheLog) {
    Rating log;
    log.own.stars = {0, 0, 0, 1, 1};
    EXPECT_EQ(difference(*parse_displayed(shown()), log, now), std::nullopt);
    EXPECT_EQ(difference(*parse_displayed(shown("\"4.50\"")), log, now), std::nullopt);
    EXPECT_NE(difference(*parse_displayed(shown("4.51")), log, now), std::nullopt);
    EXPECT_NE(difference(*parse_displayed(shown("null")), log, now), std::nullopt);
    EXPECT_NE(difference(*parse_displayed(shown("4.5", "3")), log, now), std::nullopt);
    EXPECT_NE(difference(*parse_displayed(shown("4.5", "2", "[0,0,1,0,1]")), log, now), std::nullopt);
    EXPECT_NE(difference(*parse_displayed(shown("4.5", "2", "[0,0,0,1,1]", R"([{"source":"forum","average":5,"count":1}])")), log, now), std::nullopt);
    EXPECT_EQ(difference(*parse_displayed(shown("4.5", "2", "[0,0,0,1,1]", R"([{"source":"forum","average":null,"count":0}])")), log, now), std::nullopt);
    log.gathered["forum"].stars = {0, 1, 0, 0, 0};
    EXPECT_NE(difference(*parse_displayed(shown()), log, now), std::nullopt);
    EXPECT_EQ(difference(*parse_displayed(shown("4.5", "2", "[0,0,0,1,1]", R"([{"source":"forum","average":2.00,"count":1}])")), log, now), std::nullopt);
    // Nobody freezes the window at a better day, or shortens it.
    EXPECT_NE(difference(*parse_displayed(shown()), log, now + 2 * one_hour), std::nullopt);
    auto brief = *parse_displayed(shown());
    brief.from += 40 * one_day;
    EXPECT_NE(difference(brief, log, now), std::nullopt);
}

TEST(Ratings, MalformedDisplaysAreRefused) {
    for (const std::string& text : {std::string(), std::string("[]"), std::string("{}"), shown("4.567"), shown("0.5"), shown("true"), shown("\"x\""), shown("4.5", "-1"), shown("4.5", "2.5"), shown("4.5", "2", "[1]"),
                                    shown("4.5", "2", "[0,0,0,1,\"1\"]"), shown("4.5", "2", "[0,0,0,1,1]", "5"), shown("4.5", "2", "[0,0,0,1,1]", "[{}]"),
                                    shown("4.5", "2", "[0,0,0,1,1]", R"([{"source":"a","average":null,"count":0},{"source":"a","average":null,"count":0}])"), std::string(2'000'000, ' '), std::string(100'000, '['),
                                    std::string(R"({"subject":"s","average":null,"count":0,"distribution":[0,0,0,0,0]})")})
        EXPECT_FALSE(parse_displayed(text)) << text.substr(0, 200);
    EXPECT_EQ(parse_displayed_list("[" + shown() + "," + shown() + "]")->size(), 2u);
    EXPECT_EQ(parse_displayed_list("{\"ratings\":[" + shown() + "]}")->size(), 1u);
    EXPECT_FALSE(parse_displayed_list(shown()));
    EXPECT_FALSE(parse_displayed_list("[5]"));
    // A day in place of a moment is the whole day.
    const auto days = parse_displayed(R"({"subject":"s","average":null,"count":0,"distribution":[0,0,0,0,0],"window":{"from":"2024-11-21","to":"2026-11-21"}})");
    ASSERT_TRUE(days);
    EXPECT_EQ(format_moment(days->to), "2026-11-21T23:59:59Z");
    EXPECT_EQ(difference(*days, {}, 0), std::nullopt);
}

}  // namespace
}  // namespace verbatim::verify
