// The public pages, the review form, the author's space, unsubscribing, and the demo's outbox. Doors: they parse, call one
// function below, and render. No cookies: what a person may do hangs on the link they hold.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "edge/site/mark.h"
#include "engine/http/http.h"
#include "engine/http/shop_window.h"
#include "engine/render/render.h"
#include "life/collect/collect.h"
#include "life/moderate/moderate.h"
#include "life/publish/publish.h"
#include "life/publish/spoken.h"
#include "life/recover/win_back.h"
#include "record/contact/contact.h"
#include "record/contact/wishes.h"
#include "record/network/retention.h"

namespace verbatim::site {

struct Options {
    std::string base_url, brand, operator_name, log_key, contact_email;
    std::string privacy_contact, privacy_authority;
    network::Retention retention;
    int decide_days = 7;
    int order_days = 14, delivery_days = 7, used_car_days = 7, workshop_days = 2;
    std::string overdue;         // publish | escalate: what happens when the announced time runs out; empty: nothing is announced
    std::string second_opinion;  // none | refusals
    Certificate certificate;
    std::vector<http::Field> page_fields;  // CSP and its like, which pages in the window carry inside
};

struct House {
    collect::Collect& collect;
    moderate::Moderate& moderate;
    const publish::Publish& publish;
    contact::Desk& contact;
    contact::WishDesk wishes;
    recover::WinBack& win_back;
    const render::Renderer& renderer;
    http::ShopWindow& window;
    const Clock& clock;
    std::function<std::shared_ptr<const std::string>()> figures;  // of the public log, as JSON: what transparency.json answers
    std::function<const std::string&()> api_description;  // OpenAPI 3.1, for the page at /api/; none: no page
    std::function<bool(const http::Request&)> clicked;  // a letter's link (/c/{token}?to=): false where it is not ours
    std::function<void(const http::Request&)> opened;   // a letter's picture (/o/{token}); one that is not ours says nothing
    std::shared_ptr<const publish::Spoken> spoken;
    std::function<std::string(std::string_view theme, std::string_view language)> theme_name;
};

// Everything given must outlive the router, but `options`.
void routes(http::Router& router, House house, Options options);

}  // namespace verbatim::site
