#include "app/verify/monitor.h"

#include <gtest/gtest.h>

#include "app/verify/test_log.h"

namespace verbatim::verify {
namespace {

using namespace test;

const merkle::VerifierKey log_key = *merkle::parse_verifier_key(vkey);

// A server that a test makes lie.
struct Served {
    TestLog log;
    std::map<std::string, std::string> pages;  // by path, for displays
    bool away = false;
    int asked = 0;
    std::function<void()> on_pause = [] {};

    Source source() {
        Source made;
        made.log = [this](std::string_view path) -> Result<std::string> {
            ++asked;
            if (away) return Error{ErrorKind::unavailable, "away", "it does not answer", {}};
            return log.source().log(path);
        };
        made.site = [this](std::string_view path) -> Result<std::string> {
            const auto page = pages.find(std::string(path));
            return page == pages.end() ? Result<std::string>(not_found("none", "not there")) : page->second;
        };
        made.pause = [this] { on_pause(); };
        return made;
    }
    Monitor monitor(Monitor::Options options = {}) { return Monitor(source(), log_key, options); }
};

std::string kinds_of(const std::vector<Alert>& alerts) {
    std::string all;
    for (const auto& alert : alerts) all += (all.empty() ? "" : " ") + alert.kind;
    return all;
}

Served served(int reviews) {
    Served one;
    for (int i = 0; i < reviews; ++i) one.log.review("r" + std::to_string(i), "site:A1", i % 5 + 1);
    one.log.write();
    return one;
}

void grow(Served& one, int from, int to) {
    for (int i = from; i < to; ++i) one.log.review("r" + std::to_string(i), "site:A1", i % 5 + 1);
    one.log.write();
}

TEST(Monitor, TLG5_AGrowingLogIsFollowedInSilence) {
    auto one = served(3);
    auto monitor = one.monitor();
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    EXPECT_EQ(monitor.entries(), 6u);
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    for (const int to : {4, 127, 128, 129, 300, 700}) {
        grow(one, static_cast<int>(one.log.leaves.size()) / 2, to);
        EXPECT_EQ(kinds_of(monitor.look(now)), "") << to;
        EXPECT_EQ(monitor.entries(), static_cast<std::uint64_t>(2 * to));
    }
    // What was read is not read again: one bundle, and the tiles of the proof and of the edge.
    grow(one, 700, 701);
    one.asked = 0;
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    EXPECT_LT(one.asked, 12);
}

TEST(Monitor, TLG5_AForkIsToldOnce) {
    auto one = served(200);
    auto monitor = one.monitor();
    ASSERT_EQ(kinds_of(monitor.look(now)), "");
    auto honest = one.log;
    one.log.leaves[7] = one.log.leaves[9];  // another past of the same length
    one.log.write();
    EXPECT_EQ(kinds_of(monitor.look(now)), "fork");
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    one.log.review("later", "site:A1", 5);  // and grown
    one.log.write();
    EXPECT_EQ(kinds_of(monitor.look(now)), "fork");
    EXPECT_EQ(monitor.entries(), 400u);  // what was seen last stays the measure
    one.log = honest;
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
}

TEST(Monitor, TLG5_AShrunkenLogIsTold) {
    auto one = served(20);
    auto monitor = one.monitor();
    ASSERT_EQ(kinds_of(monitor.look(now)), "");
    one.log.leaves.pop_back();
    one.log.write();
    EXPECT_EQ(kinds_of(monitor.look(now)), "shrunk");
}

TEST(Monitor, TLG5_ARestartRemembersTheCheckpoint) {
    auto one = served(200);
    auto before = one.monitor();
    EXPECT_EQ(before.state(), "");
    ASSERT_EQ(kinds_of(before.look(now)), "");
    const auto state = before.state();
    EXPECT_EQ(Monitor::key_of(state), vkey);
    auto honest = one.log;
    grow(one, 200, 260);
    auto after = one.monitor();
    ASSERT_TRUE(after.resume(state));
    EXPECT_EQ(kinds_of(after.look(now)), "");
    EXPECT_EQ(after.entries(), 520u);
    one.log = honest;
    one.log.leaves[3] = one.log.leaves[5];
    grow(one, 200, 210);
    auto deceived = one.monitor();
    ASSERT_TRUE(deceived.resume(state));
    EXPECT_EQ(kinds_of(deceived.look(now)), "fork");
    EXPECT_FALSE(one.monitor().resume("nonsense"));
    EXPECT_FALSE(one.monitor().resume("{\"checkpoint\":\"x\"}"));
}

TEST(Monitor, TLG3_FilesThatDoNotFitAreTold) {
    auto one = served(300);
    const auto good = one.log.files;
    for (const auto& [path, bytes] : good) {
        if (path == "key") continue;
        one.log.files = good;
        one.log.files.find(path)->second[bytes.size() / 2] ^= 1;
        auto monitor = one.monitor();
        EXPECT_EQ(kinds_of(monitor.look(now)), path == "checkpoint" ? "signature" : "differs") << path;
        one.log.files = good;
        EXPECT_EQ(kinds_of(monitor.look(now)), "") << path;
        EXPECT_EQ(monitor.entries(), 600u);
        one.log.files = good;
        one.log.files.erase(one.log.files.find(path));
        EXPECT_EQ(kinds_of(one.monitor().look(now)), "unreachable") << path;
    }
    one.log.files = good;
    auto fresh = one.monitor();
    EXPECT_EQ(kinds_of(fresh.look(now)), "");
    one.away = true;
    EXPECT_EQ(kinds_of(fresh.look(now)), "unreachable");
    EXPECT_EQ(kinds_of(fresh.look(now)), "");
    one.away = false;
    EXPECT_EQ(kinds_of(fresh.look(now)), "");
    one.away = true;
    EXPECT_EQ(kinds_of(fresh.look(now)), "unreachable");  // it had come back
}

TEST(Monitor, COL7_ABrokenSumIsToldAndTheWatchGoesOn) {
    auto one = served(3);
    auto monitor = one.monitor();
    ASSERT_EQ(kinds_of(monitor.look(now)), "");
    one.log.add({{"v", 1}, {"at", now}, {"kind", "batch"}, {"site", "A1"}, {"day", format_date(now)}, {"part", 1}, {"eligible", 3}, {"commitment", commitment("b")}});
    one.log.add({{"v", 1}, {"at", now}, {"kind", "outcome"}, {"site", "A1"}, {"day", format_date(now)}, {"part", 1}, {"answered", 1}, {"expired", 1}, {"suppressed", json::object()}});
    one.log.write();
    const auto alerts = monitor.look(now);
    ASSERT_EQ(kinds_of(alerts), "rule");
    EXPECT_EQ(alerts[0].about, "7");
    EXPECT_NE(alerts[0].message.find("2 are accounted for, 3 were eligible"), std::string::npos) << alerts[0].message;
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    grow(one, 3, 4);
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    EXPECT_EQ(monitor.entries(), 10u);
}

TEST(Monitor, MOD4_WordsNotDecidedAboutInTimeAreTold) {
    auto one = served(2);
    one.log.collected("slow", "site:A1", now);
    one.log.write();
    auto monitor = one.monitor();
    EXPECT_EQ(kinds_of(monitor.look(now + 7 * one_day)), "");
    const auto alerts = monitor.look(now + 7 * one_day + 1);
    ASSERT_EQ(kinds_of(alerts), "undecided");
    EXPECT_EQ(alerts[0].about, "slow");
    one.log.published("slow", "site:A1", 4, now + 7 * one_day + 5);
    one.log.write();
    EXPECT_EQ(kinds_of(monitor.look(now + 7 * one_day + 9)), "");
}

std::string receipt_of(const TestLog& log, const std::string& review, const std::string& leaf, Seconds decide_by) {
    (void)log;
    const json content = {{"rating", 1}, {"body", "words"}};
    json receipt = {{"review", review}, {"leaf", leaf}, {"salt", to_base64(std::string(32, 's'))}, {"content", content}, {"decide_by", format_moment(decide_by)}};
    receipt["commitment"] = to_base64(crypto::sha256({std::string(32, 's'), canonical_json(content)}));
    receipt["signature"] = merkle::sign_note(canonical_json(receipt) + "\n", name, key);
    return canonical_json(receipt);
}
std::string promised_leaf(const std::string& review, Seconds at) {
    const json content = {{"rating", 1}, {"body", "words"}};
    return canonical_json(json{{"v", 1}, {"at", at}, {"kind", "collected"}, {"review", review}, {"subject", "site:A1"}, {"service", "workshop"}, {"origin", "spontaneous"},
                               {"commitment", to_base64(crypto::sha256({std::string(32, 's'), canonical_json(content)}))}});
}

TEST(Monitor, TLG2_APromiseThatIsNotKeptIsTold) {
    auto one = served(2);
    const auto leaf = promised_leaf("mine", now);
    auto monitor = one.monitor();
    ASSERT_TRUE(monitor.watch(receipt_of(one.log, "mine", leaf, now + one_day)));
    EXPECT_EQ(kinds_of(monitor.look(now + 60)), "");
    const auto alerts = monitor.look(now + 61);
    ASSERT_EQ(kinds_of(alerts), "late");
    EXPECT_EQ(alerts[0].about, "mine");
    one.log.leaves.push_back(leaf);
    one.log.write();
    EXPECT_EQ(kinds_of(monitor.look(now + 100)), "");
    EXPECT_EQ(kinds_of(monitor.look(now + one_day)), "");
    EXPECT_EQ(kinds_of(monitor.look(now + one_day + 1)), "undecided");  // the receipt's own moment, before the announced days are over
}

TEST(Monitor, AUT5_OnlyTheLogsOwnReceiptIsBelieved) {
    auto one = served(1);
    auto monitor = one.monitor();
    const auto good = receipt_of(one.log, "mine", promised_leaf("mine", now), now + one_day);
    EXPECT_TRUE(monitor.watch(good));
    EXPECT_FALSE(monitor.watch(""));
    EXPECT_FALSE(monitor.watch("{}"));
    EXPECT_FALSE(monitor.watch("[" + std::string(1000, '[')));
    for (const char* member : {"review", "leaf", "salt", "content", "commitment", "decide_by", "signature"}) {
        json changed = json::parse(good);
        changed.erase(member);
        EXPECT_FALSE(monitor.watch(changed.dump())) << member;
        changed = json::parse(good);
        if (changed[member].is_string()) changed[member] = changed[member].get<std::string>() + "x";
        else changed[member]["rating"] = 5;
        EXPECT_FALSE(monitor.watch(changed.dump())) << member;
    }
}

TEST(Monitor, NOT7_ADisplayedStarThatDiffersIsTold) {
    Served one;
    one.log.review("r1", "site:A1", 5);
    one.log.review("r2", "site:B2", 3);
    one.log.write();
    one.pages["api/v1/sites/A1/rating"] = rating_json("site:A1", "5", {0, 0, 0, 0, 1});
    one.pages["api/v1/sites/B2/rating"] = rating_json("site:B2", "3", {0, 0, 1, 0, 0});
    auto monitor = one.monitor();
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    one.pages["api/v1/sites/B2/rating"] = rating_json("site:B2", "5", {0, 0, 0, 0, 1});
    const auto alerts = monitor.look(now);
    ASSERT_EQ(kinds_of(alerts), "display");
    EXPECT_EQ(alerts[0].about, "site:B2");
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    one.pages["api/v1/sites/B2/rating"] = rating_json("site:B2", "3", {0, 0, 1, 0, 0});
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    // A display that is ahead of the log that was read: the log is read again after it.
    one.pages["api/v1/sites/A1/rating"] = rating_json("site:A1", "4.5", {0, 0, 0, 1, 1});
    one.on_pause = [&] {
        one.log.review("r3", "site:A1", 4);
        one.log.write();
        one.on_pause = [] {};
    };
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
}

// What a server would display of the log as it is.
std::string figures_of(const TestLog& log) {
    Figures figures;
    for (const auto& leaf : log.leaves) figures.add(*parse_entry(leaf));
    return figures.write(name, {});
}

TEST(Monitor, NOT7_DisplayedFiguresThatDifferAreTold) {
    auto one = served(3);
    const std::string page = "transparency.json";
    one.pages[page] = figures_of(one.log);
    auto monitor = one.monitor();
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    // The log moves on while the page is a cache; then the page is ahead of what was read, and the log passes that place.
    grow(one, 3, 5);
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    grow(one, 5, 6);
    one.pages[page] = figures_of(one.log);
    grow(one, 6, 8);
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    // One published too many.
    one.pages[page] = figures_of(one.log);
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    auto lie = one.pages[page];
    const auto at = lie.find("\"published\": 8");
    ASSERT_NE(at, std::string::npos) << lie;
    lie[at + 13] = '9';
    one.pages[page] = lie;
    const auto alerts = monitor.look(now);
    ASSERT_EQ(kinds_of(alerts), "display");
    EXPECT_EQ(alerts[0].about, page);
    one.pages[page] = figures_of(one.log);
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    // A page that stands still.
    grow(one, 8, 9);
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    EXPECT_EQ(kinds_of(monitor.look(now + 3600)), "");
    EXPECT_EQ(kinds_of(monitor.look(now + 3601)), "display");
}

TEST(Monitor, TLG7_ASilentLogIsStaleWhereAskedFor) {
    auto one = served(1);
    Monitor::Options options;
    options.max_age = 3600;
    auto monitor = one.monitor(options);
    EXPECT_EQ(kinds_of(monitor.look(now + 3600)), "");
    EXPECT_EQ(kinds_of(monitor.look(now + 3601)), "stale");
}

TEST(Monitor, TLG7_ALogThatTooFewWitnessesSawIsTold) {
    auto one = served(2);
    const auto witness = crypto::Ed25519Key::from_seed(std::string(32, 'w')), silent = crypto::Ed25519Key::from_seed(std::string(32, 'z'));
    Monitor::Options options;
    options.witnesses.keys = {*merkle::witness_key("w1.example", witness.public_key), *merkle::witness_key("w2.example", silent.public_key)};
    options.witnesses.quorum = 1;
    options.max_age = 3600;
    auto monitor = one.monitor(options);
    EXPECT_EQ(kinds_of(monitor.look(now)), "uncosigned");
    const auto note = one.log.files["checkpoint"];
    const auto cosign = [&](std::uint64_t at) { one.log.files["checkpoint"] = note + merkle::cosign(note.substr(0, note.find("\n\n") + 1), "w1.example", witness, at); };
    cosign(static_cast<std::uint64_t>(now));
    EXPECT_EQ(kinds_of(monitor.look(now)), "");
    EXPECT_EQ(kinds_of(monitor.look(now + 3601)), "stale");
    cosign(static_cast<std::uint64_t>(now) + 3000);  // nothing new came in, and a witness says that this is still the log
    EXPECT_EQ(kinds_of(monitor.look(now + 3601)), "");
    options.witnesses.quorum = 2;
    EXPECT_EQ(kinds_of(one.monitor(options).look(now)), "uncosigned");
}

TEST(Monitor, AnAlertIsOneLineOfJson) {
    Alert alert;
    alert.kind = "fork";
    alert.message = "two\nlines \xff";
    alert.at = now;
    const auto line = to_json(alert, "log.example");
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(json::parse(line)["alert"], "fork");
}

}  // namespace
}  // namespace verbatim::verify
