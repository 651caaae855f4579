#include "app/server/serve.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <sstream>

#include "app/server/doors.h"
#include "app/server/evidence_checks.h"
#include "app/server/health.h"
#include "app/server/outbox.h"
#include "app/server/outside.h"
#include "app/server/replay.h"
#include "app/server/shelf.h"
#include "app/server/stop_signals.h"
#include "ground/base/log.h"
#include "record/repeats/repeats.h"
#include "life/collect/questionnaire.h"

namespace verbatim::server {
namespace {

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    std::stringstream stream(list);
    for (std::string part; std::getline(stream, part, ',');) {
        if (!part.empty()) parts.push_back(part);
    }
    return parts;
}

http::Options http_options(const network::Settings& settings, const ServeOptions& options, const std::string& base_url) {
    http::Options http;
    http.listen = options.listen;
    auto& limits = http.limits;
    limits.header_bytes = static_cast<std::size_t>(settings.number("limits.header_bytes"));
    limits.form_bytes = static_cast<std::size_t>(settings.number("limits.body_bytes"));
    limits.upload_bytes = static_cast<std::size_t>(settings.number("limits.upload_bytes"));
    limits.header_seconds = static_cast<int>(settings.number("limits.header_seconds"));
    limits.idle_seconds = static_cast<int>(settings.number("limits.idle_seconds"));
    limits.connections = static_cast<int>(settings.number("limits.connections"));
    limits.posts_per_minute = static_cast<int>(settings.number("limits.posts_per_minute"));
    http.workers = static_cast<int>(settings.number("http.workers"));
    http.io_threads = static_cast<int>(settings.number("http.io_threads"));
    http.trusted_proxies = split(settings.text("http.trusted_proxies"));
    http.access_log = options.access_log;
    http.default_fields = safe_fields(base_url);
    return http;
}

}  // namespace

int serve(Place place, const Clock& clock, const ServeOptions& options) {
    const StopSignals signals;
    House house(place, clock);
    http::ShopWindow window(static_cast<std::size_t>(house.settings.number("window.megabytes")) << 20);
    http::Router router;
    // A disk that is full or a database that went away: nothing was stored, and later it may be.
    router.status_of([](const std::exception& fault) { return dynamic_cast<const storage::Failure*>(&fault) != nullptr ? 503 : 500; });
    http::Server server(http_options(house.settings, options, place.base_url), router, [&window](std::string_view target) { return window.find(target); });
    server.bind();  // the port first: links in mails name it where no --base-url is given
    // `plan look` by hand must not decide that nobody carries SMS.
    const std::string carries_sms = house.settings.text("sms.url").empty() ? "" : "yes";
    if (house.settings.text("server.sms") != carries_sms) {
        house.db->write([&](storage::Tx& tx) { network::set_setting(tx, "server.sms", carries_sms).ok(); });
        house.settings.override_with("server.sms=" + carries_sms).ok();
    }
    house.compose(place.base_url.empty() ? "http://" + server.address() : place.base_url);
    house.invite->adopt();
    const auto& base_url = house.place.base_url;
    if (house.settings.text("server.base_url") != base_url) {
        house.db->write([&](storage::Tx& tx) { network::set_setting(tx, "server.base_url", base_url).ok(); });
    }
    house.db->subscribe([&](std::string_view channel, std::string_view payload) {
        if (channel == "subject") window.drop(payload);
        else if (channel == "network") window.drop_all();
    });
    if (options.web) {
        open_doors(router, house, window);
        if (!options.outbox.empty()) outbox_routes(router, *house.renderer, options.outbox, house.settings.text("brand.name"));
    }
    // Doors of its own, with a window that keeps nothing of worth: what evidence asks for must not stand in readers' window.
    http::ShopWindow unseen(std::size_t{1} << 20);
    http::Router asked;
    open_doors(asked, house, unseen);
    house.evidence->checks(evidence_checks(house, asked, unseen));
    house.evidence->schedule(*house.runner);
    health_routes(router, house, server, window);
    house.ledger->start();
    if (house.witnesses && options.worker) house.witnesses->start();
    const auto imports = make_imports(*house.db, house.clock, *house.invite, house.place.data);
    if (options.worker) {
        remove_left_files(house.place.data);
        imports->handle(*house.runner);
        house.runner->every("imports", 3600, [&imports] { imports->tidy(); });
        house.runner->every("repeats", 3600, [&house] {
            for (std::int64_t some = 500; some >= 500;) some = house.db->write([&](storage::Tx& tx) { return repeats::Repeats::purge(tx, house.clock.now() - repeats::Repeats::kept, 500); });
        });
        house.runner->every("nightly_replay", one_day, [&house] {
            std::ostringstream report;
            replay_tonight(house, report);
        });
        house.runner->start();
        house.mail_runner->start();
    }
    const auto outside = make_outside(house);
    if (options.worker) {
        house.webhook_runner->start();
        house.webhooks->start();
        outside->start();
    }
    // This process or another changed what the brand words or rules.
    house.follower->listen([&house](std::span<const events::Seen> seen, events::Place) {
        for (const auto& one : seen) {
            if (one.event.kind == "country_rule.changed") load_country_rules(*house.db);
            if (one.event.kind == "questionnaire.changed" || one.event.kind == "terms.changed") {
                collect::load_words(*house.db);
                // The window's pages show criteria by name.
                house.db->write([](storage::Tx& tx) { tx.notify("network", "questionnaires"); });
            }
        }
    });
    house.follower->start();
    server.start();
    if (options.ready) options.ready(house);
    std::printf("listening on http://%s\n", server.address().c_str());
    std::fflush(stdout);
    log::info("ready", {{"address", server.address()}, {"web", options.web}, {"worker", options.worker}});
    signals.wait(server);
    log::info("stopping");
    outside->stop();
    house.webhooks->stop();
    house.follower->stop();
    if (house.post) house.post->stop();
    if (house.witnesses) house.witnesses->stop();
    server.stop();
    house.mail_runner->stop();
    house.runner->stop();
    house.webhook_runner->stop();
    house.ledger->stop();
    return 0;
}

}  // namespace verbatim::server
