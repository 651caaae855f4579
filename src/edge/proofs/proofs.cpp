#include "edge/proofs/proofs.h"

namespace verbatim::proofs {
namespace {

using http::Request;
using http::Response;

// What a tile holds never changes, and a partial tile stays a prefix of the full one.
constexpr const char* for_ever = "public, max-age=31536000, immutable";
constexpr const char* an_hour = "public, max-age=3600";
constexpr const char* never = "no-store";

Response open_to_all(Response response, const char* caching) {
    response.with("Cache-Control", caching).with("Access-Control-Allow-Origin", "*");
    return response;
}

Response missing(const char* what) { return open_to_all(Response::text(what, 404), never); }

}  // namespace

void routes(http::Router& router, ledger::Ledger& ledger, std::function<std::string()> policy) {
    router.get("/log/checkpoint", [&ledger](const Request&) {
        auto note = ledger.checkpoint();
        if (!note) return missing("The log has no checkpoint yet.\n");
        return open_to_all(Response::text(std::move(*note)), never);
    });
    // For whoever believes only what enough witnesses have seen: a little older, and always cosigned (norm TLG-7).
    router.get("/log/checkpoint.cosigned", [&ledger](const Request&) {
        auto note = ledger.cosigned_checkpoint();
        if (!note) return missing("No checkpoint has met the witnesses' quorum yet.\n");
        return open_to_all(Response::text(std::move(*note)), never);
    });
    router.get("/log/policy", [policy = std::move(policy)](const Request&) { return open_to_all(Response::text(policy()), never); });
    router.get("/log/key", [&ledger](const Request&) { return open_to_all(Response::text(ledger.verifier_key() + "\n"), an_hour); });
    router.get("/log/tile/{rest...}", [&ledger](const Request& request) {
        auto bytes = ledger.tile("tile/" + std::string(request.part("rest")));
        if (!bytes) return missing("The log has no such tile.\n");
        Response response;
        response.content_type = "application/octet-stream";
        response.body = std::move(*bytes);
        return open_to_all(std::move(response), for_ever);
    });
}

}  // namespace verbatim::proofs
