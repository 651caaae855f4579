// `verbatim log verify --follow`: a watch that runs beside the platform, or far from it, and tells what is wrong.
#pragma once

#include <string>
#include <vector>

#include "app/verify/verify.h"

namespace verbatim::server {

struct WatchWish {
    bool follow = false, once = false;
    int every = 60;              // seconds between two looks
    std::string state_file;      // keeps the last good checkpoint over a restart
    std::string command;         // run by /bin/sh for each alert, which it reads as one JSON line
    std::string webhook;         // an address that each alert is posted to as JSON
    std::vector<std::string> receipts;  // files
    int max_delay_days = 7, merge_seconds = 60;
    std::int64_t max_age = 0;
};

// One JSON line an alert on standard output. Until SIGTERM or SIGINT, or one look with `once`: exit 0 where nothing was wrong,
// 1 where something was, 2 where the watch cannot begin.
int watch_log(const verify::Source& source, const verify::Options& options, const WatchWish& wish);

}  // namespace verbatim::server
