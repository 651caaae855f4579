// What every page shares: the frame's data, locales in addresses, errors as pages. For this module only.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "edge/site/site.h"
#include "ground/base/result.h"

namespace verbatim::site {

using nlohmann::json;

struct Desk {
    House house;
    Options options;

    // The locale of /{locale}/...; nullptr where we have no such catalogue.
    const render::Locale* locale_of(const http::Request& request) const;
    // For pages without a locale in their address: the person's, else what the browser asks for.
    const render::Locale& locale_for(const http::Request& request, std::string_view preferred) const;

    // BRAND, HOME_URL, ... `path` is the page's address without its locale ("/sites/A1") where it has translations, else "".
    json frame(const render::Locale& locale, std::string_view path) const;
    http::Response page(std::string_view name, const render::Locale& locale, const json& data, int status = 200) const;
    // A simple page: KIND of message.title.KIND.
    http::Response message(const render::Locale& locale, int status, std::string_view kind) const;
    // An expected failure as a page: the one table from ErrorKind to status.
    http::Response failure(const render::Locale& locale, const Error& error) const;
};

int status_of(ErrorKind kind);
// Answers of personal links stay with the person.
http::Response& keep_private(http::Response& response);
// A form sent by another site's page: nothing here needs one (personal links carry no ambient right, but a page may not
// press buttons for a visitor either). Browsers say so in Sec-Fetch-Site.
bool from_elsewhere(const http::Request& request);

// The parts of site.cpp's route table.
void subject_routes(http::Router& router, const Desk& desk);
void about_routes(http::Router& router, const Desk& desk);
void privacy_routes(http::Router& router, const Desk& desk);
void check_routes(http::Router& router, const Desk& desk);
void figures_routes(http::Router& router, const Desk& desk);
void form_routes(http::Router& router, const Desk& desk);
void author_routes(http::Router& router, const Desk& desk);
void confirm_routes(http::Router& router, const Desk& desk);
void again_routes(http::Router& router, const Desk& desk);
void preference_routes(http::Router& router, const Desk& desk);
void letter_routes(http::Router& router, const Desk& desk);
void notice_routes(http::Router& router, const Desk& desk);
void api_routes(http::Router& router, const Desk& desk);
void asset_routes(http::Router& router, const Desk& desk);

// A public review as part/review wants it.
json line_data(const render::Locale& locale, const publish::Line& line);
// A complaint as the author's space and the page to contest show it.
json complaint_data(const moderate::Complaint& complaint);
// In the order in which the form asks them; those of another form after them.
json criteria_data(std::string_view service, const std::map<std::string, int>& criteria);

}  // namespace verbatim::site
