// Two small months on a real platform in a database of their own.
#include "app/demo/play.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "app/demo/gathered.h"
#include "app/demo/postman.h"
#include "ground/text/detectors.h"
#include "record/editions/editions.h"
#include "record/events/events.h"
#include "record/experiences/experiences.h"
#include "record/figures/figures.h"
#include "record/links/links.h"
#include "record/network/network.h"
#include "record/reviews/reviews.h"

namespace verbatim::demo {
namespace {

// Names and stars do not interest this test: a few words that stop a text are enough.
constexpr std::string_view pack = "pack = demo-test\nlanguage = *\nversion = 1\nsource = ours\nlicence = none\n[insult 0.9 any]\nidiot, idiots, idiotas, idioti, imbecile, imbecil, guignols, cretins, incapables\n";

// In shared memory where there is some: on a disk the fsyncs would be most of the time.
std::filesystem::path scratch_folder() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code error;
    const auto base = std::filesystem::is_directory(memory, error) && ::access("/dev/shm", W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    return base / ("verbatim-demo-play-" + std::to_string(::getpid()));
}

struct World {
    std::filesystem::path folder = scratch_folder();
    ManualClock clock{0};
    std::unique_ptr<storage::Db> db;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<render::Renderer> renderer = render::Renderer::make();
    std::unique_ptr<jobs::Runner> runner;
    std::unique_ptr<invite::Invite> invite;
    std::unique_ptr<collect::Collect> collect;
    std::unique_ptr<moderate::Moderate> moderate;
    std::unique_ptr<recover::Recover> recover;
    std::unique_ptr<reply::Reply> reply;

    World() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        db = storage::Db::open("sqlite:" + (folder / "demo.db").string(), {.create = true});
        std::vector<storage::Migration> all;
        for (const auto list : {jobs::migrations(), network::migrations(), links::migrations(), contact::migrations(), ledger::migrations(), experiences::migrations(), events::migrations(), editions::migrations(), reviews::migrations(), figures::migrations(), collect::migrations(), conduct::migrations(), moderate::migrations(), recover::migrations(), reply::migrations()}) {
            all.insert(all.end(), list.begin(), list.end());
        }
        db->migrate(all);
        const std::string base_url = "http://demo.example", brand_name(brand);
        ledger = std::make_unique<ledger::Ledger>(*db, clock, "demo.example/log", std::string(32, 's'));
        invite::Options inviting;
        inviting.base_url = base_url;
        inviting.brand = brand_name;
        invite = std::make_unique<invite::Invite>(*db, clock, *ledger, inviting);
        collect::Options collecting;
        collecting.base_url = base_url;
        collecting.brand = brand_name;
        collect = std::make_unique<collect::Collect>(*db, clock, *ledger, collecting);
        moderate::Options moderating;
        moderating.base_url = base_url;
        moderating.brand = brand_name;
        moderate = std::make_unique<moderate::Moderate>(*db, clock, text::Detectors::from_packs({std::string(pack)}).value(), moderating);
        recover::Options recovering;
        recovering.base_url = base_url;
        recovering.brand = brand_name;
        recover = std::make_unique<recover::Recover>(*db, clock, recovering);
        reply = std::make_unique<reply::Reply>(*db, clock);
        runner = std::make_unique<jobs::Runner>(*db, clock);
        invite->handle(*runner);
        recover->handle(*runner);
        runner->handle("life", [this](const jobs::Job& job) -> Result<void> {
            const std::size_t space = job.payload.find(' ');
            const std::string word = job.payload.substr(0, space), id = job.payload.substr(space + 1);
            db->write([&](storage::Tx& tx) {
                if (word == "collected") recover->on_collected(tx, id);
                if (word == "collected") invite->on_collected(tx, id);
                if (word == "collected" || word == "corrected") moderate->on_collected(tx, id);
                if (word == "published") moderate->on_published(tx, id);
                if (word == "reply_collected") moderate->on_reply(tx, id);
            });
            return {};
        });
    }
    ~World() {
        runner.reset();
        ledger.reset();
        db.reset();
        std::filesystem::remove_all(folder);
    }
    Stage stage() {
        contact::Sender sender;
        sender.from_email = "reviews@aurelle.example";
        sender.from_name = brand;
        sender.base_url = "http://demo.example";
        sender.brand = brand;
        return {*db, clock, *ledger, *runner, *invite, *collect, *moderate, *recover, *reply, *renderer, sender};
    }
};

}  // namespace

TEST(DemoPlay, TheMonthsComeInThroughEveryGate) {
    World world;
    const Seconds now = *parse_moment("2026-11-21T15:20:00Z");
    Wishes wishes;
    wishes.months = 2;
    wishes.experiences = 260;
    int last_percent = -1;
    wishes.progress = [&](int percent) { last_percent = percent; };
    const auto played = play(world.stage(), now, wishes);
    ASSERT_TRUE(played.ok()) << played.error().code << ": " << played.error().message;
    EXPECT_EQ(played->experiences, 261);  // with the newcomer's own
    EXPECT_GE(played->answers, 60);
    EXPECT_GE(played->replies, 15);
    EXPECT_GE(played->calls, 5);
    EXPECT_EQ(played->gathered, gathered_count);
    EXPECT_GE(last_percent, 90);
    EXPECT_EQ(world.clock.now(), now);

    world.db->read([&](storage::Tx& tx) {
        // The tour's invitation is due and unsent; letters of the last day wait for the server.
        const auto fresh = experiences::find(tx, Generator(Content::load(), 1, {2026, 11, 1}, {2026, 11, 2}, 0).fresh_visit(date_of(now)).id);
        ASSERT_TRUE(fresh);
        EXPECT_EQ(fresh->outcome, experiences::Outcome::waiting);
        EXPECT_GT(jobs::counts(tx, now).oldest_due, 0);
        EXPECT_EQ(jobs::counts(tx, now).dead, 0);
        EXPECT_GT(contact::post_counts(tx).waiting, 0);
        EXPECT_EQ(contact::post_counts(tx).refused, 0);
        const auto cases = recover::Recover::counts(tx, now);
        EXPECT_GT(cases.called_in_time, cases.late);
    });
    // Whoever is invited now gets the mail that begins the tour.
    LetterBox box;
    contact::Post post(*world.db, world.clock, *world.renderer, box.transport(), world.stage().sender);
    jobs::Runner mails(*world.db, world.clock);
    post.handle(mails);
    world.runner->run_due();
    mails.run_due();
    int invitations = 0;
    for (const Link& link : box.take()) {
        const auto form = link.kind == "r" ? world.collect->form(link.token) : Result<collect::FormContext>(not_found("", ""));
        if (form && form->site_code == "FR-LYO" && form->first_name == "Camille") ++invitations;
    }
    EXPECT_EQ(invitations, 1);
}

TEST(DemoPlay, LinksAreReadFromLettersInAnyEncoding) {
    mail::Message message;
    message.from = {"Aurelle", "reviews@aurelle.example"};
    message.to = {"Camille", "camille@post.example"};
    message.subject = "x";
    const std::string token = "AbCdEfGhIjKlMnOpQrSt_-";
    const std::string address = "https://reviews.aurelle.example/somewhere/deep/case/" + token;
    message.text = "Bonjour é, un lien au milieu d'une longue ligne qui sera coupée : " + address + "\n";
    message.html = "<a href=\"" + address + "\">" + address + "</a>";
    message.message_id = "1@aurelle.example";
    const auto links = links_in(mail::compose(message));
    ASSERT_EQ(links.size(), 1u);
    EXPECT_EQ(links[0].kind, "case");
    EXPECT_EQ(links[0].token, token);
    message.html.clear();
    message.text = "Ελληνικά γράμματα παντού, ώστε το γράμμα να γίνει base64 και όχι αλλιώς: " + address + " τέλος.";
    ASSERT_EQ(links_in(mail::compose(message)).size(), 1u);
    EXPECT_TRUE(links_in("https://x/r/short https://x/me/" + token).empty());
    EXPECT_TRUE(links_in("").empty());
}

}  // namespace verbatim::demo
