#include "edge/api/replies.h"

#include <nlohmann/json.hpp>

#include "edge/api/keys.h"
namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

Response show(const moderate::Moderate& keys, const reply::Reply& reply, const Request& request) {
    const auto caller = caller_of(keys, request);
    if (!caller) return key_missing();
    if (caller->actor.role != "hq" && caller->actor.role != "auditor" && caller->actor.role != "admin") return Response::problem(403, "forbidden", "headquarters and auditors only");
    json out = {{"announced_days", reply::announced / one_day}, {"months", 12}, {"sites", json::array()}};
    for (const auto& site : reply.by_site()) {
        json row = {{"site", site.site}, {"published", site.published}, {"answered", site.answered}, {"answered_within", site.within},
                    {"open_late", site.open_late}, {"longest_shown_seconds", site.longest_shown}};
        if (site.p50) row["p50_seconds"] = *site.p50;
        if (site.p95) row["p95_seconds"] = *site.p95;
        out["sites"].push_back(std::move(row));
    }
    auto response = Response::json(out.dump());
    response.with("Cache-Control", "no-store");
    return response;
}

}  // namespace

void reply_routes(http::Router& router, const moderate::Moderate& keys, const reply::Reply& reply) {
    router.get("/api/v1/replies", [&keys, &reply](const Request& request) { return show(keys, reply, request); });
}

}  // namespace verbatim::api
