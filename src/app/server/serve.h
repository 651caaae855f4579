// `verbatim serve` and the serving half of `verbatim demo`.
#pragma once

#include <functional>
#include <string>

#include "app/server/house.h"

namespace verbatim::server {

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    std::string access_log = "none";
    bool web = true, worker = true;          // --roles
    std::string outbox;                      // demo: the folder whose mails /demo/outbox shows
    std::function<void(House&)> ready;       // once requests are answered
};

// Serves until SIGTERM or SIGINT, drains, and returns 0. Prints "listening on http://ADDRESS:PORT" on stdout.
int serve(Place place, const Clock& clock, const ServeOptions& options);

}  // namespace verbatim::server
