#include "edge/api/replies.h"

#include <nlohmann/json.hpp>

#include "edge/api/answers.h"
namespace verbatim::api {
namespace {

using http::Request;
using http::Response;
using nlohmann::json;

Response show(const reply::Reply& reply, const Caller& caller) {
    json out = {{"announced_days", reply::announced / one_day}, {"months", 12}, {"sites", json::array()}};
    for (const auto& site : reply.by_site(caller.actor)) {
        json row = {{"site", site.site}, {"published", site.published}, {"answered", site.answered}, {"answered_within", site.within},
                    {"open_late", site.open_late}, {"longest_shown_seconds", site.longest_shown}};
        if (site.p50) row["p50_seconds"] = *site.p50;
        if (site.p95) row["p95_seconds"] = *site.p95;
        out["sites"].push_back(std::move(row));
    }
    return answer(out);
}

}  // namespace

void reply_routes(Gate& gate, const reply::Reply& reply) {
    gate.get("/api/v1/replies", Permission::replies_read, [&reply](const Caller& caller, const Request&) { return show(reply, caller); });
}

}  // namespace verbatim::api
