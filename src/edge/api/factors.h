// Second factors and the brand's directory: /api/v1/sign-in, /session/totp, /session/recovery, /session/webauthn, /session/end, /factors,
// and /office/oidc for the browser's way to the directory and back.
#pragma once

#include <memory>
#include <string>

#include "edge/api/gate.h"
#include "record/access/second_factors.h"
#include "record/directory/directory.h"

namespace verbatim::api {

struct FactorDoors {
    access::Access& access;
    std::shared_ptr<access::SecondFactors> factors;
    std::shared_ptr<const directory::Directory> directory;  // null: the brand has none
    std::string directory_name;
    bool directory_creates = false;
};

// What stands behind the references must outlive the router, but the gate need not.
void factor_routes(http::Router& router, Gate& gate, const FactorDoors& doors);

}  // namespace verbatim::api
