// The moderator's work with a clock that is moved: who is asked and who may decide, the announced time, second opinions,
// statements of reasons against their schema, equal treatment (norms MOD-2 to MOD-12).
#include "life/moderate/moderate.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/intake/test_database.h"
#include "life/moderate/work.h"
#include "record/editions/editions.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/network/import.h"
#include "record/vault/vault.h"

namespace verbatim::moderate {
namespace {

using storage::Tx;

constexpr Seconds start = 1'790'000'000;

class Moderation : public intake::TestDatabase {
protected:
    void SetUp() override {
        TestDatabase::SetUp();
        if (!db) return;
        migrate({jobs::migrations(), network::migrations(), links::migrations(), vault::migrations(), contact::migrations(), ledger::migrations(),
                 experiences::migrations(), events::migrations(), editions::migrations(), reviews::migrations(), figures::migrations(), conduct::migrations(), moderate::migrations()});
        const auto sites = write_file("sites.csv",
                                      "code,name,group,country,locale,timezone,email,services\n"
                                      "LAKE,Garage du Lac,Belvaux,FR,fr-FR,Europe/Paris,lake@example.org,workshop\n");
        const auto people = write_file("people.csv",
                                       "email,name,role,scope,locale,languages\n"
                                       "anne@example.org,Anne Roy,moderator,*,fr-FR,\n"
                                       "bert@example.org,Bert Bo,moderator,*,en-GB,en;fr\n"
                                       "carl@example.org,Carl Ku,moderator,*,de-DE,\n"
                                       "eve@example.org,Eve Gay,moderator,*,fr-FR,\n"
                                       "eve@example.org,Eve Gay,group,Belvaux,fr-FR,\n"
                                       "dora@example.org,Dora Hue,hq,*,fr-FR,fr;it\n"
                                       "otto@example.org,Otto Ude,auditor,*,fr-FR,\n");
        intake::Options quiet;
        quiet.progress = false;
        ASSERT_TRUE(network::import_sites(*db, clock, sites, quiet).ok());
        ASSERT_TRUE(network::import_people(*db, people, quiet).ok());
        open({});
    }
    void open(Options options) {
        options.base_url = "https://reviews.example";
        options.brand = "Aurelle";
        stage.emplace(*db, clock, text::Detectors::shipped(), options);
    }
    std::string submit(int rating, const std::string& body, const std::string& lang = "fr") {
        return db->write([&](Tx& tx) {
            contact::Customer customer;
            customer.external = "K" + std::to_string(++customers);
            customer.email = "claire" + std::to_string(customers) + "@post.example";  // not the house's domain: that would be an insider
            customer.locale = "fr-FR";
            reviews::Submission submission;
            submission.content.subject = "site:LAKE";
            submission.content.service = "workshop";
            submission.content.rating = rating;
            submission.content.body = body;
            submission.content.lang = lang;
            submission.content.experience_on = "2026-09-01";
            submission.origin = "invited";
            submission.decide_by = clock.now() + 7 * one_day;
            submission.customer = contact::keep_customer(tx, clock.now(), customer);
            const auto id = reviews::collect(tx, Actor::customer(submission.customer), clock.now(), submission)->id;
            stage->on_collected(tx, id);
            return id;
        });
    }
    reviews::Review review(const std::string& id) {
        return db->read([&](Tx& tx) { return *reviews::find(tx, id); });
    }
    // "moderation_request anne@example.org", sorted; what was told before is forgotten.
    std::vector<std::string> told() {
        std::vector<std::string> all, fresh;
        for (const auto& letter : db->read([&](Tx& tx) { return contact::waiting_letters(tx); })) all.push_back(letter.mail_template + (letter.email.empty() ? "" : " " + letter.email));
        std::sort(all.begin(), all.end());
        std::set_difference(all.begin(), all.end(), before.begin(), before.end(), std::back_inserter(fresh));
        before = std::move(all);
        return fresh;
    }
    Caller by(const std::string& email) { return {{ActorKind::staff, email, "moderator", "*"}, {}}; }
    static Verdict verdict(const std::string& decision, const std::string& reason = {}, const std::string& explanation = "Because.") {
        Verdict one;
        one.decision = decision;
        one.reason = reason;
        one.explanation = explanation;
        return one;
    }

    ManualClock clock{start};
    std::optional<Moderate> stage;
    int customers = 0;
    std::vector<std::string> before;
};

using Lines = std::vector<std::string>;
constexpr const char* rude = "Le chef est un connard.";

constexpr const char* praise =
    "Je suis venu pour une simple révision et j'ai été reçu comme un roi, le café était bon, la voiture est revenue propre et le prix est resté celui du devis.";

TEST_P(Moderation, FRA4_CopiesReachAHumanWithTheirSignalsAndAreCountedAgainstHisDecision) {
    const auto first = submit(5, praise);
    EXPECT_EQ(review(first).state, reviews::State::published);  // nobody else said it yet
    std::string nearly = praise;
    nearly.replace(nearly.find("bon"), 3, "excellent");
    const auto second = submit(5, nearly);
    ASSERT_EQ(review(second).state, reviews::State::held);
    const auto findings = json::parse(review(second).findings);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0]["rule"], "signal.copy");
    EXPECT_EQ(findings[0]["reason"], "not_lived");
    EXPECT_NE(findings[0]["text"].get<std::string>().find(first), std::string::npos) << findings;
    const auto third = submit(1, praise), fourth = submit(5, praise);  // a star is never looked at
    EXPECT_EQ(review(third).state, reviews::State::held);
    EXPECT_EQ(json::parse(review(fourth).findings).size(), 2u);  // a template by now
    ASSERT_TRUE(stage->decide(by("anne@example.org"), second, verdict("publish", {}, {})).ok());
    ASSERT_TRUE(stage->decide(by("anne@example.org"), third, verdict("refuse", "not_lived")).ok());
    const auto figures = stage->signals(by("anne@example.org").actor);
    ASSERT_EQ(figures.size(), 2u);
    EXPECT_EQ(figures[0].name, "copy");
    EXPECT_EQ(figures[0].raised, 3);
    EXPECT_EQ(figures[0].asked, 3);
    EXPECT_EQ(figures[0].right, 1);
    EXPECT_EQ(figures[0].false_alarms, 1);
    EXPECT_EQ(figures[1].name, "template");
    EXPECT_EQ(figures[1].right + figures[1].false_alarms, 0);
    // Erased words leave no sketch: the next one like them is compared with the others alone.
    db->write([&](Tx& tx) {
        reviews::erase(tx, Actor::customer("x"), clock.now(), first).ok();
        stage->on_ended(tx, first);
        EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM review_sketch WHERE review = $1", first), 0);
        EXPECT_EQ(tx.value<std::int64_t>("SELECT COUNT(*) FROM review_band WHERE review = $1", first), 0);
    });
}

TEST_P(Moderation, MOD6_MOD7_WhoReadsItAndDoesNotBelongIsAskedAndNobodyElseDecides) {
    const auto id = submit(1, rude);
    EXPECT_EQ(told(), (Lines{"moderation_request anne@example.org", "moderation_request bert@example.org"}));
    EXPECT_EQ(stage->decide(by("carl@example.org"), id, verdict("publish")).error().code, "language");
    EXPECT_EQ(stage->decide(by("eve@example.org"), id, verdict("publish")).error().code, "own_house");  // works for the group
    EXPECT_EQ(stage->decide(by("otto@example.org"), id, verdict("publish")).error().code, "not_a_moderator");
    auto declared = verdict("publish");
    declared.reads = true;
    EXPECT_TRUE(stage->decide(by("carl@example.org"), id, declared).ok());
    const auto kept = stage->decisions(id);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].moderator, "carl@example.org");
    EXPECT_EQ(kept[0].language_match, "declared");
    EXPECT_EQ(kept[0].languages, "de");
}

TEST_P(Moderation, MOD6_ALanguageNoModeratorReadsGoesToHeadquarters) {
    submit(1, "Che stronzo, questo meccanico.", "it");
    EXPECT_EQ(told(), (Lines{"moderation_request dora@example.org"}));
    db->read([&](Tx& tx) {
        EXPECT_EQ(panel_for(tx, "site:LAKE", "it").level, Panel::Level::headquarters);
        EXPECT_EQ(panel_for(tx, "site:LAKE", "hu").level, Panel::Level::nobody_reads);
        EXPECT_EQ(panel_for(tx, "site:LAKE", "").people.size(), 3u);  // nobody can tell the language: all moderators but the house's
    });
}

TEST_P(Moderation, MOD2_TheQueueIsByAgeAlone) {
    Lines ids;
    for (const int stars : {5, 1, 3, 1, 5}) {
        ids.push_back(submit(stars, rude));
        clock.advance(60);
    }
    Lines queued;
    for (const auto& one : stage->queue(100)) queued.push_back(one.review);
    EXPECT_EQ(queued, ids);
    const auto first = stage->queue(2);
    const auto rest = stage->queue(100, std::to_string(first[1].submitted_at) + ":" + first[1].review);
    ASSERT_EQ(rest.size(), 3u);
    EXPECT_EQ(rest[0].review, ids[2]);
}

TEST_P(Moderation, MOD4_TheAnnouncedTimeIsKeptAndTheFindingWaitsOn) {
    const auto id = submit(1, rude);
    told();
    clock.set(start + 7 * one_day / 2 - 60);
    stage->watch_delays();
    EXPECT_EQ(told(), Lines{});
    clock.advance(120);
    stage->watch_delays();
    EXPECT_EQ(told(), (Lines{"moderation_late anne@example.org", "moderation_late bert@example.org"}));
    stage->watch_delays();
    EXPECT_EQ(told(), Lines{});  // once
    clock.set(start + 6 * one_day);
    stage->watch_delays();
    EXPECT_EQ(told(), (Lines{"moderation_late anne@example.org", "moderation_late bert@example.org", "moderation_late dora@example.org"}));
    EXPECT_EQ(review(id).state, reviews::State::held);
    clock.set(start + 7 * one_day);
    stage->watch_delays();
    EXPECT_EQ(review(id).state, reviews::State::published);
    EXPECT_EQ(review(id).published_at, start + 7 * one_day);
    EXPECT_NE(review(id).findings, "");
    ASSERT_EQ(stage->queue(10).size(), 1u);
    EXPECT_TRUE(stage->queue(10)[0].overdue);
    told();
    clock.advance(one_day);
    stage->watch_delays();
    EXPECT_EQ(told(), Lines{});

    ASSERT_TRUE(stage->decide(by("anne@example.org"), id, verdict("refuse", "insult", "Le mot vise une personne.")).ok());
    EXPECT_EQ(review(id).state, reviews::State::removed);
    EXPECT_EQ(stage->queue(10).size(), 0u);
    EXPECT_EQ(told(), (Lines{"removed"}));
    db->read([&](Tx& tx) {
        const auto statements = reviews::statements_of(tx, id);
        ASSERT_EQ(statements.size(), 1u);
        EXPECT_EQ(statements[0].measure, "removed");
        EXPECT_TRUE(statements[0].automated_detection);
    });
}

TEST_P(Moderation, MOD4_SettledByAHumanItStays) {
    const auto id = submit(1, rude);
    clock.advance(8 * one_day);
    stage->watch_delays();
    ASSERT_TRUE(stage->decide(by("anne@example.org"), id, verdict("publish")).ok());
    EXPECT_EQ(review(id).overdue_at, 0);
    EXPECT_EQ(review(id).findings, "");
    EXPECT_EQ(review(id).state, reviews::State::published);
    EXPECT_EQ(stage->queue(10).size(), 0u);
    EXPECT_EQ(stage->decide(by("bert@example.org"), id, verdict("refuse", "insult")).error().code, "wrong_state");
}

TEST_P(Moderation, MOD4_WaitingInsteadTellsHeadquartersAndTheAuthorEveryDay) {
    Options options;
    options.publish_overdue = false;
    open(options);
    const auto id = submit(1, rude);
    told();
    clock.advance(7 * one_day);
    stage->watch_delays();
    const auto first = told();
    EXPECT_NE(std::find(first.begin(), first.end(), "decision_late"), first.end());
    EXPECT_NE(std::find(first.begin(), first.end(), "moderation_late dora@example.org"), first.end());
    EXPECT_EQ(review(id).state, reviews::State::held);
    clock.advance(one_day + 60);
    stage->watch_delays();
    EXPECT_EQ(told(), (Lines{"moderation_late anne@example.org", "moderation_late bert@example.org", "moderation_late dora@example.org"}));
}

TEST_P(Moderation, MOD1_AskedToRewordAndSilentComesBackToAHumanInTime) {
    const auto id = submit(1, rude);
    told();
    ASSERT_TRUE(stage->decide(by("anne@example.org"), id, verdict("rephrase", "insult")).ok());
    EXPECT_EQ(review(id).rephrase_by, start + 3 * one_day);
    clock.set(start + 2 * one_day);
    stage->watch_delays();
    EXPECT_EQ(told(), (Lines{"rephrase_reminder"}));
    clock.set(start + 3 * one_day);
    stage->watch_delays();
    EXPECT_EQ(review(id).state, reviews::State::held);
    db->write([&](Tx& tx) { stage->on_lapsed(tx, id); });
    EXPECT_EQ(told(), (Lines{"moderation_request anne@example.org", "moderation_request bert@example.org"}));
    // Near the end nobody may be asked any more: half a day is the human's.
    clock.set(start + 6 * one_day + one_day / 2);
    EXPECT_EQ(stage->decide(by("bert@example.org"), id, verdict("rephrase", "insult")).error().code, "too_late_to_reword");
    ASSERT_TRUE(stage->decide(by("bert@example.org"), id, verdict("refuse", "insult")).ok());
}

TEST_P(Moderation, MOD8_TwoHumansWhereTheBrandAsks) {
    Options options;
    options.second_opinion = true;
    open(options);
    const auto id = submit(1, rude);
    told();
    ASSERT_TRUE(stage->decide(by("anne@example.org"), id, verdict("refuse", "insult")).ok());
    EXPECT_EQ(review(id).state, reviews::State::held);
    EXPECT_EQ(told(), (Lines{"moderation_second bert@example.org"}));
    EXPECT_EQ(stage->decide(by("anne@example.org"), id, verdict("refuse", "insult")).error().code, "second_opinion");
    ASSERT_TRUE(stage->queue(10)[0].first);
    ASSERT_TRUE(stage->decide(by("bert@example.org"), id, verdict("refuse", "insult")).ok());
    EXPECT_EQ(review(id).state, reviews::State::refused);
    const auto kept = stage->decisions(id);
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_FALSE(kept[0].final);
    EXPECT_TRUE(kept[1].final);
}

// The part of JSON Schema that assets/statement.schema.json uses.
bool holds(const json& schema, const json& value, std::string& why, const std::string& at = "") {
    if (schema.contains("enum")) {
        for (const auto& one : schema["enum"]) if (one == value) return true;
        why = at + " may not be " + value.dump();
        return false;
    }
    const auto type = schema.value("type", "");
    const bool right = type == "object" ? value.is_object() : type == "string" ? value.is_string() : type == "array" ? value.is_array() : type == "boolean" ? value.is_boolean() : value.is_number_integer();
    if (!right) {
        why = at + " is no " + type;
        return false;
    }
    if (type == "integer" && value.get<int>() < schema.value("minimum", 0)) {
        why = at + " is too small";
        return false;
    }
    if (type == "array") {
        for (const auto& one : value) if (!holds(schema["items"], one, why, at + "[]")) return false;
    }
    if (type != "object") return true;
    for (const auto& name : schema["required"]) {
        if (!value.contains(name.get<std::string>())) {
            why = at + " lacks " + name.get<std::string>();
            return false;
        }
    }
    for (const auto& [name, part] : value.items()) {
        if (!schema["properties"].contains(name)) {
            why = at + " has " + name;
            return false;
        }
        if (!holds(schema["properties"][name], part, why, at + "." + name)) return false;
    }
    return true;
}

TEST_P(Moderation, MOD9_MOD10_EveryStatementHasEveryPartAndIsNotLaterThanItsRestriction) {
    std::ifstream file("assets/statement.schema.json");
    const auto rules = json::parse(file);
    Options options;
    options.dispute_body = "Médiation Exemple";
    open(options);
    const auto one = submit(1, rude), other = submit(2, "Quel connard.");
    auto by_law = verdict("refuse", "illegal");
    by_law.law = "Art. 29 loi du 29 juillet 1881";
    ASSERT_TRUE(stage->decide(by("anne@example.org"), one, by_law).ok());
    ASSERT_TRUE(stage->decide(by("anne@example.org"), other, verdict("refuse", "insult")).ok());
    db->read([&](Tx& tx) {
        for (const auto& id : {one, other}) {
            const auto statements = reviews::statements_of(tx, id);
            ASSERT_EQ(statements.size(), 1u);
            EXPECT_LE(statements[0].sor_at, statements[0].restriction_at);
            const auto written = json::parse(reviews::statement_json(statements[0]));
            std::string why;
            EXPECT_TRUE(holds(rules, written, why)) << why;
            EXPECT_EQ(written["ground"]["kind"], id == one ? "law" : "terms");
            for (const char* member : {"measure", "facts", "automated", "ground", "redress"}) {
                auto less = written;
                less.erase(member);
                EXPECT_FALSE(holds(rules, less, why)) << member;
            }
        }
    });
    // The database takes no restriction before its statement.
    EXPECT_THROW(db->write([&](Tx& tx) { tx.exec("UPDATE statement SET sor_at = restriction_at + 1"); }), storage::ConstraintFailure);
    // The machine never refuses, whoever asks it to.
    const auto third = submit(3, rude);
    EXPECT_EQ(db->write([&](Tx& tx) { return reviews::refuse(tx, Actor::system("detectors"), clock.now(), third, {"insult", "p", {}, {}, false, {}, 6}); }).error().code, "human_only");
}

TEST_P(Moderation, MOD12_SixMonthsByTheCalendarAndAnotherHuman) {
    EXPECT_EQ(format_moment(contestable_until(*parse_moment("2026-08-31T10:00:00Z"), 6)), "2027-02-28T10:00:00Z");
    EXPECT_EQ(format_moment(contestable_until(*parse_moment("2026-01-15T10:00:00Z"), 6)), "2026-07-15T10:00:00Z");
    const auto id = submit(1, rude);
    ASSERT_TRUE(stage->decide(by("anne@example.org"), id, verdict("refuse", "insult")).ok());
    const auto until = stage->contestable_of(id)->until;
    clock.set(until - 1);
    EXPECT_TRUE(stage->contestable_of(id)->open);
    clock.set(until);
    EXPECT_FALSE(stage->contestable_of(id)->open);
    EXPECT_EQ(stage->contest_of(id, "Non.").error().code, "contest_over");
    clock.set(until - 1);
    told();
    const auto complaint = stage->contest_of(id, "Non.");
    ASSERT_TRUE(complaint.ok());
    EXPECT_EQ(told(), (Lines{"complaint_received", "moderation_complaint bert@example.org"}));
    EXPECT_EQ(stage->contest_of(id, "Non.").error().code, "already_contested");
    EXPECT_EQ(stage->decide(by("anne@example.org"), "complaint:" + complaint->id, verdict("uphold")).error().code, "another_human");
    ASSERT_TRUE(stage->decide(by("bert@example.org"), "complaint:" + complaint->id, verdict("overturn")).ok());
    EXPECT_EQ(review(id).state, reviews::State::published);
}

TEST_P(Moderation, MOD13_WhoReportedLiesSealed) {
    const auto id = submit(4, "Bien.");
    Moderate::Report report;
    report.review = id;
    report.reason = "spam";
    report.explanation = "Publicité.";
    report.name = "Paule Lectrice";
    report.email = "paule@example.net";
    report.good_faith = true;
    const auto notice = stage->report(Actor::visitor(), report);
    ASSERT_TRUE(notice.ok());
    db->read([&](Tx& tx) {
        EXPECT_EQ(find_notice(tx, notice->id)->email, "paule@example.net");
        const auto bytes = tx.value<storage::Blob>("SELECT sealed FROM notice").bytes;
        EXPECT_EQ(bytes.find("paule"), std::string::npos);
    });
    report.good_faith = false;
    EXPECT_EQ(stage->report(Actor::visitor(), report).error().field, "good_faith");
    EXPECT_EQ(review(id).state, reviews::State::published);  // SUP-4
}

TEST_P(Moderation, MOD2_UnequalTreatmentIsToldToHeadquartersAndAuditors) {
    // Forty low ones that a human refused, forty high ones that were published.
    for (int i = 0; i < 40; ++i) {
        submit(5, "Bien.");
        const auto low = submit(1, rude);
        ASSERT_TRUE(stage->decide(by("anne@example.org"), low, verdict("refuse", "insult")).ok());
    }
    told();
    const auto figures = stage->fairness().figures;
    EXPECT_EQ(figures.low.refused, 40);
    EXPECT_EQ(figures.high.published, 40);
    EXPECT_TRUE(figures.alert);
    stage->watch_fairness();
    EXPECT_EQ(told(), (Lines{"equality_alert dora@example.org", "equality_alert otto@example.org"}));
    stage->watch_fairness();
    EXPECT_EQ(told(), Lines{});  // once a week
    EXPECT_EQ(db->read([&](Tx& tx) { return tx.value<std::int64_t>("SELECT COUNT(*) FROM equality_run WHERE alert = 1"); }), 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, Moderation, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::moderate
