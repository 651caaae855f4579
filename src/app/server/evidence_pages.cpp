// Pages, feeds and data as a reader or a search engine gets them (norms PUB-2, PUB-5, NOT-*, SDT-*, ACC-5).
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/server/evidence_checks.h"
#include "ground/base/calendar.h"

namespace verbatim::server {
namespace {

using evidence::CheckResult;
using evidence::Period;
using nlohmann::json;

constexpr std::size_t looked_at = 10;  // subjects a check opens: enough to see a template's fault, few enough to be quick

// Subjects with published words, as paths: "sites/FR-LYO".
std::vector<std::string> rated(House& house, std::string_view prefix, std::string_view folder) {
    std::vector<std::string> paths;
    for (const auto& subject : house.publish->subjects()) {
        if (subject.starts_with(prefix) && paths.size() < looked_at) paths.push_back(std::string(folder) + "/" + subject.substr(prefix.size()));
    }
    return paths;
}

// How many of `wanted` each body lacks, over all bodies; says the first.
struct Lacking {
    std::int64_t missing = 0, asked = 0;
    std::string first;

    void look(std::string_view where, const std::optional<std::string>& body, std::initializer_list<std::string_view> wanted) {
        for (const auto want : wanted) {
            ++asked;
            if (body && body->find(want) != std::string::npos) continue;
            if (missing++ == 0) first = body ? std::string(want) + " is not on " + std::string(where) : std::string(where) + " does not answer";
        }
    }
    CheckResult result(std::string what) const {
        if (!first.empty()) what += "; " + first;
        if (asked == 0) return {"page", std::nullopt, 0, what};
        return {"page", missing, asked, what};
    }
};

std::string text_between(std::string_view body, std::string_view open, std::string_view close) {
    const auto from = body.find(open);
    if (from == std::string_view::npos) return {};
    const auto to = body.find(close, from + open.size());
    return to == std::string_view::npos ? std::string() : std::string(body.substr(from + open.size(), to - from - open.size()));
}

json linked_data(const std::optional<std::string>& body) {
    if (!body) return json();
    const auto text = text_between(*body, "<script type=\"application/ld+json\">", "</script>");
    return text.empty() ? json() : json::parse(text, nullptr, false);
}

CheckResult newest_first(House& house, const http::Router& router) {
    std::int64_t wrong = 0, lists = 0;
    for (const auto& [prefix, folder] : {std::pair("site:", "sites"), std::pair("product:", "products")}) {
        for (const auto& path : rated(house, prefix, folder)) {
            const auto body = get(router, "/api/v1/" + path + "/reviews?limit=100");
            if (!body) continue;
            ++lists;
            std::string before;
            const auto list = json::parse(*body);
            for (const auto& review : list.at("reviews")) {
                const auto at = review.at("published_at").get<std::string>();
                if (!before.empty() && at > before) {
                    ++wrong;
                    break;
                }
                before = at;
            }
        }
    }
    return {"page", lists == 0 ? std::nullopt : std::optional(wrong), lists, "lists of reviews that are not in the order of publication, newest first"};
}

CheckResult dealer_markup(House& house, const http::Router& router) {
    std::int64_t wrong = 0, pages = 0;
    for (const auto& path : rated(house, "site:", "sites")) {
        const auto body = get(router, "/en/" + path);
        if (!body) continue;
        ++pages;
        if (body->find("aggregateRating") != std::string::npos || body->find("\"Review\"") != std::string::npos) ++wrong;
    }
    return {"page", pages == 0 ? std::nullopt : std::optional(wrong), pages, "pages of points of sale with a rating in their structured data"};
}

CheckResult product_markup(House& house, const http::Router& router, bool fields) {
    std::int64_t wrong = 0, pages = 0;
    for (const auto& path : rated(house, "product:", "products")) {
        const auto figures = get(router, "/api/v1/" + path + "/rating");
        const auto body = get(router, "/en/" + path);
        if (!figures || !body) continue;
        const auto shown = json::parse(*figures);
        if (shown.at("count") == 0) continue;
        ++pages;
        const auto data = linked_data(body);
        if (!data.is_object() || !data.contains("aggregateRating")) {
            ++wrong;
            continue;
        }
        const auto& rating = data.at("aggregateRating");
        if (fields) {
            bool whole = rating.contains("ratingValue") && (rating.contains("ratingCount") || rating.contains("reviewCount")) && data.contains("name");
            for (const auto& review : data.value("review", json::array())) whole = whole && review.contains("author") && review.contains("reviewRating") && review.contains("datePublished");
            wrong += whole ? 0 : 1;
            continue;
        }
        const auto number = [](const json& value) { return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>(); };
        const bool same = std::abs(number(rating.at("ratingValue")) - number(shown.at("average"))) < 0.05 && number(rating.contains("ratingCount") ? rating.at("ratingCount") : rating.at("reviewCount")) == number(shown.at("count"));
        bool visible = true;  // what the markup quotes stands on the page
        for (const auto& review : data.value("review", json::array())) {
            const auto url = review.value("url", "");
            if (!url.empty()) visible = visible && body->find(url.substr(url.find("/reviews/"))) != std::string::npos;
        }
        wrong += same && visible ? 0 : 1;
    }
    return {"page", pages == 0 ? std::nullopt : std::optional(wrong), pages, fields ? "product pages whose structured data lacks a field that is asked for" : "product pages whose structured data says another figure or quotes what is not on the page"};
}

CheckResult feed(House& house, const http::Router& router) {
    std::int64_t wanted = 0;
    house.publish->each_product_review([&](const publish::Line& line, const network::Product&) { wanted += line.rating && !line.body.empty() ? 1 : 0; });
    const auto body = get(router, "/feeds/product-reviews.xml");
    if (!body) return {"page", std::nullopt, std::nullopt, "the feed does not answer"};
    const auto reviews = count_of(*body, "<review>");
    const auto flagged = std::min({count_of(*body, "<is_spam>"), count_of(*body, "<is_verified_purchase>"), count_of(*body, "<is_incentivized_review>")});
    return {"page", std::abs(reviews - wanted) + (reviews - flagged), wanted, "public reviews of products with stars and words, beside those in the feed and their three flags"};
}

CheckResult language(House& house, const http::Router& router) {
    std::int64_t wrong = 0, asked = 0;
    for (const auto& path : rated(house, "site:", "sites")) {
        const auto body = get(router, "/en/" + path);
        if (!body) continue;
        for (auto at = body->find("<blockquote"); at != std::string::npos; at = body->find("<blockquote", at + 1)) {
            ++asked;
            const auto tag = std::string_view(*body).substr(at, body->find('>', at) - at);
            wrong += tag.find(" lang=") == std::string_view::npos ? 1 : 0;
        }
    }
    return {"page", asked == 0 ? std::nullopt : std::optional(wrong), asked, "quoted words on the pages of points of sale without their language"};
}

CheckResult operator_named(House& house, const http::Router& router) {
    Lacking lacking;
    const auto name = house.settings.text("brand.operator");
    for (const auto& tag : house.renderer->languages()) {
        for (const char* page : {"/", "/rules", "/transparency"}) lacking.look("/" + tag + page, get(router, "/" + tag + page), {name.empty() ? std::string_view("\1 (no operator is set)") : std::string_view(name)});
    }
    return lacking.result("pages that do not name who runs the site");
}

// Norm NOT-1 beside each review: the day of the experience, the day of publication, how it was checked; and for the list its order
// and the way to the rules.
CheckResult page_facts(House& house, const http::Router& router) {
    std::int64_t wrong = 0, asked = 0;
    std::string first;
    const auto lacks = [&](const std::string& what) {
        if (wrong++ == 0) first = "; " + what;
    };
    for (const auto& tag : house.renderer->languages()) {
        const auto& locale = house.renderer->locale(tag);
        for (const auto& [prefix, folder] : {std::pair("site:", "sites"), std::pair("product:", "products")}) {
            for (const auto& path : rated(house, prefix, folder)) {
                const auto target = "/" + tag + "/" + path;
                const auto body = get(router, target);
                if (!body) continue;
                ++asked;
                if (body->find(locale.text("list.order.newest")) == std::string::npos) lacks("the order on " + target);
                if (text_between(*body, "<p class=\"order\">", "</p>").find("/" + tag + "/rules") == std::string::npos) lacks("the way to the rules on " + target);
                for (auto at = body->find("<article class=\"review\""); at != std::string::npos; at = body->find("<article class=\"review\"", at + 1)) {
                    const auto article = std::string_view(*body).substr(at, body->find("</article>", at) - at);
                    const auto facts = text_between(article, "<div class=\"facts\">", "</div>\n<div>");
                    ++asked;
                    if (facts.find(locale.text("review.published")) == std::string::npos || count_of(facts, "<time datetime=") < 1) lacks("the day of publication on " + target);
                    const auto of = [&](const char* key) { return facts.find(locale.text(key)) != std::string::npos; };
                    const auto gathered = locale.text("review.origin.gathered", {{"source", std::string_view("\1")}});
                    const bool elsewhere = facts.find(gathered.substr(0, gathered.find('\1'))) != std::string::npos;
                    if (!elsewhere && !of("review.origin.invited") && !of("review.origin.spontaneous") && !of("review.origin.unverified")) lacks("how it was checked on " + target);
                    if (!elsewhere && count_of(facts, "<time datetime=") < 2) lacks("the day of the experience on " + target);
                }
            }
        }
    }
    return {"page", asked == 0 ? std::nullopt : std::optional(wrong), asked, "facts that are missing beside reviews and lists, in every language" + first};
}

CheckResult rules_facts(House& house, const http::Router& router) {
    Lacking lacking;
    for (const auto& tag : house.renderer->languages()) {
        lacking.look("/" + tag + "/rules", get(router, "/" + tag + "/rules"),
                     {"data-norm=\"NOT-2a\"", "data-norm=\"NOT-2b\"", "data-norm=\"NOT-2c\"", "data-norm=\"NOT-2d\"", "data-norm=\"NOT-2e\"", "data-norm=\"NOT-2f\"", "data-norm=\"NOT-2g\"",
                      "data-norm=\"NOT-2h", "data-norm=\"NOT-3\"", "data-norm=\"NOT-5\""});
    }
    return lacking.result("facts that the rules page lacks, in every language");
}

CheckResult widget(House& house, const http::Router& router) {
    std::int64_t wrong = 0, asked = 0;
    for (const auto& [prefix, folder] : {std::pair("site:", "sites"), std::pair("product:", "products")}) {
        for (const auto& path : rated(house, prefix, folder)) {
            const auto body = get(router, "/w/" + path + ".json");
            const auto figures = get(router, "/api/v1/" + path + "/rating");
            if (!body || !figures) continue;
            ++asked;
            const auto data = json::parse(*body);
            const auto& words = data.at("strings");
            const bool whole = !words.value("selection", "").empty() && !words.value("all", "").empty() && !words.value("rules", "").empty() && data.contains("rules_url") && data.contains("url") &&
                               data.at("count") == json::parse(*figures).at("count") && data.at("average") == json::parse(*figures).at("average");
            wrong += whole ? 0 : 1;
        }
    }
    return {"page", asked == 0 ? std::nullopt : std::optional(wrong), asked, "widgets that lack the word of being a selection, the way to all, to the rules, or the true average and count"};
}

// Words only: what stands between the tags.
std::string visible(std::string_view html) {
    std::string out;
    bool inside = false;
    for (const char c : html) {
        if (c == '<') inside = true;
        if (!inside) out += c;
        if (c == '>') {
            inside = false;
            out += ' ';
        }
    }
    return out;
}

CheckResult marks(House& house, const http::Router& router, Seconds now) {
    const auto until = parse_date(house.settings.text("certificate.valid_until")), from = parse_date(house.settings.text("certificate.valid_from"));
    const bool valid = !house.settings.text("certificate.name").empty() && from && until && now >= midnight(*from) && now < midnight(*until) + one_day;
    std::int64_t found = 0, pages = 0;
    for (const auto& tag : house.renderer->languages()) {
        std::vector<std::string> targets = {"/" + tag + "/", "/" + tag + "/rules", "/" + tag + "/transparency"};
        for (const auto& path : rated(house, "site:", "sites")) targets.push_back("/" + tag + "/" + path);
        for (const auto& target : targets) {
            const auto body = get(router, target);
            if (!body) continue;
            ++pages;
            if (valid) continue;
            // What customers wrote is theirs; the platform's own words are outside of quotations.
            std::string own = *body;
            for (auto at = own.find("<blockquote"); at != std::string::npos; at = own.find("<blockquote", at)) own.erase(at, own.find("</blockquote>", at) - at);
            const auto text = visible(own);
            for (const char* word : {"ertified", "ertifié", "ertifiziert", " NF ", " ISO "}) found += count_of(text, word);
        }
    }
    return {"page", found, pages, valid ? "a certificate is configured and valid: its mark may be shown" : "words on the platform's own pages that read like a mark of certification, while no valid certificate is configured"};
}

}  // namespace

void page_checks(evidence::Checks& checks, House& house, const http::Router& router) {
    checks["newest_first"] = [&](Period, Seconds) { return newest_first(house, router); };
    checks["dealer_markup"] = [&](Period, Seconds) { return dealer_markup(house, router); };
    checks["product_markup_differs"] = [&](Period, Seconds) { return product_markup(house, router, false); };
    checks["product_markup_fields_missing"] = [&](Period, Seconds) { return product_markup(house, router, true); };
    checks["feed_differs"] = [&](Period, Seconds) { return feed(house, router); };
    checks["language_unmarked"] = [&](Period, Seconds) { return language(house, router); };
    checks["page_facts_missing"] = [&](Period, Seconds) { return page_facts(house, router); };
    checks["rules_facts_missing"] = [&](Period, Seconds) { return rules_facts(house, router); };
    checks["widget_facts_missing"] = [&](Period, Seconds) { return widget(house, router); };
    checks["marks_without_certificate"] = [&](Period, Seconds now) { return marks(house, router, now); };
    checks["operator_unnamed"] = [&](Period, Seconds) { return operator_named(house, router); };
}

}  // namespace verbatim::server
