// What the certification pack asks the platform itself, in this process and through its own doors: pages as a reader gets them,
// mails as they would leave, the log as a stranger checks it.
#pragma once

#include <string>
#include <string_view>

#include "app/server/house.h"
#include "engine/http/http.h"
#include "engine/http/shop_window.h"
#include "life/evidence/evidence.h"

namespace verbatim::server {

// All three must outlive the checks. The window is the router's; it is emptied before each report, so that pages are as of now.
evidence::Checks evidence_checks(House& house, const http::Router& router, http::ShopWindow& window);

// The parts, one room each.
void page_checks(evidence::Checks& checks, House& house, const http::Router& router);
void log_checks(evidence::Checks& checks, House& house, const http::Router& router);
void table_checks(evidence::Checks& checks, House& house);
void walk_checks(evidence::Checks& checks, House& house);  // a walk through an empty platform with the same settings
// The walk itself, in a process of its own: prints what it met as JSON.
int evidence_walk(const Place& place, Seconds at);

// GET without a network; the answer's body, or nothing where it is not 200.
std::optional<std::string> get(const http::Router& router, std::string_view target);
std::int64_t count_of(std::string_view text, std::string_view word);

}  // namespace verbatim::server
