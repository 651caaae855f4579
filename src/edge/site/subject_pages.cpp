// Home and locator, the pages of sites and products, one review's page.
#include <algorithm>
#include <charconv>

#include "edge/site/frame.h"
#include "edge/site/spoken.h"

#include "life/collect/questionnaire.h"
#include "ground/base/calendar.h"
#include "ground/formats/utf8.h"
#include "life/publish/jsonld.h"

namespace verbatim::site {
namespace {

using http::Request;
using http::Response;
using http::ShopWindow;

constexpr int per_page = 20;
constexpr int keep_seconds = 600;
constexpr int home_seconds = 30;
constexpr int score_months = 24;

const std::vector<http::Field>& window_fields(const Desk& desk) {
    static const std::vector<http::Field> fields = [&] {
        // A browser asks each time (a 304 costs nothing here): who was just told "it is public" reads it. Proxies may keep it 5 s.
        std::vector<http::Field> all = {{"Cache-Control", "public, max-age=0, s-maxage=5"}};
        for (const auto& field : desk.options.page_fields) all.push_back(field);
        return all;
    }();
    return fields;
}

int number_or(std::string_view text, int otherwise) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

// The reader's choice, and how it is written back into an address.
struct Choice {
    publish::Filter filter;
    std::string sort = "newest", rating, service, lang;
    int page = 1;

    explicit Choice(std::string_view query) {
        const auto form = http::Form::parse_query(query);
        if (const auto known = publish::sort_from_word(form.get("sort")); known && !form.get("sort").empty()) {
            filter.sort = *known;
            sort = form.get("sort");
        }
        if (const int stars = number_or(form.get("rating"), 0); stars >= 1 && stars <= 5) {
            filter.rating = stars;
            rating = std::to_string(stars);
        }
        if (const auto word = form.get("service"); word == "new_car" || word == "used_car" || word == "workshop") filter.service = service = word;
        if (const auto word = form.get("lang"); word.size() == 2 && word[0] >= 'a' && word[0] <= 'z' && word[1] >= 'a' && word[1] <= 'z') filter.lang = lang = word;
        page = std::clamp(number_or(form.get("page"), 1), 1, 500);
    }
    bool filtered() const { return !rating.empty() || !service.empty() || !lang.empty() || sort != "newest"; }

    std::string url(const std::string& base, std::string_view stars, int at) const {
        std::string query;
        const auto add = [&](std::string_view name, std::string_view value) {
            if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + std::string(value);
        };
        if (sort != "newest") add("sort", sort);
        add("rating", stars);
        add("service", service);
        add("lang", lang);
        if (at > 1) add("page", std::to_string(at));
        return base + query;
    }
};

json score_data(const std::string& base, const Choice& choice, const publish::Rating& rating) {
    json distribution = json::array();
    for (int stars = 5; stars >= 1; --stars) {
        const auto count = rating.distribution[static_cast<std::size_t>(stars - 1)];
        distribution.push_back({{"STARS", stars}, {"SHARE", rating.count == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(rating.count)},
                                {"URL", choice.url(base, std::to_string(stars), 1)}, {"CURRENT", choice.rating == std::to_string(stars)}});
    }
    json score = {{"COUNT", rating.count}, {"MONTHS", score_months}, {"DISTRIBUTION", distribution}};
    if (rating.rewarded > 0) score["REWARDED"] = {{"NUMBER", rating.rewarded}, {"MEAN", std::stod(rating.rewarded_average)}};
    score["AVERAGE"] = rating.average.empty() ? 0.0 : std::stod(rating.average);
    return score;
}

json gathered_data(const publish::Rating& rating) {
    json all = json::array();
    for (const auto& source : rating.gathered) {
        if (source.count > 0) all.push_back({{"SOURCE", source.source}, {"COUNT", source.count}, {"AVERAGE", std::stod(source.average)}});
    }
    return all;
}

json option(std::string_view value, bool selected) { return {{"VALUE", value}, {"SELECTED", selected}}; }

json filter_data(const std::string& base, const Choice& choice, const std::vector<std::string>& services, const std::vector<std::string>& langs) {
    json data = {{"ACTION", base}, {"SORT", choice.sort}, {"SORTS", json::array()}, {"RATINGS", json::array()}, {"SERVICES", json::array()}, {"LANGS", json::array()}};
    for (const char* sort : {"newest", "oldest", "highest", "lowest"}) data["SORTS"].push_back(option(sort, choice.sort == sort));
    for (int stars = 5; stars >= 1; --stars) data["RATINGS"].push_back({{"VALUE", stars}, {"SELECTED", choice.rating == std::to_string(stars)}});
    for (const auto& service : services) data["SERVICES"].push_back(option(service, choice.service == service));
    for (const auto& lang : langs) data["LANGS"].push_back(option(lang, choice.lang == lang));
    if (choice.filtered()) data["RESET_URL"] = base;
    return data;
}

json pages_data(const std::string& base, const Choice& choice, std::int64_t total) {
    const int last = static_cast<int>(std::min<std::int64_t>(500, (total + per_page - 1) / per_page));
    if (last <= 1) return nullptr;
    json data = {{"NUMBERS", json::array()}};
    if (choice.page > 1) data["PREVIOUS_URL"] = choice.url(base, choice.rating, choice.page - 1);
    if (choice.page < last) data["NEXT_URL"] = choice.url(base, choice.rating, choice.page + 1);
    int before = 0;
    for (int number = 1; number <= last; ++number) {
        if (number != 1 && number != last && std::abs(number - choice.page) > 2) continue;
        if (number > before + 1) data["NUMBERS"].push_back({{"GAP", true}});
        data["NUMBERS"].push_back({{"NUMBER", number}, {"URL", choice.url(base, choice.rating, number)}, {"CURRENT", number == choice.page}});
        before = number;
    }
    return data;
}

void put_list(const Desk& desk, json& data, const render::Locale& locale, const std::string& base, const Choice& choice, const publish::List& list) {
    data["REVIEWS"] = json::array();
    for (const auto& line : list.lines) {
        auto one = line_data(locale, line);
        one.erase("SUBJECT");  // the page is the subject's own
        data["REVIEWS"].push_back(std::move(one));
    }
    mark_themes(desk, locale, data["REVIEWS"]);
    const auto first = (choice.page - 1) * per_page + 1;
    data["LIST"] = {{"COUNT", list.total}, {"FIRST", first}, {"LAST", first + static_cast<int>(list.lines.size()) - 1}};
    if (auto pages = pages_data(base, choice, list.total); !pages.is_null()) data["PAGES"] = std::move(pages);
}

std::vector<std::string> split_services(const std::string& list) {
    std::vector<std::string> all;
    for (const char* service : {"new_car", "used_car", "workshop"}) {
        if ((";" + list + ";").find(";" + std::string(service) + ";") != std::string::npos) all.emplace_back(service);
    }
    return all;
}

// The languages a filter offers: those the pages speak; every review also carries its own.
std::vector<std::string> lang_choices() { return {"de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro"}; }

// Keeps the page in the window where its address is the plain one.
Response in_window(const Desk& desk, const Request& request, const std::string& subject, const std::function<ShopWindow::Built()>& build) {
    return desk.house.window.show(request, {subject}, keep_seconds, [&] {
        auto built = build();
        if (!request.query.empty()) built.keep = false;
        return built;
    });
}

Response site_page(const Desk& desk, const Request& request, const render::Locale& locale) {
    const auto code = request.part("code");
    const auto subject = "site:" + std::string(code);
    return in_window(desk, request, subject, [&]() -> ShopWindow::Built {
        const auto site = desk.house.publish.site(code);
        if (!site) return {desk.message(locale, 404, "not_found"), {}, false};
        const Choice choice(request.query);
        const auto base = "/" + locale.tag() + "/sites/" + site->code;
        const auto [rating, list] = desk.house.publish.subject_page(subject, choice.filter, choice.page, per_page);
        auto data = desk.frame(locale, "/sites/" + site->code);
        if (choice.filtered() || choice.page > 1) data["NOINDEX"] = true;
        data["SITE"] = {{"NAME", site->name}, {"STREET", site->street}, {"POSTCODE", site->postcode}, {"CITY", site->city}, {"COUNTRY", site->country},
                        {"PHONE", site->phone}, {"SERVICES", split_services(site->services)}, {"OPENING", site->opening}};
        data["WRITE_URL"] = "/review/" + site->code;
        data["SCORE"] = score_data(base, choice, rating);
        data["GATHERED"] = gathered_data(rating);
        if (!choice.filtered() && choice.page == 1) data["SPOKEN"] = spoken_data(desk, locale, subject);
        data["FILTERS"] = filter_data(base, choice, split_services(site->services), lang_choices());
        put_list(desk, data, locale, base, choice, list);
        return {desk.page("site", locale, data), window_fields(desk), list.settled};
    });
}

Response product_page(const Desk& desk, const Request& request, const render::Locale& locale) {
    const auto code = request.part("code");
    const auto subject = "product:" + std::string(code);
    return in_window(desk, request, subject, [&]() -> ShopWindow::Built {
        const auto product = desk.house.publish.product(code);
        if (!product) return {desk.message(locale, 404, "not_found"), {}, false};
        const Choice choice(request.query);
        const auto base = "/" + locale.tag() + "/products/" + product->code;
        const auto [rating, list] = desk.house.publish.subject_page(subject, choice.filter, choice.page, per_page);
        auto data = desk.frame(locale, "/products/" + product->code);
        if (choice.filtered() || choice.page > 1) data["NOINDEX"] = true;
        data["PRODUCT"] = {{"NAME", product->name}, {"KIND", product->kind}, {"URL", product->url}};
        data["VERSIONS"] = json::array();
        for (const auto& version : desk.house.publish.versions(product->code)) {
            data["VERSIONS"].push_back({{"NAME", version.name}, {"URL", "/" + locale.tag() + "/products/" + version.code}});
        }
        data["SCORE"] = score_data(base, choice, rating);
        data["GATHERED"] = gathered_data(rating);
        if (!choice.filtered() && choice.page == 1) data["SPOKEN"] = spoken_data(desk, locale, subject);
        data["FILTERS"] = filter_data(base, choice, {}, lang_choices());
        put_list(desk, data, locale, base, choice, list);
        // Only what stands on this very page is marked up (norms SDT-2, SDT-4).
        if (!choice.filtered() && choice.page == 1 && rating.count > 0) {
            data["JSONLD"] = publish::product_jsonld(*product, rating, list, desk.options.brand, desk.options.base_url + base);
        }
        return {desk.page("product", locale, data), window_fields(desk), list.settled};
    });
}

Response review_page(const Desk& desk, const Request& request, const render::Locale& locale) {
    const auto id = request.part("id");
    const auto line = desk.house.publish.review(id);
    if (!line) {
        const auto ended = desk.house.publish.ended(id);
        return ended ? desk.message(locale, 410, "review_" + *ended) : desk.message(locale, 404, "not_found");
    }
    auto data = desk.frame(locale, "/reviews/" + std::string(id));
    auto review = line_data(locale, *line);
    const auto trail = desk.house.publish.trail(id);
    review["COMMITMENT"] = trail.commitment;
    review["LOG"] = json::array();
    for (const auto& leaf : trail.leaves) {
        review["LOG"].push_back({{"KIND", leaf.kind}, {"AT", leaf.at}, {"INDEX", leaf.index ? json(*leaf.index) : json("")}});
    }
    if (line->log_index) review["PROOF_URL"] = "/api/v1/reviews/" + line->id + "/proof";
    review["CHECKPOINT_URL"] = "/log/checkpoint";
    json page = json::array({std::move(review)});
    mark_themes(desk, locale, page);
    data["REVIEW"] = std::move(page[0]);
    return desk.page("review", locale, data);
}

std::string excerpt(const std::string& body) {
    if (code_points(body) <= 280) return body;
    auto text = truncate_code_points(body, 280);
    if (const auto space = text.rfind(' '); space != std::string::npos && space > 160) text.resize(space);
    return text + " …";
}

Response home_page(const Desk& desk, const Request& request, const render::Locale& locale) {
    return desk.house.window.show(request, {"home"}, home_seconds, [&]() -> ShopWindow::Built {
        const auto query = http::Form::parse_query(request.query);
        const auto search = query.get("q"), country = query.get("country");
        const bool searched = !search.empty() || !country.empty();
        auto data = desk.frame(locale, "/");
        data["Q"] = search;
        data["SEARCHED"] = searched;
        data["COUNTRIES"] = json::array();
        for (const auto& [code, count] : desk.house.publish.countries()) {
            data["COUNTRIES"].push_back({{"CODE", code}, {"SITES", count}, {"SELECTED", code == country}, {"URL", "/" + locale.tag() + "/?country=" + code}});
        }
        if (searched) {
            data["NOINDEX"] = true;
            data["SITES"] = json::array();
            const auto sites = desk.house.publish.sites(country, search, 200, {});
            for (const auto& [site, average, count] : sites) {
                data["SITES"].push_back({{"URL", "/" + locale.tag() + "/sites/" + site.code}, {"NAME", site.name}, {"CITY", site.city}, {"COUNTRY", site.country},
                                         {"COUNT", count}, {"AVERAGE", average.empty() ? 0.0 : std::stod(average)}});
            }
            data["FOUND"] = sites.size();
        } else {
            data["PRODUCTS"] = json::array();
            for (const auto& [product, average, count] : desk.house.publish.products()) {
                if (product.kind != "model") continue;
                data["PRODUCTS"].push_back({{"URL", "/" + locale.tag() + "/products/" + product.code}, {"NAME", product.name}, {"COUNT", count},
                                            {"AVERAGE", average.empty() ? 0.0 : std::stod(average)}});
            }
            data["LATEST"] = json::array();
            for (const auto& line : desk.house.publish.latest(3)) {
                auto one = line_data(locale, line);
                one["EXCERPT"] = excerpt(line.body);
                data["LATEST"].push_back(std::move(one));
            }
        }
        return {desk.page("home", locale, data), window_fields(desk), request.query.empty()};
    });
}

}  // namespace

json criteria_data(std::string_view service, const std::map<std::string, int>& criteria) {
    json all = json::array();
    const auto asked = collect::criteria_of(service);
    for (const auto& code : asked) {
        if (const auto found = criteria.find(code); found != criteria.end()) all.push_back({{"CODE", code}, {"LABEL", ""}, {"VALUE", found->second}});
    }
    for (const auto& [code, value] : criteria) {
        if (std::find(asked.begin(), asked.end(), code) == asked.end()) all.push_back({{"CODE", code}, {"LABEL", ""}, {"VALUE", value}});
    }
    return all;
}

json line_data(const render::Locale& locale, const publish::Line& line) {
    const auto root = "/" + locale.tag();
    json data = {{"ID", line.id}, {"SERVICE", line.service}, {"ORIGIN", line.origin == "spontaneous" && !line.proven ? "unverified" : line.origin}, {"SOURCE", line.source}, {"TITLE", line.title}, {"BODY", line.body},
                 {"LANG", line.lang.empty() ? "und" : line.lang}, {"AUTHOR", line.author.empty() && !line.proven ? locale.text("review.unsigned") : line.author}, {"EXPERIENCE_ON", line.experience_on},
                 {"PUBLISHED_AT", line.published_at}, {"UPDATED_AT", line.updated_at}, {"URL", root + "/reviews/" + line.id}, {"NOTICE_URL", root + "/reviews/" + line.id + "/notice"},
                 {"SUBJECT", line.subject_name}, {"CRITERIA", criteria_data(line.service, line.criteria)}};
    for (auto& one : data["CRITERIA"]) one["LABEL"] = collect::own_label(one["CODE"].get<std::string>(), locale.tag());
    const auto colon = line.subject.find(':');
    data["SUBJECT_URL"] = root + (line.subject.substr(0, colon) == "site" ? "/sites/" : "/products/") + line.subject.substr(colon + 1);
    data["RATING"] = line.rating ? json(*line.rating) : json("");
    data["LOG_INDEX"] = line.log_index ? json(*line.log_index) : json("");
    data["INCENTIVE"] = line.reward;
    if (line.reply) data["REPLY"] = {{"AUTHOR", line.reply->author}, {"BODY", line.reply->body}, {"PUBLISHED_AT", line.reply->published_at}, {"LANG", line.lang.empty() ? "und" : line.lang}};
    return data;
}

void subject_routes(http::Router& router, const Desk& desk) {
    const auto with_locale = [&router, desk](const std::string& pattern, Response (*handler)(const Desk&, const Request&, const render::Locale&)) {
        router.get(pattern, [desk, handler](const Request& request) {
            const auto* locale = desk.locale_of(request);
            return locale ? handler(desk, request, *locale) : desk.message(desk.locale_for(request, {}), 404, "not_found");
        });
    };
    with_locale("/{locale}/", home_page);
    with_locale("/{locale}/sites/{code}", site_page);
    with_locale("/{locale}/products/{code}", product_page);
    with_locale("/{locale}/reviews/{id}", review_page);
    router.get("/", [desk](const Request& request) {
        auto response = Response::redirect("/" + desk.locale_for(request, {}).language() + "/", 302);
        response.with("Vary", "Accept-Language").with("Cache-Control", "no-cache");
        return response;
    });
}

}  // namespace verbatim::site
