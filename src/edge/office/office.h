// Screens of the house behind signed links: /case/{token} for the point of sale, /moderate/{token} for moderators. The link
// names its holder, so every act has an actor without a login.
#pragma once

#include <string>

#include "engine/http/http.h"
#include "engine/render/render.h"
#include "life/moderate/moderate.h"
#include "life/recover/recover.h"
#include "life/reply/reply.h"

namespace verbatim::office {

struct House {
    moderate::Moderate& moderate;
    recover::Recover& recover;
    reply::Reply& reply;
    const render::Renderer& renderer;
    const Clock& clock;
};
struct Options {
    std::string base_url, brand, operator_name;
    std::string policy = "rules-2026-11";
};

// Everything given must outlive the router, but `options`.
void routes(http::Router& router, House house, Options options);

}  // namespace verbatim::office
