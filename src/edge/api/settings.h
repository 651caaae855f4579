// What a brand changes for itself: settings, questionnaires, the text an author declares, rules of moderation and of countries; each in
// editions, with the one before and the packaged one. And its points of sale.
#pragma once

#include "edge/api/gate.h"
#include "engine/render/render.h"
#include "record/editions/editions.h"
#include "record/network/register.h"

namespace verbatim::api {

// The renderer must outlive the router.
void settings_routes(Gate& gate, std::shared_ptr<const editions::Shelf> shelf, const render::Renderer& renderer);
void site_routes(Gate& gate, std::shared_ptr<const network::Register> sites);

}  // namespace verbatim::api
