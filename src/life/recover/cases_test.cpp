// The desk's cases on both engines: order by time left, the branch's edge, calls that are noted once, plans, hand-overs, causes, closing and
// its undoing, the second survey.
#include "life/recover/test_recovery.h"

namespace verbatim::recover {
namespace {

const Actor anne{ActorKind::staff, "anne@example.org", "site", "LAKE"};

class Desk : public Recovery {
protected:
    std::vector<std::string> reviews_of(std::string_view branch, std::string_view stage, int limit = 50) {
        std::vector<std::string> all;
        std::string after;
        for (int pages = 0; pages < 20; ++pages) {
            const auto page = cases->list(anne, branch, stage, after, limit);
            EXPECT_TRUE(page.ok());
            for (const auto& line : page->lines) all.push_back(line.record.review);
            after = page->next;
            if (after.empty()) break;
        }
        return all;
    }
    std::string case_id(std::string_view review) { return cases->of_review(review); }
    void note(std::string_view id, std::string_view outcome = "reached") {
        ASSERT_TRUE(cases->note_call(anne, "site:LAKE", id, "", outcome, "Excuses.", 0, 0).ok());
    }
};

INSTANTIATE_TEST_SUITE_P(Both, Desk, intake::both_engines, intake::engine_name);

using Ids = std::vector<std::string>;

TEST_P(Desk, ByTheTimeThatIsLeftAndByBranch) {
    const auto first = submit({.rating = 1});
    later(hour);
    const auto second = submit({.rating = 2});
    const auto hill = submit({.rating = 1, .subject = "site:HILL"});
    const auto moor = submit({.rating = 1, .subject = "site:MOOR"});
    EXPECT_EQ(reviews_of("site:LAKE", "open"), (Ids{first, second}));
    EXPECT_EQ(reviews_of("site:LAKE", "open", 1), (Ids{first, second})) << "a page at a time";
    EXPECT_EQ(reviews_of("site:HILL", "open"), Ids{hill});
    EXPECT_EQ(reviews_of("country:BE", "open"), Ids{moor});
    EXPECT_EQ(reviews_of("group:Belvaux", "open"), (Ids{first, second}));
    EXPECT_EQ(reviews_of("*", "open").size(), 4u);
    EXPECT_EQ(reviews_of("", "open"), Ids{});
    EXPECT_EQ(cases->list(anne, "*", "none", "", 10).error().field, "stage");
    EXPECT_EQ(cases->list(anne, "*", "open", "x", 10).error().field, "after");
    // What lies beside the branch does not exist.
    const auto id = case_id(hill);
    EXPECT_EQ(cases->view(anne, "site:LAKE", id).error().kind, ErrorKind::not_found);
    EXPECT_EQ(cases->note_call(anne, "site:LAKE", id, "", "reached", "", 0, 0).error().kind, ErrorKind::not_found);
    EXPECT_EQ(cases->plan(anne, "site:LAKE", id, 0, "").error().kind, ErrorKind::not_found);
    EXPECT_EQ(cases->hand_over(anne, "site:LAKE", id, "ella@example.org", "").error().kind, ErrorKind::not_found);
    EXPECT_EQ(cases->close(anne, "site:LAKE", id, {}).error().kind, ErrorKind::not_found);
    EXPECT_EQ(cases->reopen(anne, "site:LAKE", id).error().kind, ErrorKind::not_found);
    EXPECT_TRUE(cases->colleagues(anne, "site:LAKE", id).empty());
    EXPECT_EQ(cases->today(anne, "site:LAKE")->counts.open, 2);
    EXPECT_EQ(cases->narrowed("country:FR", "site:LAKE"), "site:LAKE");
    EXPECT_EQ(cases->narrowed("country:FR", "site:MOOR"), std::nullopt);
}

TEST_P(Desk, ACallOfAPhoneWithoutANetIsNotedOnceAndAtItsTime) {
    const auto id = case_id(submit({.rating = 1}));
    const auto called_at = clock.now() + 23 * hour;
    clock.advance(30 * hour);  // the phone was out of reach; the call was in time
    EXPECT_TRUE(cases->note_call(anne, "site:LAKE", id, "k1", "call_back", "Demain.", called_at, clock.now() + hour).value());
    EXPECT_FALSE(cases->note_call(anne, "site:LAKE", id, "k1", "call_back", "Demain.", called_at, 0).value());
    auto view = cases->view(anne, "site:LAKE", id);
    ASSERT_EQ(view->calls.size(), 1u);
    EXPECT_EQ(view->line.record.first_call_at, called_at);
    EXPECT_EQ(view->line.record.stage, "called");
    EXPECT_FALSE(view->line.record.late(clock.now()));
    EXPECT_EQ(view->line.record.next_at, clock.now() + hour);
    EXPECT_EQ(reviews_of("site:LAKE", "due"), Ids{});
    clock.advance(2 * hour);
    EXPECT_EQ(reviews_of("site:LAKE", "due").size(), 1u);
    // A wrong clock makes no call before the case and none in the future.
    EXPECT_TRUE(cases->note_call(anne, "site:LAKE", id, "k2", "reached", "", 1, 0).value());
    EXPECT_TRUE(cases->note_call(anne, "site:LAKE", id, "k3", "reached", "", clock.now() + 99 * hour, 0).value());
    view = cases->view(anne, "site:LAKE", id);
    EXPECT_EQ(view->calls.front().at, view->line.record.opened_at);
    EXPECT_EQ(view->calls.back().at, clock.now());
    EXPECT_EQ(cases->note_call(anne, "site:LAKE", id, "k4", "reached", "", 0, clock.now()).error().field, "back_at");
    EXPECT_EQ(cases->note_call(anne, "site:LAKE", id, std::string(65, 'x'), "reached", "", 0, 0).error().field, "call");
}

TEST_P(Desk, PlansAndHandsOver) {
    const auto id = case_id(submit({.rating = 1}));
    ASSERT_TRUE(cases->plan(anne, "site:LAKE", id, clock.now() + hour, "Rappeler quand la pièce est là").ok());
    EXPECT_EQ(cases->view(anne, "site:LAKE", id)->line.record.next_what, "Rappeler quand la pièce est là");
    ASSERT_TRUE(cases->plan(anne, "site:LAKE", id, 0, "").ok());
    EXPECT_EQ(cases->view(anne, "site:LAKE", id)->line.record.next_at, 0);
    EXPECT_EQ(cases->plan(anne, "site:LAKE", id, clock.now() + 400 * 24 * hour, "").error().field, "at");
    Ids emails;
    for (const auto& one : cases->colleagues(anne, "site:LAKE", id)) emails.push_back(one.email);
    EXPECT_EQ(emails, (Ids{"anne@example.org", "bruno@example.org", "cora@example.org"})) << "who reaches the site, nearest first";
    EXPECT_EQ(cases->hand_over(anne, "site:LAKE", id, "ella@example.org", "").error().code, "person_unknown") << "another site's";
    ASSERT_TRUE(cases->hand_over(anne, "site:LAKE", id, "bruno@example.org", "Vous la connaissez.").ok());
    EXPECT_EQ(cases->view(anne, "site:LAKE", id)->line.record.holder, "bruno@example.org");
    const auto all = told();
    EXPECT_EQ(std::count(all.begin(), all.end(), "case_handover bruno@example.org"), 1);
}

TEST_P(Desk, ClosesWithACauseOfTheListAndOpensAgain) {
    const auto review = submit({.rating = 1});
    const auto id = case_id(review);
    EXPECT_EQ(cases->close(anne, "site:LAKE", id, {}).error().code, "call_first");
    note(id);
    EXPECT_EQ(cases->close(anne, "site:LAKE", id, {"no_such", "", ""}).error().field, "cause");
    EXPECT_EQ(cases->close(anne, "site:LAKE", id, {"waiting", "", "perhaps"}).error().field, "satisfied");
    ASSERT_TRUE(cases->set_cause(anne, "site:LAKE", id, {"waiting", "Deuxième comptoir.", ""}).ok());
    ASSERT_TRUE(cases->close(anne, "site:LAKE", id, {"", "", "yes"}).ok());
    auto record = cases->view(anne, "site:LAKE", id)->line.record;
    EXPECT_EQ(record.cause + record.done + record.satisfied, "waitingDeuxième comptoir.yes") << "what is not said anew stays";
    EXPECT_EQ(reviews_of("site:LAKE", "closed"), Ids{review});
    EXPECT_EQ(cases->note_call(anne, "site:LAKE", id, "", "reached", "", 0, 0).error().code, "case_closed");
    ASSERT_TRUE(cases->reopen(anne, "site:LAKE", id).ok());
    EXPECT_EQ(reviews_of("site:LAKE", "called"), Ids{review});
    note(id);
    Ids steps;
    for (const auto& step : cases->view(anne, "site:LAKE", id)->steps) steps.push_back(step.step);
    EXPECT_EQ(steps, (Ids{"opened", "call", "cause", "cause", "closed", "reopened", "call"}));
}

TEST_P(Desk, TheBrandsOwnCausesAndThePackagedOnes) {
    RootCauses causes(*db);
    const auto packaged = causes.list();
    ASSERT_GT(packaged.size(), 15u);
    for (const auto& cause : packaged) EXPECT_EQ(cause.labels.size(), 8u) << cause.key;
    EXPECT_EQ(causes.replace(anne, {{"Bad Key", {{"en", "x"}}, false, true}}).error().field, "key");
    EXPECT_EQ(causes.replace(anne, {{"car_park", {}, false, true}}).error().field, "labels");
    ASSERT_TRUE(causes.replace(anne, {{"car_park", {{"fr", "Parking complet"}}, false, true}, {"waiting", {}, false, true}}).ok());
    const auto now = causes.list();
    EXPECT_EQ(now.size(), packaged.size() + 1);
    EXPECT_EQ(now[0].key, "car_park");
    EXPECT_EQ(now[1].labels.at("de"), "Zu lange Wartezeit");
    EXPECT_TRUE(db->read([](Tx& tx) { return is_root_cause(tx, "car_park") && is_root_cause(tx, "waiting") && !is_root_cause(tx, "parts"); }));
}

class WonBackDesk : public Desk {
protected:
    // A closed case of somebody who may be asked.
    std::string closed(std::string_view basis = "legitimate_interest") {
        const auto review = submit({.rating = 1});
        db->write([&](Tx& tx) {
            const auto customer = reviews::find(tx, review)->customer;
            if (basis.empty()) return;
            const contact::Consent said{customer, "invitation", std::string(basis), "dealer", "import", "LAKE", clock.now()};
            contact::note_consents(tx, {&said, 1});
        });
        const auto id = case_id(review);
        note(id);
        EXPECT_TRUE(cases->close(anne, "site:LAKE", id, {"waiting", "", "yes"}).ok());
        return id;
    }
    std::string state(std::string_view id) {
        const auto survey = cases->view(anne, "site:LAKE", id)->survey;
        return survey ? survey->state + (survey->reason.empty() ? "" : " " + survey->reason) : "";
    }
    std::string token() {
        return db->read([&](Tx& tx) {
            for (const auto& letter : contact::waiting_letters(tx)) {
                if (letter.mail_template == "second_survey") return nlohmann::json::parse(letter.data)["LINK"].get<std::string>().substr(std::string("https://reviews.example/again/").size());
            }
            return std::string();
        });
    }
};

INSTANTIATE_TEST_SUITE_P(Both, WonBackDesk, intake::both_engines, intake::engine_name);

TEST_P(WonBackDesk, TenDaysAfterClosingTheCustomerIsAskedOnce) {
    const auto id = closed();
    later(10 * 24 * hour - 1);
    EXPECT_EQ(state(id), "waiting");
    later(1);
    EXPECT_EQ(state(id), "asked");
    WinBack win_back(*db, clock);
    const auto link = token();
    ASSERT_TRUE(win_back.page(link).ok());
    EXPECT_EQ(win_back.page(link)->first_name, "Claire");
    EXPECT_EQ(win_back.answer(link, 0, "yes", "").error().field, "rating");
    EXPECT_EQ(win_back.answer(link, 4, "", "").error().field, "solved");
    EXPECT_EQ(win_back.answer(link, 4, "yes", std::string(4001, 'x')).error().field, "words");
    ASSERT_TRUE(win_back.answer(link, 4, "yes", "Merci.").ok());
    EXPECT_EQ(win_back.answer(link, 1, "no", "").error().kind, ErrorKind::gone);
    const auto survey = cases->view(anne, "site:LAKE", id)->survey;
    EXPECT_EQ(survey->first_rating, 1);
    EXPECT_EQ(survey->rating, 4);
    EXPECT_EQ(survey->words, "Merci.");
    const auto sum = db->read([&](Tx& tx) { return won_back(tx, "country:FR", 0, clock.now() + 1); });
    EXPECT_EQ(sum.asked, 1);
    EXPECT_EQ(sum.won, 1);
    EXPECT_EQ(sum.solved, 1);
    EXPECT_DOUBLE_EQ(sum.first_mean, 1);
    EXPECT_DOUBLE_EQ(sum.second_mean, 4);
    EXPECT_EQ(db->read([&](Tx& tx) { return won_back(tx, "country:BE", 0, clock.now() + 1).asked; }), 0);
    EXPECT_EQ(cases->today(anne, "site:LAKE")->answers.size(), 1u);
    // Opened and closed again: nobody is asked twice.
    ASSERT_TRUE(cases->reopen(anne, "site:LAKE", id).ok());
    ASSERT_TRUE(cases->close(anne, "site:LAKE", id, {}).ok());
    later(11 * 24 * hour);
    EXPECT_EQ(state(id), "answered");
}

TEST_P(WonBackDesk, WhoMayNotBeAskedIsNot) {
    const auto none = closed(""), no = closed("no"), stopped = closed();
    const auto stopped_review = cases->view(anne, "site:LAKE", stopped)->line.record.review;
    db->write([&](Tx& tx) {
        const contact::Consent said{reviews::find(tx, stopped_review)->customer, "survey", "no", "dealer", "import", "LAKE", clock.now()};
        contact::note_consents(tx, {&said, 1});
    });
    const auto again = closed();
    ASSERT_TRUE(cases->reopen(anne, "site:LAKE", again).ok());
    later(10 * 24 * hour);
    EXPECT_EQ(state(none), "not_asked no_basis");
    EXPECT_EQ(state(no), "not_asked no_basis");
    EXPECT_EQ(state(stopped), "not_asked no_basis");
    EXPECT_EQ(state(again), "cancelled") << "it is open again";
    const auto all = told();
    EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const std::string& one) { return one.rfind("second_survey", 0) == 0; }), 0);
}

// GDP-4, GDP-5
TEST_P(WonBackDesk, AnErasureAndAgeTakeTheWords) {
    const auto id = closed();
    ASSERT_TRUE(cases->reopen(anne, "site:LAKE", id).ok());
    ASSERT_TRUE(cases->plan(anne, "site:LAKE", id, clock.now() + hour, "La marmotte").ok());
    ASSERT_TRUE(cases->close(anne, "site:LAKE", id, {"waiting", "La marmotte est soignée.", "yes"}).ok());
    later(10 * 24 * hour);
    WinBack win_back(*db, clock);
    ASSERT_TRUE(win_back.answer(token(), 5, "yes", "Marmotte contente.").ok());
    const auto words = [&] {
        return db->read([](Tx& tx) {
            return tx.value<std::int64_t>("SELECT (SELECT COUNT(*) FROM recovery_call WHERE note IS NOT NULL) + (SELECT COUNT(*) FROM recovery_step WHERE detail LIKE '%armotte%') + "
                                          "(SELECT COUNT(*) FROM recovery_case WHERE done IS NOT NULL) + (SELECT COUNT(*) FROM recovery_survey WHERE words IS NOT NULL)");
        });
    };
    EXPECT_EQ(words(), 4);
    const auto review = cases->view(anne, "site:LAKE", id)->line.record.review;
    const auto exported = db->read([&](Tx& tx) { return Recover::personal_data(tx, {review}); });
    for (const auto* text : {"Excuses.", "La marmotte", "soignée", "Marmotte contente."}) EXPECT_NE(exported.find(text), std::string::npos) << text;
    EXPECT_GT(db->read([&](Tx& tx) { return notes_before(tx, clock.now() + 1); }), 0);
    db->write([&](Tx& tx) { purge_notes(tx, clock.now() + 1, 100); });
    EXPECT_EQ(words(), 0);
    EXPECT_EQ(db->read([&](Tx& tx) { return notes_before(tx, clock.now() + 1); }), 0);
    const auto other = closed();
    const auto other_review = cases->view(anne, "site:LAKE", other)->line.record.review;
    db->write([&](Tx& tx) { recover->on_erased(tx, other_review); });
    EXPECT_EQ(words(), 0);
    EXPECT_EQ(state(other), "cancelled");
}

}  // namespace
}  // namespace verbatim::recover
