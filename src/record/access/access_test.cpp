#include "record/access/access.h"

#include <thread>

#include "engine/intake/test_database.h"
#include "ground/crypto/password.h"
#include "record/access/keys.h"
#include "record/access/password_rules.h"
#include "record/access/users.h"
#include "record/contact/contact.h"
#include "record/events/events.h"
#include "record/factors/factors.h"
#include "record/links/links.h"
#include "record/network/branches.h"
#include "record/vault/vault.h"
#include "record/network/branches.h"

namespace verbatim::access {
namespace {

using intake::both_engines;
using intake::engine_name;
using storage::Sql;
using storage::Tx;

const std::string good = "three quiet herons";

class AccessTest : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        for (const auto list : {jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), factors::migrations(), contact::migrations(), events::migrations(), migrations()}) db->migrate(list);
        access = std::make_unique<Access>(*db, clock);
        Options options;
        options.second_factor_required = false;
        options.base_url = "https://x.example";
        options.brand = "Aurelle";
        access->options(options);
        db->write([](Tx& tx) {
            network::create_site(tx, 1, "S1", "Garage du Lac");
            network::create_site(tx, 1, "S2", "Garage Meuse");
            for (const auto& [email, role, scope] : {std::tuple("ann@lac.example", "site", "S1"), std::tuple("ann@lac.example", "adviser", "S1"), std::tuple("bob@lac.example", "hq", "*")}) {
                network::Person person;
                person.email = email;
                person.name = "Ann Marchetti";
                person.role = role;
                person.scope = scope;
                network::store(tx, person);
            }
        });
    }
    // What the last mail to this address holds.
    std::string link_to(const std::string& email) {
        clock.advance(1);  // letters of one second have no order
        access->mail_link(email, "r");
        std::string link;
        db->read([&](Tx& tx) {
            for (const auto& letter : contact::waiting_letters(tx))
                if (letter.email == email) link = letter.data.substr(letter.data.find("/office/password/") + 17, 22);
        });
        return link;
    }
    Device device(const std::string& address = "192.0.2.1", const std::string& known = {}) { return {"Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", address, known}; }
    SignIn first_password(const std::string& email, const std::string& password = good) { return access->set_password(link_to(email), password, device(), "r"); }
    std::vector<std::string> acts() {
        auto lines = db->read([](Tx& tx) { return trail(tx, {}); });
        std::vector<std::string> all;
        for (auto line = lines.rbegin(); line != lines.rend(); ++line) all.push_back(line->act + " " + line->outcome);
        return all;
    }

    ManualClock clock{1'800'000'000};
    std::unique_ptr<Access> access;
};

INSTANTIATE_TEST_SUITE_P(Both, AccessTest, both_engines, engine_name);

TEST_P(AccessTest, ALinkGivesAPasswordOnceAndThePasswordASession) {
    const auto link = link_to("ann@lac.example");
    EXPECT_TRUE(access->look_at_link(link)->first);
    EXPECT_EQ(access->set_password(link, "short", device(), "r").error->code, "password_short");
    EXPECT_TRUE(access->look_at_link(link).ok()) << "a refused password leaves the link open";
    const auto first = access->set_password(link, good, device(), "r");
    ASSERT_FALSE(first.error);
    EXPECT_EQ(access->set_password(link, good, device(), "r").error->code, "link_used");
    const auto holder = access->by_session(first.token);
    ASSERT_TRUE(holder);
    EXPECT_EQ(holder->actor.role, "site") << "the mightiest of one's roles";
    EXPECT_EQ(holder->branch, "site:S1");
    const auto again = access->sign_in("Ann@Lac.example", good, device(), "r");
    ASSERT_FALSE(again.error);
    EXPECT_NE(again.token, first.token);
    EXPECT_EQ(access->sign_in("ann@lac.example", good + "!", device(), "r").error->code, "sign_in_refused");
    EXPECT_EQ(access->sign_in("nobody@lac.example", good, device(), "r").error->code, "sign_in_refused");
    EXPECT_EQ(acts(), (std::vector<std::string>{"password_link done", "set_password done", "sign_in_by_link done", "sign_in done", "sign_in refused"}));
    for (const auto& line : db->read([](Tx& tx) { return trail(tx, {}); })) EXPECT_EQ(line.request, "r");
}

TEST_P(AccessTest, AStrangersAddressGetsNoMailAndNobodyMoreThanThree) {
    access->mail_link("stranger@x.example", "r");
    for (int i = 0; i < 5; ++i) access->mail_link("ann@lac.example", "r");
    EXPECT_EQ(db->read([](Tx& tx) { return contact::waiting_letters(tx).size(); }), 3u);
    clock.advance(3601);
    access->mail_link("ann@lac.example", "r");
    EXPECT_EQ(db->read([](Tx& tx) { return contact::waiting_letters(tx).size(); }), 4u);
}

TEST_P(AccessTest, ANewPasswordEndsEverySessionAndEveryOtherLink) {
    const auto first = first_password("ann@lac.example");
    const auto second = access->sign_in("ann@lac.example", good, device(), "r");
    const auto other = link_to("ann@lac.example");
    const auto changed = access->change_password(*access->by_session(first.token), good, "four brave otters", device(), "r");
    ASSERT_FALSE(changed.error);
    EXPECT_FALSE(access->by_session(first.token)) << "its token was renewed";
    EXPECT_FALSE(access->by_session(second.token));
    EXPECT_TRUE(access->by_session(changed.token));
    EXPECT_EQ(access->change_password(*access->by_session(changed.token), good, "five tall storks", device(), "r").error->code, "password_wrong");
    ASSERT_FALSE(access->set_password(other, "six small wrens ", device(), "r").error);
    EXPECT_FALSE(access->by_session(changed.token));
}

TEST_P(AccessTest, ASessionEndsIdleAndInAnyCase) {
    first_password("ann@lac.example");
    const auto idle = access->sign_in("ann@lac.example", good, device(), "r");
    clock.advance(119 * 60);
    EXPECT_TRUE(access->by_session(idle.token));
    clock.advance(119 * 60);
    EXPECT_TRUE(access->by_session(idle.token)) << "it was used";
    clock.advance(121 * 60);
    EXPECT_FALSE(access->by_session(idle.token));
    const auto busy = access->sign_in("ann@lac.example", good, device(), "r");
    for (int hour = 0; hour < 11; ++hour) {
        clock.advance(3600);
        EXPECT_TRUE(access->by_session(busy.token)) << hour;
    }
    clock.advance(3600);
    EXPECT_FALSE(access->by_session(busy.token)) << "twelve hours";
}

TEST_P(AccessTest, WhoIsBarredIsOutAtOnce) {
    const auto session = first_password("ann@lac.example");
    const auto holder = *access->by_session(session.token);
    EXPECT_EQ(access->act_as(holder, "hq", "*").error().code, "role_unknown");
    ASSERT_TRUE(access->act_as(holder, "adviser", "S1").ok());
    EXPECT_EQ(access->by_session(session.token)->branch.substr(0, 8), "adviser:");
    db->write([](Tx& tx) {
        for (auto person : network::people_by_email(tx, "ann@lac.example")) {
            if (person.role != "adviser") continue;
            person.active = false;
            network::store(tx, person);
        }
    });
    EXPECT_FALSE(access->by_session(session.token)) << "it acted as a role that is gone";
    const auto again = access->sign_in("ann@lac.example", good, device(), "r");
    EXPECT_EQ(access->by_session(again.token)->actor.role, "site");
    db->write([](Tx& tx) { tx.exec("UPDATE account SET active = 0"); });
    EXPECT_FALSE(access->by_session(again.token));
    EXPECT_EQ(access->sign_in("ann@lac.example", good, device(), "r").error->code, "sign_in_refused");
}

// The owner sits at his own desk and somebody else, anywhere, gives wrong passwords without end.
TEST_P(AccessTest, NobodyCanLockTheOwnerOut) {
    const auto own = first_password("ann@lac.example");
    int waited = 0;
    for (int i = 0; i < 200; ++i) {
        const auto guess = access->sign_in("ann@lac.example", "wrong wrong wrong", device("203.0.113." + std::to_string(i % 50)), "r");
        waited += guess.error->code == "sign_in_wait";
    }
    EXPECT_GT(waited, 50) << "guessing from many addresses is slowed down too";
    EXPECT_FALSE(access->sign_in("ann@lac.example", good, device("198.51.100.9", own.device), "r").error) << "his own browser, from anywhere";
    EXPECT_FALSE(access->set_password(link_to("ann@lac.example"), "four brave otters", device("198.51.100.10"), "r").error) << "a new device, by the link in his mailbox";
    // Where nobody guessed from: another account is not touched.
    first_password("bob@lac.example");
    EXPECT_FALSE(access->sign_in("bob@lac.example", good, device("203.0.113.1"), "r").error);
}

TEST_P(AccessTest, WrongPasswordsWaitLongerAndLonger) {
    first_password("ann@lac.example");
    const auto guess = [&] { return access->sign_in("ann@lac.example", "wrong wrong wrong", device("192.0.2.7"), "r"); };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(guess().error->code, "sign_in_refused");
    EXPECT_EQ(guess().error->code, "sign_in_refused");
    int before = 0;
    for (int i = 0; i < 8; ++i) {
        const auto waits = guess();
        ASSERT_EQ(waits.error->code, "sign_in_wait");
        EXPECT_GT(waits.wait_seconds, before);
        before = waits.wait_seconds;
        EXPECT_EQ(access->sign_in("ann@lac.example", good, device("192.0.2.7"), "r").error->code, "sign_in_wait") << "the right one from there waits too";
        clock.advance(waits.wait_seconds);
        EXPECT_EQ(guess().error->code, "sign_in_refused");
    }
    clock.advance(900);
    EXPECT_FALSE(access->sign_in("ann@lac.example", good, device("192.0.2.7"), "r").error);
    EXPECT_EQ(guess().error->code, "sign_in_refused") << "the count begins anew";
}

TEST_P(AccessTest, AHundredGuessesAtOnceAreAHundred) {
    first_password("ann@lac.example");
    std::atomic<int> tried{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i)
        threads.emplace_back([&] { tried += access->sign_in("ann@lac.example", "wrong wrong wrong", device("192.0.2.8"), "r").error->code == "sign_in_refused"; });
    for (auto& thread : threads) thread.join();
    EXPECT_LE(tried, 6);
}

TEST_P(AccessTest, ASecondFactorStandsBetweenPasswordAndDesk) {
    first_password("ann@lac.example");
    auto options = access->options();
    options.second_factor_required = true;
    access->options(options);
    const auto half = access->sign_in("ann@lac.example", good, device(), "r");
    EXPECT_EQ(half.level, Level::enrol);
    const auto holder = access->by_session(half.token);
    ASSERT_TRUE(holder);
    EXPECT_EQ(holder->level, Level::enrol);
    const auto wrong = access->pass_factor(*holder, "totp", [](Tx&) -> std::optional<Error> { return forbidden("code_wrong", "wrong"); }, device(), "r");
    EXPECT_EQ(wrong.error->code, "code_wrong");
    EXPECT_EQ(access->by_session(half.token)->level, Level::enrol);
    const auto right = access->pass_factor(*holder, "totp", [](Tx&) -> std::optional<Error> { return std::nullopt; }, device(), "r");
    EXPECT_FALSE(access->by_session(half.token)) << "the half session's token opens nothing more";
    EXPECT_EQ(access->by_session(right.token)->level, Level::full);
    const auto left = access->sign_in("ann@lac.example", good, device(), "r");
    clock.advance(601);
    EXPECT_FALSE(access->by_session(left.token)) << "ten minutes to finish";
}

TEST_P(AccessTest, KeysEndAndHaveNoMoreThanTheirRole) {
    const auto make = [&](KeyWish wish) { return db->write([&](Tx& tx) { return make_key(tx, clock.now(), wish, "test"); }); };
    EXPECT_EQ(make({"", "x@y.example", "site", "S9", "", "", 0}).error().field, "scope");
    EXPECT_EQ(make({"", "x@y.example", "site", "S1", "users.manage nonsense", "", 0}).error().code, "permission_unknown");
    EXPECT_EQ(make({"", "x@y.example", "site", "S1", "moderation.decide", "", 0}).error().code, "permission_not_of_role");
    EXPECT_EQ(make({"", "x@y.example", "site", "S1", "", "", clock.now()}).error().field, "expires_at");
    const auto key = make({"till", "x@y.example", "site", "S1", "reviews.read figures.read", "", clock.now() + 100});
    ASSERT_TRUE(key.ok());
    const auto holder = access->by_key(key->secret);
    ASSERT_TRUE(holder);
    EXPECT_EQ(holder->branch, "site:S1");
    EXPECT_TRUE(holder->may(Permission::reviews_read));
    EXPECT_FALSE(holder->may(Permission::cases_read)) << "its role may, the key may not";
    EXPECT_FALSE(access->by_key(key->secret + "x"));
    clock.advance(100);
    EXPECT_FALSE(access->by_key(key->secret)) << "it has ended";
    const auto lasting = make({"till", "x@y.example", "site", "S1", "", "", 0});
    EXPECT_TRUE(access->by_key(lasting->secret));
    db->write([&](Tx& tx) { revoke_key(tx, clock.now(), lasting->id); });
    EXPECT_FALSE(access->by_key(lasting->secret));
    const auto old = db->write([&](Tx& tx) { return links::issue(tx, clock.now(), links::Purpose::api_key, "moderator * fr,en", "m@y.example", 0); });
    EXPECT_EQ(access->by_key(old)->languages, "fr,en") << "keys of older versions";
}

TEST_P(AccessTest, WhatConcernsTheAccountAsksEveryRoleOfIt) {
    Users users(*access);
    const auto holder = [&](const std::string& email, const std::string& role, const std::string& scope) {
        Holder one;
        one.actor = {ActorKind::staff, email, role, scope};
        one.branch = network::branch_of(one.actor);
        return one;
    };
    const auto manager = holder("ann@lac.example", "site", "S1"), chief = holder("root@x.example", "admin", "*");
    // A site's manager takes headquarters' Bob on at his site; he does not thereby come to look after Bob's account.
    const auto taken = users.add(manager, {"bob@lac.example", "Bob", "adviser", "S1", ""});
    ASSERT_TRUE(taken.ok());
    EXPECT_EQ(users.reset_factors(manager, *taken).error().code, "role_above");
    EXPECT_EQ(users.mail_link(manager, *taken).error().code, "role_above");
    UserChange bar;
    bar.barred = true;
    EXPECT_EQ(users.change(manager, *taken, bar).error().code, "role_above");
    EXPECT_TRUE(users.reset_factors(chief, *taken).ok());
    for (const auto& one : users.list(manager, {}, 0, 100)) EXPECT_NE(one.role, "hq") << "whoever lies beside the branch does not exist";
    EXPECT_EQ(users.list(chief, {"hq", "", false}, 0, 100).size(), 1u);
    EXPECT_EQ(users.add(manager, {"eve@lac.example", "Eve", "site", "S2", ""}).error().code, "scope_beside");
    EXPECT_EQ(users.add(holder("x@x.example", "hq", "*"), {"eve@lac.example", "Eve", "admin", "*", ""}).error().code, "role_above");
    const auto own = users.list(manager, {"site", "", false}, 0, 100);
    ASSERT_EQ(own.size(), 1u);
    UserChange leave;
    leave.active = false;
    EXPECT_EQ(users.change(manager, own[0].id, leave).error().code, "own_account");
}

TEST_P(AccessTest, TheTrailCannotBeEditedAndWhatIsForgedShows) {
    for (int i = 0; i < 5; ++i) db->write([&](Tx& tx) { append(tx, {0, clock.now(), "ann@lac.example", "site", "site:S1", "session", "s", "act " + std::to_string(i), "", "done", "r", {}}); });
    const auto check = [&](std::string_view head = {}) { return db->read([&](Tx& tx) { return check_trail(tx, head); }); };
    const auto whole = check();
    EXPECT_EQ(whole.fault, "");
    EXPECT_EQ(whole.lines, 5);
    EXPECT_THROW(db->write([](Tx& tx) { tx.exec("UPDATE audit_trail SET who = 'bob@lac.example' WHERE seq = 2"); }), storage::Failure);
    EXPECT_THROW(db->write([](Tx& tx) { tx.exec("DELETE FROM audit_trail WHERE seq = 2"); }), storage::Failure);
    // Somebody who owns the database takes the triggers away first; without vault.key his chain does not fit.
    db->write([](Tx& tx) {
        tx.exec({"DROP TRIGGER audit_trail_is_never_changed", "DROP TRIGGER audit_trail_is_never_changed ON audit_trail"});
        tx.exec({"DROP TRIGGER audit_trail_is_never_cut", "DROP TRIGGER audit_trail_is_never_emptied ON audit_trail"});
        tx.exec("UPDATE audit_trail SET who = 'bob@lac.example' WHERE seq = 2");
    });
    EXPECT_EQ(check().fault, "line 2 is not as it was written");
    db->write([](Tx& tx) { tx.exec("UPDATE audit_trail SET who = 'ann@lac.example' WHERE seq = 2"); });
    EXPECT_EQ(check().fault, "");
    // Cutting the end off, head and all, shows against a head that was kept.
    db->write([](Tx& tx) {
        tx.exec("DELETE FROM audit_trail WHERE seq > 3");
        tx.exec("UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_trail WHERE seq = 3)");
    });
    EXPECT_EQ(check().fault, "");
    EXPECT_NE(check(whole.head).fault, "");
    db->write([](Tx& tx) { tx.exec("DELETE FROM audit_trail WHERE seq = 2"); });
    EXPECT_EQ(check().fault, "line 2 is missing");
}

TEST(Passwords, AreJudgedByWhatIsLeft) {
    const auto words = own_words("ann.marchetti@lac-automobiles.example", "Ann Marchetti", "Aurelle");
    const auto code = [&](std::string_view password) {
        const auto checked = check_password(password, 12, words);
        return checked ? std::string("good") : checked.error().code;
    };
    EXPECT_EQ(code("three quiet herons"), "good");
    EXPECT_EQ(code("ÄÖÜßéèàùîôûç"), "good") << "characters, not bytes";
    EXPECT_EQ(code("q7!Zp2#Lk9"), "password_short");
    EXPECT_EQ(code("Marchetti2026!"), "password_own_words");
    EXPECT_EQ(code("AurelleAurelleX1"), "password_own_words");
    EXPECT_EQ(code("marchetti likes quiet herons"), "good") << "enough is left";
    EXPECT_EQ(code("aaaaaaaaaaaaaaaa"), "password_plain");
    EXPECT_EQ(code("123456789012"), "password_plain");
    EXPECT_EQ(code("qwertyuiopasdf"), "password_plain");
    EXPECT_EQ(code("abcdefghijklmnop"), "password_plain");
    EXPECT_EQ(code(std::string(2000, 'x')), "password_long");
    EXPECT_EQ(code("bad \xff bytes in here"), "password_plain");
}

TEST(Passwords, AreKeptAsArgon2id) {
    const auto kept = crypto::hash_password("three quiet herons");
    EXPECT_EQ(kept.substr(0, 30), "$argon2id$v=19$m=65536,t=2,p=1");
    EXPECT_NE(kept, crypto::hash_password("three quiet herons")) << "its own salt";
    EXPECT_TRUE(crypto::password_matches(kept, "three quiet herons"));
    EXPECT_FALSE(crypto::password_matches(kept, "three quiet heron"));
    EXPECT_FALSE(crypto::password_matches("", ""));
    EXPECT_FALSE(crypto::password_matches(std::string(500, '$'), "x"));
}

TEST(Devices, AreNamedInTwoWords) {
    EXPECT_EQ(device_name("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox, Windows");
    EXPECT_EQ(device_name("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"), "Chrome, Android");
    EXPECT_EQ(device_name("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15"), "Safari, macOS");
    EXPECT_EQ(device_name("<script>\n"), "<script>");
    EXPECT_EQ(device_name(""), "");
}

}  // namespace
}  // namespace verbatim::access
