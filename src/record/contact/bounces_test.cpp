// EML-7, EML-8, EML-10: what comes back is believed for our own messages only, once, and what follows is suppression by purpose.
#include "record/contact/bounces.h"

#include <nlohmann/json.hpp>

#include "ground/base/calendar.h"
#include "record/contact/consents.h"
#include "record/contact/contact.h"
#include "record/contact/spam_rate.h"
#include "record/contact/test_contact.h"
#include "record/contact/topics.h"

namespace verbatim::contact {
namespace {

using mail::Returned;
using storage::Tx;

constexpr Seconds now = 1'790'000'000;

class Bounces : public ContactDatabase {
protected:
    void SetUp() override {
        ContactDatabase::SetUp();
        if (!db) return;
        Customer claire;
        claire.external = "K-1";
        claire.email = "claire@example.org";
        claire.locale = "fr";
        db->write([&](Tx& tx) { customer = keep_customer(tx, now, claire); });
    }
    std::string sent(const std::string& key) {
        return db->write([&](Tx& tx) {
            EXPECT_EQ(queue(tx, now, {Purpose::invitation, key, customer, {}, {}, {}, "E1", "invitation", "{}", {}}), Queued::queued);
            const auto id = tx.value<std::string>("SELECT id FROM message WHERE unique_key = $1", key);
            tx.exec("UPDATE message SET state = 'sent', sent_at = $2 WHERE id = $1", id, now);
            return id;
        });
    }
    std::string take(Returned::Kind kind, const std::string& to, const std::string& status = "5.1.1", Seconds at = now, const std::string& id = {}) {
        Returned returned;
        returned.kind = kind;
        returned.status = status;
        returned.message_id = id;
        if (!to.empty()) returned.sent_to = {"postmaster@brand.example", to};
        return db->write([&](Tx& tx) { return take_returned(tx, at, returned).done; });
    }
    bool silent() {
        return db->read([](Tx& tx) { return suppressed(tx, "Claire@example.org", Purpose::invitation); });
    }
    std::string state(const std::string& id) {
        return db->read([&](Tx& tx) { return tx.value<std::string>("SELECT state FROM message WHERE id = $1", id); });
    }
    std::string customer;
};

TEST_P(Bounces, EML_7_a_dead_address_is_written_to_no_more) {
    const auto id = sent("invite:1");
    const auto path = return_path(id, "bounces.brand.example");
    EXPECT_EQ(path.size(), 2 + id.size() + 1 + 12 + std::string("@bounces.brand.example").size());
    std::string shouted = path;
    for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));  // some servers write addresses in capitals
    EXPECT_EQ(take(Returned::Kind::failed, shouted), "suppressed");
    EXPECT_TRUE(silent());
    EXPECT_EQ(state(id), "refused");
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM job WHERE kind = 'life' AND payload = 'mail_refused E1'"); }), 1);
    EXPECT_EQ(take(Returned::Kind::failed, path), "known");
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM job WHERE kind = 'life'"); }), 1);
    // EML-10: an import that names the address again does not open it.
    db->write([&](Tx& tx) { EXPECT_EQ(queue(tx, now, {Purpose::invitation, "invite:2", customer, {}, {}, {}, "E2", "invitation", "{}", {}}), Queued::opted_out); });
}

TEST_P(Bounces, EML_7_a_forged_return_address_does_nothing) {
    const auto id = sent("invite:1");
    auto path = return_path(id, "bounces.brand.example");
    char& digit = path[path.find('@') - 1];
    digit = digit == '0' ? '1' : '0';
    EXPECT_EQ(take(Returned::Kind::failed, path), "forged");
    EXPECT_EQ(take(Returned::Kind::failed, path, "5.1.1", now, id + "@brand.example"), "forged");
    EXPECT_EQ(take(Returned::Kind::failed, "b-" + id + "@bounces.brand.example"), "unknown");
    EXPECT_EQ(take(Returned::Kind::failed, "", "5.1.1", now, "aaaaaaaaaaaaaaaaaaaa@brand.example"), "unknown");
    EXPECT_EQ(take(Returned::Kind::nothing, return_path(id, "x.example")), "no_report");
    EXPECT_FALSE(silent());
    EXPECT_EQ(take(Returned::Kind::failed, "", "5.1.1", now, id + "@brand.example"), "suppressed");  // its reader alone knows the id
}

TEST_P(Bounces, EML_7_a_full_mailbox_is_left_alone_after_three_messages_in_a_year) {
    const Seconds day = 24 * 3600;
    EXPECT_EQ(take(Returned::Kind::delayed, return_path(sent("old"), "b.example"), "4.2.2", now - 400 * day), "counted");
    for (int i = 0; i < most_soft - 1; ++i) EXPECT_EQ(take(Returned::Kind::delayed, return_path(sent("invite:" + std::to_string(i)), "b.example"), "4.2.2", now + i * 60 * day), "counted");
    EXPECT_FALSE(silent());
    const auto last = sent("invite:last");
    EXPECT_EQ(take(Returned::Kind::delayed, return_path(last, "b.example"), "4.2.2", now + 200 * day), "suppressed");
    EXPECT_TRUE(silent());
    EXPECT_EQ(state(last), "sent");  // it may still arrive
}

TEST_P(Bounces, EML_8_a_complaint_counts_at_once_and_is_proven) {
    const auto id = sent("invite:1");
    EXPECT_EQ(take(Returned::Kind::complaint, return_path(id, "b.example"), ""), "complaint");
    EXPECT_TRUE(silent());
    const auto said = db->read([&](Tx& tx) { return consents_of(tx, customer); });
    ASSERT_FALSE(said.empty());
    EXPECT_EQ(said.back().basis, "no");
    EXPECT_EQ(said.back().source, "complaint");
    db->read([](Tx& tx) {
        for (const char* topic : {"marketing", "survey"}) EXPECT_TRUE(suppressed_as(tx, "claire@example.org", topic)) << topic;
        EXPECT_FALSE(suppressed_as(tx, "claire@example.org", "service"));
    });
}

TEST_P(Bounces, EML_6_the_share_of_mails_called_spam_is_counted_over_thirty_days) {
    const auto rate = [&](Seconds at) { return db->read([&](Tx& tx) { return spam_rate(tx, at); }); };
    EXPECT_EQ(rate(now).share(), 0) << "nothing sent, nothing shared";
    const auto one = sent("invite:1");
    for (int i = 2; i <= 4; ++i) sent("invite:" + std::to_string(i));
    take(Returned::Kind::complaint, return_path(one, "b.example"), "");
    take(Returned::Kind::complaint, return_path(one, "b.example"), "");
    EXPECT_EQ(rate(now + 1).sent, 4);
    EXPECT_EQ(rate(now + 1).complaints, 1) << "one message counts once";
    EXPECT_DOUBLE_EQ(rate(now + 1).share(), .25);
    EXPECT_EQ(rate(now + 40 * one_day).sent, 0);
}

TEST_P(Bounces, AnErasedPersonsReportFindsNobody) {
    const auto id = sent("invite:1");
    db->write([&](Tx& tx) { erase_customer(tx, customer); });
    EXPECT_EQ(take(Returned::Kind::failed, return_path(id, "b.example")), "no_address");
    EXPECT_FALSE(silent());
}

INSTANTIATE_TEST_SUITE_P(Engines, Bounces, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::contact
