// Finding reviews on both engines: words in three languages, facets, orders, pages, branches, and that the words go with an erasure.
#include "record/reviews/search.h"

#include "engine/intake/test_database.h"
#include "engine/jobs/jobs.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/ledger/ledger.h"
#include "record/network/branches.h"
#include "record/network/network.h"
#include "record/reviews/incentive.h"
#include "record/reviews/reviews.h"

namespace verbatim::reviews {
namespace {

using storage::Tx;
using Ids = std::vector<std::string>;

class Search : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), ledger::migrations(), experiences::migrations(), events::migrations(),
                 reviews::migrations(), reviews::incentive_migrations(), figures::migrations()});
        db->write([&](Tx& tx) {
            for (const auto& [code, country] : {std::pair("LYO", "FR"), {"NAN", "FR"}, {"HAM", "DE"}}) {
                network::Site site;
                site.code = code;
                site.name = code;
                site.country = country;
                site.services = "workshop";
                network::store(tx, now, site);
            }
        });
        settle_search(*db);
    }

    struct Words {
        std::string site = "LYO", lang = "fr", body = {};
        std::optional<int> rating = 5;
    };
    std::string write(const Words& words) {
        return db->write([&](Tx& tx) {
            Submission submission;
            submission.content.subject = "site:" + words.site;
            submission.content.service = "workshop";
            submission.content.rating = words.rating;
            submission.content.body = words.body;
            submission.content.lang = words.lang;
            submission.content.experience_on = "2026-11-01";
            submission.origin = "spontaneous";
            return collect(tx, Actor::visitor(), now += 60, submission)->id;
        });
    }
    FoundReviews find(std::string_view branch, const Wanted& wanted) {
        return db->read([&](Tx& tx) { return reviews::search(tx, branch, wanted).value(); });
    }
    Ids ids(std::string_view branch, std::string_view words) { return find(branch, {.words = std::string(words)}).ids; }

    Seconds now = 1'793'534'400;
};

INSTANTIATE_TEST_SUITE_P(Both, Search, intake::both_engines, intake::engine_name);

TEST_P(Search, WordsInTheirLanguageWithoutAccentsAndEnds) {
    const auto french = write({.body = "Très longue attente, réparation mal faite. L'accueil était glacial."});
    const auto german = write({.site = "HAM", .lang = "de", .body = "Die Reparatur dauerte zu lange, die Werkstatt war überfüllt. Freundliche Mechaniker!"});
    const auto english = write({.site = "HAM", .lang = "en", .body = "I waited for two hours; the mechanics were friendly."});
    const auto polish = write({.site = "HAM", .lang = "pl", .body = "Bardzo miła obsługa, polecam."});
    EXPECT_EQ(ids("*", "attentes"), Ids{french});
    EXPECT_EQ(ids("*", "RÉPARATIONS accueil"), Ids{french});
    EXPECT_EQ(ids("*", "reparation attente"), Ids{french});
    EXPECT_EQ(ids("*", "ueberfüllt"), Ids{});
    EXPECT_EQ(ids("*", "überfüllte werkstatt"), Ids{german});
    EXPECT_EQ(ids("*", "wait mechanic"), Ids{english}) << "the beginning of a word";
    EXPECT_EQ(ids("*", "obsługi"), Ids{polish});
    EXPECT_EQ(ids("*", "attente werkstatt"), Ids{}) << "every word in one review";
    EXPECT_EQ(ids("*", "attente \" OR facets : r1 * ( '& | !"), Ids{}) << "no operators: 'OR' and 'facets' are words that are not there";
    EXPECT_EQ(ids("*", "\"'&|!()*"), Ids{}) << "signs alone find nothing";
    EXPECT_EQ(ids("*", ""), (Ids{polish, english, german, french}));
}

TEST_P(Search, ABranchSeesItsOwn) {
    const auto here = write({.body = "Attente."}), there = write({.site = "HAM", .body = "Attente."});
    EXPECT_EQ(ids("site:LYO", "attente"), Ids{here});
    EXPECT_EQ(ids("country:DE", "attente"), Ids{there});
    EXPECT_EQ(ids("country:FR", ""), Ids{here});
    EXPECT_EQ(ids("site:NAN", "attente"), Ids{});
    EXPECT_EQ(ids("site:NOWHERE", ""), Ids{});
    EXPECT_EQ(ids("", "attente"), Ids{});
}

TEST_P(Search, FacetsAndTheirCombinations) {
    const auto one = write({.body = "Lenteur.", .rating = 1}), five = write({.body = "Cinq.", .rating = 5});
    const auto none = write({.body = "Sans note.", .rating = std::nullopt});
    EXPECT_EQ(find("*", {.stars = {1, 2}}).ids, Ids{one});
    EXPECT_EQ(find("*", {.stars = {0}}).ids, Ids{none});
    EXPECT_EQ(find("*", {.stars = {5}, .services = {"workshop"}, .languages = {"fr"}, .origins = {"spontaneous"}, .replied = false}).ids, Ids{five});
    EXPECT_EQ(find("*", {.states = {"published"}}).ids, Ids{});
    db->write([&](Tx& tx) {
        ASSERT_TRUE(publish(tx, Actor::system("test"), now, one).ok());
        ASSERT_TRUE(propose_reply(tx, Actor{ActorKind::staff, "anna@example.org", "site", "LYO"}, now, one, "Merci.", "LYO").ok());
        index_case(tx, one);
    });
    EXPECT_EQ(find("*", {.states = {"published"}}).ids, Ids{one});
    EXPECT_EQ(find("*", {.words = "lenteur", .replied = true, .in_case = true}).ids, Ids{one});
    EXPECT_EQ(find("*", {.in_case = false}).ids, (Ids{none, five}));
    EXPECT_FALSE(db->read([&](Tx& tx) { return search(tx, "*", {.languages = {"f' OR 1"}}).ok(); }));
}

TEST_P(Search, PagesInEveryOrderHoldEachOnce) {
    Ids all;
    for (int i = 0; i < 23; ++i) all.push_back(write({.site = i % 2 == 0 ? "LYO" : "NAN", .body = "Attente " + std::to_string(i), .rating = i % 6 == 0 ? std::nullopt : std::optional(i % 6)}));
    const auto walk = [&](Wanted wanted) {
        Ids found;
        wanted.limit = 4;
        for (int pages = 0; pages < 20; ++pages) {
            const auto page = find("country:FR", wanted);
            EXPECT_LE(page.ids.size(), 4u);
            found.insert(found.end(), page.ids.begin(), page.ids.end());
            if (page.next.empty()) break;
            wanted.after = page.next;
        }
        return found;
    };
    Ids newest(all.rbegin(), all.rend());
    EXPECT_EQ(walk({}), newest);
    EXPECT_EQ(walk({.words = "attente"}), newest);
    EXPECT_EQ(walk({.order = Order::oldest}), all);
    EXPECT_EQ(walk({.words = "attente", .order = Order::oldest}), all);
    Ids lowest;
    for (const int star : {1, 2, 3, 4, 5, 0}) {
        for (int i = 22; i >= 0; --i) {
            if (i % 6 == star) lowest.push_back(all[static_cast<std::size_t>(i)]);
        }
    }
    EXPECT_EQ(walk({.order = Order::lowest}), lowest);
    EXPECT_EQ(walk({.words = "attente", .order = Order::lowest}), lowest);
    EXPECT_EQ(find("*", {.from = 1'793'534'400 + 61, .until = 1'793'534'400 + 181}).ids, (Ids{all[2], all[1]}));
    EXPECT_FALSE(db->read([&](Tx& tx) { return search(tx, "*", {.after = "x"}).ok(); }));
}

TEST_P(Search, CorrectedWordsAreFoundAndOldOnesAreNot) {
    const auto id = write({.body = "Attente interminable."});
    db->write([&](Tx& tx) {
        Content words;
        words.body = "Rendez-vous raté.";
        words.rating = 2;
        words.lang = "fr";
        ASSERT_TRUE(correct(tx, Actor::visitor(), now, id, words, now).ok());
    });
    EXPECT_EQ(ids("*", "interminable"), Ids{});
    EXPECT_EQ(ids("*", "rendez-vous"), Ids{id});
    db->write([&](Tx& tx) { ASSERT_TRUE(publish(tx, Actor::system("test"), now, id).ok()); });
    db->write([&](Tx& tx) {
        Content words;
        words.body = "Tout est réglé.";
        words.rating = 4;
        words.lang = "fr";
        ASSERT_TRUE(correct(tx, Actor::visitor(), now, id, words, now).ok());
    });
    EXPECT_EQ(ids("*", "rendez-vous"), Ids{id}) << "a draft is nobody's to find";
    db->write([&](Tx& tx) { ASSERT_TRUE(publish(tx, Actor::system("test"), now, id).ok()); });
    EXPECT_EQ(ids("*", "rendez-vous"), Ids{});
    EXPECT_EQ(find("*", {.words = "réglé", .stars = {4}}).ids, Ids{id});
    // GDP-4: nothing is found, and the index agrees with itself: writing again finds the new words alone.
    db->write([&](Tx& tx) { ASSERT_TRUE(erase(tx, Actor::visitor(), now, id).ok()); });
    EXPECT_EQ(ids("*", ""), Ids{});
    EXPECT_EQ(ids("*", "réglé"), Ids{});
    EXPECT_EQ(db->read([](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM review_search"); }), 0);
    tidy_search(*db, Tidy::after_erasure);
    const auto again = write({.body = "Réglé."});
    EXPECT_EQ(ids("*", "réglé"), Ids{again});
}

TEST_P(Search, RebuiltIsTheSame) {
    for (int i = 0; i < 12; ++i) write({.site = i % 2 == 0 ? "LYO" : "HAM", .body = "Attente " + std::to_string(i), .rating = 1 + i % 5});
    const auto before = ids("*", "attente");
    EXPECT_EQ(rebuild_search(*db), 12);
    EXPECT_EQ(ids("*", "attente"), before);
    EXPECT_EQ(settle_search(*db), 0);
}

TEST(SearchWords, TokensAndSnippets) {
    std::vector<std::string> words;
    for (const auto& token : search_tokens("L’été, « Straße » œuvre ŁÓDŹ n°5 x\u0301y!")) words.push_back(token.text);
    EXPECT_EQ(words, (std::vector<std::string>{"l", "ete", "strasse", "oeuvre", "lodz", "n", "5", "xy"}));
    const std::string body = std::string(300, 'a') + " deux heures d'attente au comptoir " + std::string(300, 'b');
    const auto found = snippet(body, "attentes");
    EXPECT_TRUE(found.cut_before);
    EXPECT_TRUE(found.cut_after);
    ASSERT_EQ(found.marks.size(), 1u);
    EXPECT_EQ(found.text.substr(found.marks[0].first, found.marks[0].second - found.marks[0].first), "attente");
    EXPECT_FALSE(snippet("court", "").cut_after);
    EXPECT_TRUE(search_tokens("\xff\xfe").empty());
}

}  // namespace
}  // namespace verbatim::reviews
