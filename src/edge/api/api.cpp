#include "edge/api/doors.h"

#include <charconv>

#include "edge/api/description.h"
#include "edge/api/json.h"
#include "ground/base/calendar.h"
#include "life/publish/jsonld.h"

namespace verbatim::api {
namespace {

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

std::optional<int> parse_limit(std::string_view text) {
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

void subject_routes(http::Router& router, const Doors& doors) {
    for (const auto& kind : kinds) {
        const std::string prefix = kind.prefix;
        router.get(std::string("/api/v1/") + kind.word + "/{code}/rating", [doors, prefix](const Request& request) {
            const auto subject = prefix + std::string(request.part("code"));
            return doors.window.show(request, {subject}, keep_seconds, [&]() -> ShopWindow::Built {
                if (!known(doors.publish, prefix, request.part("code"))) return {Response::problem(404, "unknown", "there is no such subject"), {}, false};
                const auto [rating, list] = doors.publish.subject_page(subject, {}, 1, 5);
                std::string jsonld;
                if (prefix == "product:" && rating.count > 0) {
                    const auto product = doors.publish.product(request.part("code"));
                    jsonld = publish::product_jsonld(*product, rating, list, doors.options.brand, doors.options.base_url + "/en/products/" + product->code);
                }
                return {Response::json(rating_json(rating, jsonld)), public_fields(), request.query.empty()};
            });
        });
        router.get(std::string("/api/v1/") + kind.word + "/{code}/reviews", [doors, prefix](const Request& request) {
            const auto query = http::Form::parse_query(request.query);
            const auto limit = parse_limit(query.has("limit") ? query.get("limit") : "20");
            if (!limit) return Response::problem(400, "limit", "limit must be a number from 1 to 100", "limit");
            const auto subject = prefix + std::string(request.part("code"));
            return doors.window.show(request, {subject}, keep_seconds, [&]() -> ShopWindow::Built {
                if (!known(doors.publish, prefix, request.part("code"))) return {Response::problem(404, "unknown", "there is no such subject"), {}, false};
                const auto list = doors.publish.page(subject, *limit, query.get("after"));
                if (!list) return {Response::problem(400, list.error().code, list.error().message, list.error().field), {}, false};
                // Only first pages stand in the window; deeper ones are asked for by programs, once.
                return {Response::json(reviews_json(*list)), public_fields(), list->settled && request.query.empty()};
            });
        });
    }
    router.get("/api/v1/reviews/{id}", [doors](const Request& request) {
        const auto line = doors.publish.review(request.part("id"));
        if (!line) {
            const auto ended = doors.publish.ended(request.part("id"));
            return ended ? Response::problem(410, *ended, "this review is no longer public: " + *ended) : Response::problem(404, "unknown", "there is no such review");
        }
        std::string out;
        append_line(out, *line);
        auto response = Response::json(std::move(out));
        for (const auto& field : public_fields()) response.fields.push_back(field);
        return response;
    });
    router.get("/api/v1/reviews/{id}/proof", [doors](const Request& request) {
        const auto trail = doors.publish.trail(request.part("id"));
        const auto proof = trail.entry ? doors.log.proof(*trail.entry) : std::nullopt;
        if (!proof) return Response::problem(404, "unknown", "there is no such review, or it has no place in the log yet");
        auto response = Response::text(*proof);
        response.with("Content-Disposition", "attachment; filename=\"" + std::string(request.part("id")) + ".tlog-proof\"").with("Access-Control-Allow-Origin", "*");
        return response;
    });
    router.get("/api/v1/openapi.json", [](const Request&) {
        auto response = Response::json(description());
        response.with("Access-Control-Allow-Origin", "*");
        return response;
    });
}

void routes(http::Router& router, Gate& gate, House house, Options options) {
    const Doors doors{house.window, house.publish, house.moderate, house.renderer, house.log, house.clock, std::move(options)};
    subject_routes(router, doors);
    widget_routes(router, doors);
    feed_routes(router, doors);
    moderation_routes(router, gate, doors);
}

}  // namespace verbatim::api
