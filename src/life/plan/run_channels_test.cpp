// The plan on paper and by telephone: one decision, one gate, the next channel where one is closed. Norms: EML-4, EML-10, GDP-2
#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "life/plan/calls.h"
#include "life/plan/paper_desk.h"
#include "life/plan/print.h"
#include "life/plan/test_run.h"
#include "record/contact/channels.h"
#include "record/contact/postal.h"
#include "record/contact/wishes.h"

namespace verbatim::plan {
namespace {

using storage::Tx;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* head = R"([plan]
name = "x"
version = "2027-01-01"
languages = ["en"]
fallback = "en"
countries = ["FR"]
at = "10:00"
[quiet]
from = "20:00"
to = "08:00"
days = ["sunday"]
call = { from = "19:00", to = "09:30", days = ["saturday", "sunday"] }
[template.welcome]
en = "Your {model} is coming"
[[campaign]]
id = "welcome"
name = "Welcome"
purpose = "marketing"
sender = "both"
template = "welcome"
consent = ["yes"]
trigger = { event = "order", after = "7 days" }
stop = ["sold", "complaint_open", "unsubscribed", "deceased"]
)";

const Actor crm{ActorKind::staff, "ann@example.org", "crm", "*"};

class RunningChannels : public RunningPlan {
protected:
    void SetUp() override {
        RunningPlan::SetUp();
        if (!db) return;
        run.emplace(*db, clock, Sources{}, RunOptions{"Aurelle", "https://reviews.example", 2});
        sender.brand = "Aurelle", sender.operator_name = "Aurelle SA", sender.base_url = "https://reviews.example";
    }
    std::string ordered(const std::string& number, const std::string& phone, const contact::PostalAddress& address, const std::string& source = "form") {
        return db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = number, one.first_name = "Claire", one.last_name = "Durand", one.email = number + "@example.org", one.locale = "en-FR", one.country = "FR", one.phone = phone, one.source = source;
            const auto id = keep_person(tx, one);
            contact::keep_postal(tx, clock.now(), id, address);
            keep_experience(tx, "E" + number, id, "order", "2027-01-04", "VIRELAI", "VF1" + number);
            return id;
        });
    }
    void live(const std::string& channels) {
        const auto done = run->publish(Actor::system("test"), std::string(head) + "channel = " + channels + "\n", 0);
        ASSERT_TRUE(done) << done.error().message;
        for (int i = 0; i < 9 * 24; ++i) clock.advance(one_hour), run->look();
    }
    std::vector<std::string> told(const std::string& customer) {
        std::vector<std::string> all;
        for (const auto& one : db->read([&](Tx& tx) { return touchpoints_of_customer(tx, customer, 100); })) all.push_back(one.channel + " " + one.outcome);
        return all;
    }
    contact::Sender sender;
    const contact::PostalAddress home{"7 rue des Lilas", "44000", "Nantes"};
};

TEST_P(RunningChannels, a_call_has_its_script_vehicle_and_hours_and_do_not_call_takes_the_next_channel) {
    const auto phone = ordered("1", "+33611223344", {}), both = ordered("2", "+33655667788", home), dealer = ordered("3", "+33699887766", home, "dealer");
    db->write([&](Tx& tx) {
        const contact::Consent said{both, "channel_call", "no", "2026-11", "preference_page", {}, clock.now()};
        contact::note_consents(tx, {&said, 1});
    });
    live(R"(["call", "paper", "mail"])");
    EXPECT_THAT(told(phone), ElementsAre("call sent"));
    EXPECT_THAT(told(both), ElementsAre("paper sent"));
    EXPECT_THAT(told(dealer), ElementsAre("paper sent")) << "nobody told this person yet whence we have the number";
    const auto list = run->calls().due("*", "", 50);
    ASSERT_TRUE(list);
    ASSERT_EQ(list->calls.size(), 1u);
    const auto& one = list->calls[0];
    EXPECT_EQ(one.campaign, "welcome");
    EXPECT_EQ(one.subject, "Your VIRELAI is coming");
    EXPECT_THAT(one.script, HasSubstr("Claire"));
    EXPECT_EQ(one.vin, "VF11");
    EXPECT_EQ(one.timezone + " " + one.from + " " + one.to, "Europe/Paris 09:30 19:00");
    EXPECT_THAT(one.not_on, ElementsAre("saturday", "sunday"));
    EXPECT_EQ(list->next, "");
    EXPECT_EQ(run->calls().due("*", "nonsense", 50).error().code, "after");
    EXPECT_TRUE(run->calls().tell(crm, "*", one.task.id, "reached", 0).ok());
    EXPECT_EQ(run->calls().tell(crm, "*", one.task.id, "reached", 0).error().code, "done");
}

TEST_P(RunningChannels, a_call_is_seen_and_told_on_the_branch_of_its_site_and_nowhere_else) {
    db->write([&](Tx& tx) {
        for (const auto& [code, country] : {std::pair("LAKE", "FR"), std::pair("ISAR", "DE")}) {
            network::Site site;
            site.code = site.name = code, site.country = country;
            EXPECT_EQ(network::store(tx, clock.now(), site), network::Stored::taken);
        }
    });
    ordered("1", "+33611223344", {});  // at LAKE
    live(R"(["call"])");
    const Actor agent{ActorKind::staff, "bo@example.org", "agent", "DE"};
    const auto calls = run->calls();
    for (const auto* branch : {"country:DE", "site:ISAR", "country:IT", ""}) EXPECT_EQ(calls.due(branch, "", 50)->calls.size(), 0u) << branch;
    for (const auto* branch : {"*", "country:FR", "site:LAKE"}) EXPECT_EQ(calls.due(branch, "", 50)->calls.size(), 1u) << branch;
    const auto id = calls.due("country:FR", "", 50)->calls.at(0).task.id;
    // Not even whether it exists is learnt, whatever is told.
    for (const auto& [outcome, what] : {std::pair("reached", id), std::pair("sang", id), std::pair("do_not_call", id), std::pair("reached", std::string("none"))})
        EXPECT_EQ(calls.tell(agent, "country:DE", what, outcome, 0).error().code, "unknown") << outcome;
    EXPECT_EQ(calls.due("country:FR", "", 50)->calls.size(), 1u);
    EXPECT_TRUE(calls.tell(agent, "country:FR", id, "reached", 0).ok());
    EXPECT_EQ(calls.due("*", "", 50)->calls.size(), 0u);
}

TEST_P(RunningChannels, a_wish_against_mail_spares_what_is_owed) {
    const auto a = ordered("1", "", {});
    db->write([&](Tx& tx) {
        const contact::Consent said{a, "channel_mail", "no", "2026-11", "preference_page", {}, clock.now()};
        contact::note_consents(tx, {&said, 1});
    });
    live(R"(["mail"])");
    EXPECT_THAT(told(a), ElementsAre("mail no_channel"));
}

TEST_P(RunningChannels, a_print_run_is_made_again_byte_by_byte_and_its_manifest_comes_last) {
    ordered("1", "", home), ordered("2", "", {"=cmd()", "44100", "Nantes"});
    live(R"(["paper"])");
    const PrintRuns runs(*db, clock, sender);
    EXPECT_EQ(runs.next({ActorKind::staff, "x@example.org", "auditor", "*"}).error().code, "whole_brand");
    const auto made = runs.next(crm);
    ASSERT_TRUE(made);
    ASSERT_EQ(made->size(), 1u);
    const auto files = [&](const contact::PrintRun& one) {
        std::vector<std::pair<std::string, std::string>> all;
        runs.files(one, [&](const std::string& name, std::string_view bytes) { all.emplace_back(name, bytes); });
        return all;
    };
    const auto first = files(made->at(0));
    ASSERT_EQ(first.size(), 4u);
    EXPECT_EQ(first.back().first, "manifest.json");
    EXPECT_EQ(nlohmann::json::parse(first.back().second).at("letters"), 2);
    EXPECT_THAT(first[2].second, HasSubstr(",'=cmd(),")) << "a spreadsheet takes no street for a formula";
    // Killed before the files were whole: the next call finds the same run, and its bytes.
    clock.advance(one_day);
    const auto again = runs.next(crm);
    ASSERT_EQ(again->size(), 1u);
    EXPECT_EQ(files(again->at(0)), first);
    runs.written(again->at(0));
    EXPECT_TRUE(runs.next(crm)->empty());
    EXPECT_EQ(files(*runs.again(crm, 1)), first);
    EXPECT_EQ(runs.again(crm, 9).error().code, "unknown");
    clock.advance(31 * one_day);
    EXPECT_EQ(runs.again(crm, 1).error().code, "forgotten");
}

TEST_P(RunningChannels, a_print_run_of_the_desk_is_open_until_somebody_says_that_it_is_at_the_printers) {
    ordered("1", "", home), ordered("2", "", {"5 rue Basse", "44100", "Nantes"});
    live(R"(["paper"])");
    const PaperDesk desk(*db, clock, sender);
    const Actor reader{ActorKind::staff, "x@example.org", "auditor", "*"}, local{ActorKind::staff, "y@example.org", "crm", "FR"};
    for (const auto& other : {reader, local}) {
        EXPECT_EQ(desk.list(other, 0, 20).error().code, "whole_brand");
        EXPECT_EQ(desk.make(other).error().code, "whole_brand");
        EXPECT_EQ(desk.addresses(other, 1).error().code, "whole_brand");
        EXPECT_EQ(desk.letters(other, 1, 1).error().code, "whole_brand");
        EXPECT_EQ(desk.manifest(other, 1).error().code, "whole_brand");
        EXPECT_EQ(desk.printed(other, 1).error().code, "whole_brand");
        EXPECT_EQ(desk.returned(other, {}).error().code, "whole_brand");
    }
    EXPECT_EQ(desk.list(crm, 0, 20)->waiting, 2);
    const auto made = desk.make(crm);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->run.letters, 2);
    EXPECT_EQ(made->by, "staff:ann@example.org");
    EXPECT_EQ(desk.make(crm).error().code, "nothing_waits");
    // What is fetched are the files of the command, which finds the run open.
    const PrintRuns runs(*db, clock, sender);
    ASSERT_EQ(runs.next(crm)->size(), 1u);
    std::map<std::string, std::string> files;
    runs.files(made->run, [&](const std::string& name, std::string_view bytes) { files.emplace(name, bytes); });
    EXPECT_EQ(desk.addresses(crm, 1)->bytes, files.at("letters.csv"));
    EXPECT_EQ(desk.manifest(crm, 1)->bytes, files.at("manifest.json"));
    const auto zip = desk.letters(crm, 1, 1);
    ASSERT_TRUE(zip);
    EXPECT_EQ(zip->name, "run-1-letters-1-2.zip");
    EXPECT_THAT(zip->bytes, HasSubstr(files.at("letters/1-00001.pdf"))) << "stored as it is";
    EXPECT_THAT(zip->bytes, HasSubstr(files.at("letters/1-00002.pdf")));
    for (const std::int64_t first : {0, 2, 501}) EXPECT_EQ(desk.letters(crm, 1, first).error().code, "first") << first;
    EXPECT_EQ(desk.letters(crm, 9, 1).error().code, "unknown");
    EXPECT_EQ(desk.printed(crm, 9).error().code, "unknown");
    EXPECT_FALSE(desk.list(crm, 0, 20)->runs.at(0).run.written_at);
    const auto at = clock.now();
    EXPECT_EQ(desk.printed(crm, 1)->run.written_at, at);
    clock.advance(one_day);
    EXPECT_EQ(desk.printed(crm, 1)->run.written_at, at) << "told twice is told once";
    EXPECT_TRUE(runs.next(crm)->empty());
    const ReturnRow back[] = {{"1-00002", "moved"}, {"1-00002", "moved"}, {"1-00003", ""}, {"x", ""}};
    const auto told = desk.returned(crm, back);
    EXPECT_EQ(told->taken, 1);
    EXPECT_EQ(told->already, 1);
    EXPECT_THAT(told->unknown, ElementsAre("1-00003", "x"));
    EXPECT_EQ(desk.list(crm, 0, 20)->runs.at(0).returned, 1);
    // A page at a time.
    ordered("3", "", {"9 rue Haute", "44200", "Nantes"});
    for (int i = 0; i < 9 * 24; ++i) clock.advance(one_hour), run->look();
    ASSERT_TRUE(desk.make(crm));
    EXPECT_EQ(desk.list(crm, 0, 1)->next, 2);
    EXPECT_EQ(desk.list(crm, 2, 1)->runs.at(0).run.number, 1);
    EXPECT_EQ(desk.list(crm, 2, 1)->next, 0);
    clock.advance(31 * one_day);
    EXPECT_EQ(desk.addresses(crm, 1).error().code, "forgotten");
}

// Dealers' systems name versions, plans name models.
TEST_P(RunningChannels, an_owner_of_a_version_is_one_of_its_model) {
    db->write([&](Tx& tx) {
        for (const auto& [code, kind, parent] : {std::tuple("VIRELAI", "model", ""), std::tuple("VIRELAI-H", "version", "VIRELAI"), std::tuple("PAVANE", "model", "")}) {
            network::Product product;
            product.code = product.name = code, product.kind = kind, product.parent = parent;
            EXPECT_EQ(network::store(tx, clock.now(), product), network::Stored::taken);
        }
    });
    std::map<std::string, std::string> owners;
    for (const auto* product : {"VIRELAI", "VIRELAI-H", "PAVANE"}) {
        owners[product] = db->write([&](Tx& tx) {
            contact::Customer one;
            one.external = product, one.first_name = "Claire", one.email = std::string(product) + "@example.org", one.locale = "en-FR", one.country = "FR", one.source = "form";
            const auto id = keep_person(tx, one);
            keep_experience(tx, std::string("E") + product, id, "order", "2027-01-04", product, std::string("VF1") + product);
            return id;
        });
    }
    std::string text = head;
    text += "channel = [\"mail\"]\nwhen.vehicle.model = [\"VIRELAI\"]\n";
    text.replace(text.find("[quiet]"), 0, "[values]\nmodels = [\"VIRELAI\", \"PAVANE\"]\n");
    const auto done = run->publish(Actor::system("test"), text, 0);
    ASSERT_TRUE(done) << done.error().message;
    for (int i = 0; i < 9 * 24; ++i) clock.advance(one_hour), run->look();
    EXPECT_THAT(told(owners.at("VIRELAI")), ElementsAre("mail sent"));
    EXPECT_THAT(told(owners.at("VIRELAI-H")), ElementsAre("mail sent"));
    EXPECT_THAT(told(owners.at("PAVANE")), ElementsAre("mail condition"));
}

INSTANTIATE_TEST_SUITE_P(Engines, RunningChannels, intake::both_engines, intake::engine_name);

}  // namespace
}  // namespace verbatim::plan
