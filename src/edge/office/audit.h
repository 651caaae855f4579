// /audit/{token}: the auditor's page (norm-by-norm evidence, its files, the proofs of human duties). The link names its holder.
#pragma once

#include <string>

#include "engine/http/http.h"
#include "engine/render/render.h"
#include "life/evidence/evidence.h"

namespace verbatim::office {

struct Audit {
    evidence::Evidence& evidence;
    const render::Renderer& renderer;
    const Clock& clock;
    std::string brand, operator_name;
};

// What it refers to must outlive the router.
void audit_routes(http::Router& router, Audit audit);

}  // namespace verbatim::office
