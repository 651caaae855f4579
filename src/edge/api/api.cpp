#include "edge/api/api.h"

#include <charconv>

#include "edge/api/json.h"
#include "ground/base/calendar.h"
#include "life/publish/jsonld.h"

namespace verbatim::api {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::ShopWindow;

// Figures move with the clock (24 months), so even a page nothing changed on is made anew after a while.
constexpr int keep_seconds = 600;

const std::vector<http::Field>& public_fields() {
    static const std::vector<http::Field> fields = {{"Cache-Control", "public, max-age=5, stale-while-revalidate=60"},
                                                    {"Access-Control-Allow-Origin", "*"},
                                                    {"Cross-Origin-Resource-Policy", "cross-origin"},
                                                    {"X-Content-Type-Options", "nosniff"}};
    return fields;
}

Response json_answer(std::string body) {
    Response response = Response::json(std::move(body));
    return response;
}

std::optional<int> parse_limit(std::string_view text) {
    if (text.empty()) return 20;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > 100) return std::nullopt;
    return value;
}

struct Subjects {
    const char* word;    // "sites"
    const char* prefix;  // "site:"
};
constexpr Subjects kinds[] = {{"sites", "site:"}, {"products", "product:"}};

bool known(const publish::Publish& publish, std::string_view prefix, std::string_view code) {
    return prefix == "site:" ? publish.site(code).has_value() : publish.product(code).has_value();
}

}  // namespace

void routes(http::Router& router, ShopWindow& window, const publish::Publish& publish, const render::Renderer& renderer, const Options& options) {
    (void)renderer;
    for (const auto& kind : kinds) {
        const std::string prefix = kind.prefix;
        router.get(std::string("/api/v1/") + kind.word + "/{code}/rating", [&window, &publish, options, prefix](const Request& request) {
            const auto subject = prefix + std::string(request.part("code"));
            return window.show(request, {subject}, keep_seconds, [&]() -> ShopWindow::Built {
                if (!known(publish, prefix, request.part("code"))) return {Response::problem(404, "unknown", "there is no such subject"), {}, false};
                const auto rating = publish.rating(subject);
                std::string jsonld;
                if (prefix == "product:") {
                    const auto list = publish.page(subject, 5, {});
                    const auto product = publish.product(request.part("code"));
                    jsonld = publish::product_jsonld(*product, rating, *list, options.brand, options.base_url + "/en/products/" + product->code);
                }
                return {json_answer(rating_json(rating, jsonld)), public_fields(), request.query.empty()};
            });
        });
        router.get(std::string("/api/v1/") + kind.word + "/{code}/reviews", [&window, &publish, prefix](const Request& request) {
            const auto query = http::Form::parse_query(request.query);
            const auto limit = parse_limit(query.get("limit"));
            if (!limit) return Response::problem(400, "limit", "limit must be a number from 1 to 100", "limit");
            const auto subject = prefix + std::string(request.part("code"));
            return window.show(request, {subject}, keep_seconds, [&]() -> ShopWindow::Built {
                if (!known(publish, prefix, request.part("code"))) return {Response::problem(404, "unknown", "there is no such subject"), {}, false};
                const auto list = publish.page(subject, *limit, query.get("after"));
                if (!list) return {Response::problem(400, list.error().code, list.error().message, list.error().field), {}, false};
                // Only first pages stand in the window; deeper ones are asked for by programs, once.
                return {json_answer(reviews_json(*list)), public_fields(), list->settled && request.query.empty()};
            });
        });
    }
    router.get("/api/v1/reviews/{id}", [&publish](const Request& request) {
        const auto line = publish.review(request.part("id"));
        if (!line) {
            const auto ended = publish.ended(request.part("id"));
            return ended ? Response::problem(410, *ended, "this review is no longer public: " + *ended) : Response::problem(404, "unknown", "there is no such review");
        }
        std::string out;
        append_line(out, *line);
        auto response = json_answer(std::move(out));
        for (const auto& field : public_fields()) response.fields.push_back(field);
        return response;
    });
}

}  // namespace verbatim::api
