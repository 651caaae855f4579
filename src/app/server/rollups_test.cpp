// Figures are what their facts are (decision 25): random lives of reviews, invitations, answers and cases on both databases, with sites
// that move; after every stretch everything is counted anew. And that the check finds what is wrong, and mends it.
#include "app/server/rollups.h"

#include <gtest/gtest.h>

#include <random>

#include "app/server/test_platform.h"
#include "life/recover/counted.h"
#include "record/experiences/experiences.h"
#include "record/network/network.h"
#include "record/reviews/reviews.h"

namespace verbatim::server {
namespace {

using storage::Tx;

class Rollups : public TestPlatform {
protected:
    Rollups() : TestPlatform(1'790'000'000) {}
    void SetUp() override {
        TestPlatform::SetUp();
        if (IsSkipped()) return;
        house->db->write([&](Tx& tx) {
            for (int i = 0; i < sites; ++i) store_site(tx, i, i % 3, i % 2);
            for (const char* code : {"AXO", "BELA"}) {
                network::Product product;
                product.code = product.name = code;
                product.kind = "model";
                network::store(tx, clock.now(), product);
            }
        });
    }

    void store_site(Tx& tx, int which, int group, int country) {
        network::Site site;
        site.code = "S" + std::to_string(which);
        site.name = site.code;
        site.dealer = "D" + std::to_string(which / 2);
        site.group = group == 0 ? "" : "G" + std::to_string(group);
        site.country = country == 0 ? "FR" : "DE";
        network::store(tx, clock.now(), site);
    }

    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(dice); }

    std::string experience(int site) {
        return house->db->write([&](Tx& tx) {
            experiences::Experience e;
            e.id = "V" + std::to_string(++number);
            e.kind = below(2) ? "workshop" : "delivery";
            e.occurred_on = format_date(clock.now());
            e.registered_on = below(2) ? "2019-05-02" : "";
            e.site = "S" + std::to_string(site);
            e.product = below(3) ? (below(2) ? "AXO" : "BELA") : "";
            e.adviser = below(2) ? "ann@example.org" : "";
            e.country = below(2) ? "FR" : "";
            e.customer = "C" + std::to_string(number);
            experiences::keep(tx, e);
            experiences::set_outcome(tx, e.id, experiences::Outcome::invited, {}, clock.now());
            return e.id;
        });
    }

    std::string write(int site, const std::string& visit, bool vehicle) {
        const auto done = house->db->write([&](Tx& tx) {
            reviews::Submission words;
            words.content.subject = vehicle ? "product:AXO" : "site:S" + std::to_string(site);
            words.content.service = "workshop";
            words.content.rating = 1 + static_cast<int>(below(5));
            if (below(2)) words.content.recommend = static_cast<int>(below(11));
            if (below(2)) words.content.criteria = {{"welcome", 1 + static_cast<int>(below(5))}, {"test-drive", 3}};
            words.content.body = "Two hours.";
            words.origin = visit.empty() ? "spontaneous" : "invited";
            words.experience = visit;
            auto collected = reviews::collect(tx, Actor::customer("C"), clock.now(), words);
            if (collected && !visit.empty()) experiences::set_outcome(tx, visit, experiences::Outcome::answered, {}, clock.now());
            return collected;
        });
        return done ? done->id : std::string();
    }

    void step(const std::string& id) {
        const Actor human{ActorKind::staff, "mod@example.org", "moderator", "*"};
        const auto machine = Actor::system("moderate");
        const auto now = clock.now();
        [[maybe_unused]] const auto done = house->db->write([&](Tx& tx) -> Result<void> {  // what is not possible in this state changes nothing
            reviews::Grounds grounds;
            grounds.reason = "insult";
            switch (below(12)) {
                case 0: case 1: case 2: return reviews::publish(tx, machine, now, id);
                case 3: return reviews::hold(tx, machine, now, id, "[]");
                case 4: return reviews::refuse(tx, human, now, id, grounds);
                case 5: return reviews::reinstate(tx, human, now, id);
                case 6: return reviews::remove(tx, human, now, id, grounds);
                case 7: return reviews::withdraw(tx, machine, now, id);
                case 8: return below(3) == 0 ? reviews::erase(tx, machine, now, id) : Result<void>();
                case 9: return reviews::publish_overdue(tx, machine, now, id);
                case 10: {
                    const auto reply = reviews::propose_reply(tx, human, now, id, "Thank you.", "Site");
                    return reply ? reviews::publish_reply(tx, machine, now + static_cast<Seconds>(below(40)) * one_day, *reply) : Result<void>(reply.error());
                }
                default: {
                    const auto review = reviews::find(tx, id);
                    auto content = review->content;
                    content.rating = 1 + static_cast<int>(below(5));
                    content.criteria = {{"welcome", 2}};
                    const auto corrected = reviews::correct(tx, machine, now, id, content, now);
                    return corrected ? Result<void>() : Result<void>(corrected.error());
                }
            }
        });
    }

    std::string differences(bool rebuild = false) {
        std::string all;
        last = figures::check(*house->db, figure_sources(), rebuild, [&](const figures::Difference& one) {
            all += one.table + " " + one.key + " " + one.measure + " " + std::to_string(one.kept) + " for " + std::to_string(one.counted) + "\n";
        });
        return all;
    }

    static constexpr int sites = 6;
    std::mt19937 dice{20261127};
    int number = 0;
    figures::Check last;
};

TEST_P(Rollups, EqualToTheFactsAfterAnyLife) {
    std::vector<std::string> ids;
    for (int round = 0; round < 12; ++round) {
        for (int i = 0; i < 40; ++i) {
            clock.advance(static_cast<Seconds>(below(20)) * one_hour);
            const int site = static_cast<int>(below(sites));
            const auto visit = below(4) ? experience(site) : std::string();
            if (below(3)) {
                if (auto id = write(site, visit, false); !id.empty()) ids.push_back(id);
                if (below(2)) {
                    if (auto id = write(site, visit, true); !id.empty()) ids.push_back(id);
                }
            }
            for (int k = 0; k < 3 && !ids.empty(); ++k) step(ids[below(ids.size())]);
            if (below(4) == 0 && !ids.empty()) {
                house->db->write([&](Tx& tx) {
                    const auto review = reviews::find(tx, ids[below(ids.size())]);
                    if (!review->content.subject.starts_with("site:")) return;
                    const auto id = "case-" + review->id;
                    if (tx.exec("INSERT INTO recovery_case (id, review, site, why, opened_at, due_at, breached) VALUES ($1, $2, $3, 'rating', $4, $5, 0) ON CONFLICT DO NOTHING", id, review->id,
                                review->content.subject.substr(5), clock.now(), clock.now() + one_day) == 0) {
                        tx.exec("UPDATE recovery_case SET first_call_at = $2 WHERE id = $1 AND first_call_at IS NULL", id, clock.now());
                    }
                    recover::count_case(tx, id);
                });
            }
            if (below(5) == 0) house->db->write([&](Tx& tx) { return figures::fold(tx, 1 + static_cast<int>(below(20))); });
        }
        if (round % 3 == 1) {
            house->db->write([&](Tx& tx) { store_site(tx, static_cast<int>(below(sites)), static_cast<int>(below(3)), static_cast<int>(below(2))); });
            if (below(2)) house->db->write([&](Tx& tx) { return figures::follow_moves(tx, 10); });
        }
        ASSERT_EQ(differences(), "") << "round " << round;
    }
    EXPECT_GT(last.facts, 300);
    EXPECT_GT(last.cells, 300);
    // Any period of all sites, read from the year so far, is what each site's months add up to.
    while (house->db->write([](Tx& tx) { return figures::fold(tx, 50); }) > 0) {}
    const int now = figures::month_of(clock.now());
    int seen = 0;
    for (const auto& period : {figures::Period{now - 11, now}, figures::Period{now - 30, now}, figures::Period{now - 1, now - 1}, figures::Period{now - 14, now - 2}, figures::Period{now / 12 * 12, now}}) {
        for (const char* service : {"", "workshop"}) {
            house->db->read([&](Tx& tx) {
                figures::Reader reader(tx, "*", figures::About::site, {service, ""});
                auto listed = reader.by_level(figures::Level::site, period, true);
                for (auto& [site, whole] : reader.by_level(figures::Level::site, period, false)) {
                    for (const auto measure : {figures::Measure::n1, figures::Measure::n3, figures::Measure::n5, figures::Measure::invited, figures::Measure::replied, figures::Measure::refused}) {
                        EXPECT_EQ(listed[site][measure], whole[measure]) << site << " " << service << " " << figures::name_of(measure);
                        seen += whole[measure] != 0;
                    }
                }
            });
        }
    }
    EXPECT_GT(seen, 20);
    // A country's groups are what their sites on this side of the border add up to, all models together and one of them.
    int groups = 0;
    const figures::Period period{now - 30, now};
    for (const char* model : {"", "AXO"}) {
        house->db->read([&](Tx& tx) {
            std::map<std::string, figures::Cell> over_the_border;
            for (const char* country : {"FR", "DE"}) {
                std::map<std::string, figures::Cell> expected;
                for (const auto& [code, of, group] : tx.rows<std::string, std::string, std::string>("SELECT code, country, grp FROM site")) {
                    if (of == country && !group.empty()) expected[group] += figures::Reader(tx, "site:" + code, figures::About::site, {"", model}).total(period);
                }
                std::erase_if(expected, [](const auto& one) { return one.second.empty(); });
                figures::Reader reader(tx, std::string("country:") + country, figures::About::site, {"", model});
                auto found = reader.by_level(figures::Level::group, period, false);
                std::erase_if(found, [](const auto& one) { return one.second.empty(); });
                EXPECT_EQ(found, expected) << country << " " << model;
                for (const auto& [group, cell] : expected) over_the_border[group] += cell, ++groups;
            }
            auto all = figures::Reader(tx, "*", figures::About::site, {"", model}).by_level(figures::Level::group, period, false);
            std::erase_if(all, [](const auto& one) { return one.second.empty(); });
            EXPECT_EQ(all, over_the_border) << model;
        });
    }
    EXPECT_GE(groups, 6);
    // The same from nothing: after a loss, which is said; and as on a platform from before the figures were kept, where the first counting
    // takes what waits along and has no difference to tell.
    const auto sum = [&] { return house->db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT SUM(n5 * 7 + replied + invited * 3 + called) FROM figure_total WHERE branch <> '*'"); }); };
    const auto before = sum();
    const auto forget = [&] {
        house->db->write([](Tx& tx) {
            tx.exec("DELETE FROM figure_base");
            tx.exec("DELETE FROM figure_total");
            tx.exec("DELETE FROM figure_product");
            tx.exec("DELETE FROM figure_criterion");
            tx.exec("DELETE FROM figure_running");
        });
    };
    forget();
    EXPECT_NE(differences(), "");
    EXPECT_NE(differences(true), "");
    EXPECT_EQ(differences(), "");
    EXPECT_EQ(sum(), before);
    forget();
    house->db->write([](Tx& tx) { tx.exec("UPDATE figure_state SET value = 0 WHERE key = 'complete'"); });
    ASSERT_NE(write(1, experience(1), false), "");
    EXPECT_EQ(differences(true), "");
    EXPECT_EQ(differences(), "");
    EXPECT_GT(sum(), before);
}

TEST_P(Rollups, WhatIsCountedWhere) {
    const auto visit = experience(0);
    const auto id = write(0, visit, false);
    house->db->write([&](Tx& tx) {
        ASSERT_TRUE(reviews::publish(tx, Actor::system("moderate"), clock.now(), id).ok());
        const auto reply = reviews::propose_reply(tx, Actor{ActorKind::staff, "a@example.org", "site", "S0"}, clock.now(), id, "Thank you.", "S0");
        ASSERT_TRUE(reviews::publish_reply(tx, Actor::system("moderate"), clock.now() + 2 * one_day, *reply).ok());
    });
    while (house->db->write([](Tx& tx) { return figures::fold(tx, 3); }) > 0) {}
    house->db->read([&](Tx& tx) {
        const auto total = [&](std::string_view branch, std::string_view service) {
            return *tx.row<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
                R"sql(SELECT COALESCE(SUM(n1 + n2 + n3 + n4 + n5), 0), COALESCE(SUM(invited), 0), COALESCE(SUM(answered), 0), COALESCE(SUM(replied_in_week), 0),
COALESCE(SUM(reply_2d), 0), COALESCE(SUM(reply_seconds), 0) FROM figure_total WHERE branch = $1 AND service = $2 AND product = '')sql", branch, service);
        };
        const std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t> one{1, 1, 1, 1, 1, 2 * one_day}, none{};
        for (const char* branch : {"*", "country:FR", "dealer:D0", "site:S0"}) EXPECT_EQ(total(branch, ""), one) << branch;
        EXPECT_EQ(total("country:DE", ""), none);
        EXPECT_EQ(total("site:S0", "used_car"), none);
    });
    // A site that moves takes its history along.
    house->db->write([&](Tx& tx) { store_site(tx, 0, 2, 1); });
    house->db->write([&](Tx& tx) { return figures::follow_moves(tx, 10); });
    house->db->read([&](Tx& tx) {
        const auto stars = [&](std::string_view branch) {
            return tx.value<std::int64_t>("SELECT COALESCE(SUM(n1 + n2 + n3 + n4 + n5), 0) FROM figure_total WHERE branch = $1 AND service = '' AND product = ''", branch);
        };
        EXPECT_EQ(stars("country:FR"), 0);
        EXPECT_EQ(stars("country:DE"), 1);
        EXPECT_EQ(stars("group:G2"), 1);
        EXPECT_EQ(stars("*"), 1);
    });
    EXPECT_EQ(differences(), "");
}

// A platform from before a country's groups had totals of their own gets them from what it has.
TEST_P(Rollups, GroupsWithinCountriesComeWithTheUpdate) {
    for (int i = 0; i < 40; ++i) {
        const int site = static_cast<int>(below(sites));
        if (const auto id = write(site, experience(site), false); !id.empty()) step(id);
    }
    while (house->db->write([](Tx& tx) { return figures::fold(tx, 50); }) > 0) {}
    ASSERT_EQ(differences(), "");
    const auto update = figures::migrations()[2];
    house->db->write([&](Tx& tx) { EXPECT_GT(tx.exec("DELETE FROM figure_total WHERE branch LIKE 'country:% group:%'"), 10); });
    EXPECT_NE(differences(), "");
    house->db->write([&](Tx& tx) { tx.exec(update.sql); });
    EXPECT_EQ(differences(), "");
}

TEST_P(Rollups, WhatIsWrongIsFoundAndMended) {
    const auto id = write(1, experience(1), false);
    house->db->write([&](Tx& tx) { ASSERT_TRUE(reviews::publish(tx, Actor::system("moderate"), clock.now(), id).ok()); });
    ASSERT_EQ(differences(), "");
    house->db->write([](Tx& tx) { tx.exec("UPDATE figure_total SET n2 = n2 + 3 WHERE branch = 'group:G1' AND service = ''"); });
    EXPECT_NE(differences().find("figure_total group:G1"), std::string::npos);
    house->db->write([](Tx& tx) { tx.exec("UPDATE figure_running SET n1 = n1 + 2 WHERE site = 'S1' AND service = ''"); });
    EXPECT_NE(differences().find("figure_running S1  to "), std::string::npos);
    house->db->write([](Tx& tx) { tx.exec("UPDATE figure_running SET month = month - 120 WHERE service <> ''"); });
    EXPECT_NE(differences().find(" row 1 for 0"), std::string::npos) << differences();
    house->db->write([&](Tx& tx) { tx.exec("UPDATE review SET rating = 6 - rating WHERE id = $1 AND rating <> 3", id); tx.exec("DELETE FROM figure_base WHERE subject = 'site:S1'"); });
    EXPECT_NE(differences().find("figure_base site:S1"), std::string::npos);
    differences(true);
    EXPECT_EQ(differences(), "");
}

INSTANTIATE_TEST_SUITE_P(Engines, Rollups, ::testing::Values(storage::Engine::sqlite, storage::Engine::postgresql),
                         [](const auto& one) { return one.param == storage::Engine::sqlite ? "sqlite" : "postgresql"; });

}  // namespace
}  // namespace verbatim::server
