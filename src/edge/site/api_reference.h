// The readable form of an OpenAPI 3.1 description: what /api/ shows. Everything on the page stands in the description; nothing is
// written twice.
#pragma once

#include <nlohmann/json.hpp>

namespace verbatim::site {

// GROUPS of operations by the first word of their path, and SCHEMAS, as assets/templates/api.html.tpl wants them. References are
// followed one step, to parameters and answers; a schema is named and linked.
nlohmann::json api_reference(const nlohmann::ordered_json& description);

}  // namespace verbatim::site
