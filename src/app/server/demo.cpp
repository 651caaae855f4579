#include "app/server/demo.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "app/demo/play.h"
#include "app/server/demo_logins.h"
#include "app/server/demo_plan.h"
#include "ground/base/log.h"

namespace verbatim::server {
namespace {

namespace fs = std::filesystem;

void apply_brand(Place& place) {
    const auto set = [&](const char* key, const char* value) { place.overrides.emplace(key, value); };
    set("brand.name", "Aurelle");
    set("brand.operator", "Aurelle Automobiles (an invented company)");
    set("mail.from", "reviews@aurelle.example");
    set("mail.name", "Aurelle");
    set("access.second_factor", "optional");  // a visitor who wants to look around
}

// Plays the months in a folder beside, so that an interrupted start leaves no half-made demo behind.
void make(const Place& place, Seconds now) {
    // Fifteen thousand small commits: in memory where there is a place for it, copied to the disk once.
    const auto half = place.data + ".making";
    const fs::path memory("/dev/shm");
    std::error_code none;
    const bool in_memory = ::access(memory.c_str(), W_OK) == 0 && fs::space(memory, none).available > (std::uintmax_t{256} << 20);
    const auto folder = in_memory ? (memory / ("verbatim-demo-" + std::to_string(::getpid()))).string() : half;
    fs::remove_all(half);
    fs::remove_all(folder);
    auto making = place;
    making.data = folder;
    making.create = true;
    making.mail = "none";
    making.overrides["moderate.second_opinion"] = "refusals";  // its history shows both opinions; the visitor's own refusals take one
    std::printf("making the demo: six invented months of 60 dealers in 20 countries\n");
    std::fflush(stdout);
    {
        ManualClock clock(now);
        House house(making, clock);
        house.compose(place.base_url);
        const demo::Stage stage{*house.db, clock, *house.ledger, *house.runner, *house.invite, *house.collect, *house.moderate,
                                *house.recover, *house.reply, *house.renderer, house.sender()};
        demo::Wishes wishes;
        const bool terminal = ::isatty(1) == 1;
        int said = -1;
        wishes.progress = [&](int percent) {
            if (terminal ? percent == said : percent / 25 == said / 25) return;
            said = percent;
            std::printf(terminal ? "\r%3d %%" : "%3d %%\n", percent);
            std::fflush(stdout);
        };
        DemoPlan plan(house, now);
        log::set_level(log::Level::warning);  // six months of "the plan was decided" are nothing to read
        wishes.each_noon = [&plan] { plan.noon(); };
        const auto played = demo::play(stage, now, wishes);
        log::set_level(log::Level::info);
        if (!played) throw std::runtime_error("the demo could not be made: " + played.error().message);
        if (terminal) std::printf("\r");
        std::printf("%d experiences, %d reviews, %d replies, %d calls, %d mails\n", played->experiences, played->answers, played->replies, played->calls, played->letters);
        house.db->checkpoint();
    }
    if (in_memory) {
        fs::create_directories(half);
        for (const char* file : {"ledger.key", "vault.key", "verbatim.db"}) {
            fs::copy_file(fs::path(folder) / file, fs::path(half) / file);
            fs::permissions(fs::path(half) / file, fs::perms::owner_read | fs::perms::owner_write);
        }
        fs::remove_all(folder);
        ::sync();
    }
    fs::rename(half, place.data);
}

}  // namespace

int run_demo(Place place, ServeOptions options) {
    apply_brand(place);
    const SystemClock clock;
    if (place.base_url.empty()) place.base_url = "http://" + options.listen;
    if (!fs::exists(fs::path(place.data) / "ledger.key")) make(place, clock.now());
    const auto outbox = (fs::path(place.data) / "outbox").string();
    fs::create_directories(outbox);
    place.mail = "outbox:" + outbox;
    options.outbox = outbox;
    options.ready = [](House& house) {
        const auto& url = house.place.base_url;
        std::printf("\n  The demo is ready. Open\n\n"
                    "    %s/demo/outbox   the mails that went out: begin with the invitation on top\n"
                    "    %s/              what customers say about Aurelle\n"
                    "    %s/en/rules      how reviews are checked\n\n"
                    "  Check every star:  verbatim log verify %s\n\n",
                    url.c_str(), url.c_str(), url.c_str(), url.c_str());
        print_demo_logins(house);
    };
    return serve(place, clock, options);
}

}  // namespace verbatim::server
