#include "edge/proofs/witness_door.h"

#include "ground/merkle/add_checkpoint.h"

namespace verbatim::proofs {
namespace {

using http::Request;
using http::Response;
using Kind = witness::Verdict::Kind;

// The statuses of tlog-witness. The same size with another root is 409 in its version 1.0.0 and 422 in later drafts.
Response answer(const witness::Verdict& verdict) {
    switch (verdict.kind) {
        case Kind::cosigned: return Response::text(verdict.lines);
        case Kind::malformed: return Response::text(verdict.why + "\n", 400);
        case Kind::unknown_log: return Response::text(verdict.why + "\n", 404);
        case Kind::not_signed: return Response::text(verdict.why + "\n", 403);
        case Kind::inconsistent: return Response::text(verdict.why + "\n", 422);
        case Kind::stale: break;
    }
    auto response = Response::text(std::to_string(verdict.size) + "\n", 409);
    response.content_type = "text/x.tlog.size";
    return response;
}

}  // namespace

void witness_routes(http::Router& router, witness::Witness& witness) {
    router.post("/add-checkpoint", [&witness](const Request& request) {
        auto response = request.body.size() > merkle::add_checkpoint_limit ? Response::text("too long\n", 413) : answer(witness.add_checkpoint(request.body));
        response.with("Cache-Control", "no-store");
        return response;
    });
    router.get("/key", [&witness](const Request&) { return Response::text(witness.verifier_key() + "\n"); });
    router.get("/healthz", [](const Request&) { return Response::text("ok\n"); });
    router.get("/", [&witness](const Request&) {
        std::string text = "A witness for transparency logs (https://c2sp.org/tlog-witness).\nkey " + witness.verifier_key() + "\n";
        for (const auto& log : witness.seen()) text += "log " + log.origin + " " + std::to_string(log.size) + " entries\n";
        auto response = Response::text(text);
        response.with("Cache-Control", "no-store");
        return response;
    });
}

}  // namespace verbatim::proofs
