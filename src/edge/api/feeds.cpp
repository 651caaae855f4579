// For machines that read everything: Google's product review feed 2.4 (norm SDT-5: every review, good and bad, always the full
// set), the sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309).
#include "edge/api/doors.h"

namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using http::ShopWindow;

constexpr int keep_seconds = 900;

// XML 1.0 section 2.4; control characters that XML cannot hold were refused at the form.
std::string xml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&apos;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string element(std::string_view name, std::string_view value, std::string_view attributes = {}) {
    return "<" + std::string(name) + std::string(attributes) + ">" + xml(value) + "</" + std::string(name) + ">";
}

void append_review(std::string& out, const Doors& doors, const publish::Line& line, const network::Product& product) {
    if (!line.rating || line.body.empty()) return;  // the schema wants a rating and content
    const auto url = doors.options.base_url + "/en/products/" + product.code;
    out += "<review>" + element("review_id", line.id);
    out += line.author.empty() ? "<reviewer><name is_anonymous=\"true\">Anonymous</name></reviewer>" : "<reviewer>" + element("name", line.author) + "</reviewer>";
    const auto flag = [&](const char* name, bool value) { out += element(name, value ? "true" : "false"); };
    flag("is_verified_purchase", line.proven);
    flag("is_incentivized_review", !line.reward.empty());
    out += element("review_timestamp", format_moment(line.published_at));
    if (!line.title.empty()) out += element("title", line.title);
    out += element("content", line.body);
    if (!line.lang.empty()) out += element("review_language", line.lang);
    out += element("review_url", doors.options.base_url + "/en/reviews/" + line.id, " type=\"singleton\"");
    out += "<ratings>" + element("overall", std::to_string(*line.rating), " min=\"1\" max=\"5\"") + "</ratings>";
    out += "<products><product>";
    out += "<product_ids>";
    if (!product.gtin.empty()) out += "<gtins>" + element("gtin", product.gtin) + "</gtins>";
    if (!product.mpn.empty()) out += "<mpns>" + element("mpn", product.mpn) + "</mpns>";
    out += "<brands>" + element("brand", doors.options.brand) + "</brands></product_ids>";
    out += element("product_name", product.name) + element("product_url", product.url.empty() ? url : product.url) + "</product></products>";
    out += "<is_spam>false</is_spam>";  // what is spam was refused
    out += element("collection_method", line.origin == "invited" ? "post_fulfillment" : "unsolicited") + "</review>\n";
}

Response xml_answer(std::string body) {
    Response response;
    response.content_type = "application/xml; charset=utf-8";
    response.body = std::move(body);
    return response;
}

}  // namespace

void feed_routes(http::Router& router, const Doors& doors) {
    router.get("/feeds/product-reviews.xml", [doors](const Request& request) {
        return doors.window.show(request, {"feed"}, keep_seconds, [&]() -> ShopWindow::Built {
            std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                              "<feed xmlns:vc=\"http://www.w3.org/2007/XMLSchema-versioning\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                              "xsi:noNamespaceSchemaLocation=\"http://www.google.com/shopping/reviews/schema/product/2.4/product_reviews.xsd\">\n<version>2.4</version>\n"
                              "<publisher>" + element("name", doors.options.brand) + "</publisher>\n<reviews>\n";
            doors.publish.each_product_review([&](const publish::Line& line, const network::Product& product) { append_review(out, doors, line, product); });
            return {xml_answer(out + "</reviews>\n</feed>\n"), {{"Cache-Control", "public, max-age=900"}}, request.query.empty()};
        });
    });
    router.get("/sitemap.xml", [doors](const Request& request) {
        return doors.window.show(request, {"sitemap"}, keep_seconds, [&]() -> ShopWindow::Built {
            std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
            // At most 50,000 addresses a file: the first language of each page; the pages name their translations themselves.
            std::size_t count = 0;
            const auto add = [&](const std::string& path) {
                if (++count <= 50000) out += "<url>" + element("loc", doors.options.base_url + path) + "</url>\n";
            };
            for (const auto& language : doors.renderer.languages()) {
                for (const char* path : {"/", "/rules", "/transparency", "/accessibility"}) add("/" + language + path);
            }
            for (const auto& address : doors.publish.addresses()) {
                for (const auto& language : doors.renderer.languages()) add("/" + language + "/" + address);
            }
            return {xml_answer(out + "</urlset>\n"), {{"Cache-Control", "public, max-age=900"}}, request.query.empty()};
        });
    });
    router.get("/robots.txt", [doors](const Request&) {
        return Response::text("User-agent: *\nDisallow: /r/\nDisallow: /me/\nDisallow: /u/\nDisallow: /case/\nDisallow: /moderate/\nDisallow: /demo/\n\nSitemap: " +
                              doors.options.base_url + "/sitemap.xml\n");
    });
}

}  // namespace verbatim::api
