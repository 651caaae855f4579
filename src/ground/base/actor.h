// Who acts. Every function that acts for someone takes the Actor first; permission is decided there, once, for the site,
// the API, the office and the command line.
#pragma once

#include <string>

namespace verbatim {

enum class ActorKind { system, customer, staff, visitor };

struct Actor {
    ActorKind kind = ActorKind::visitor;
    std::string id;     // customer id or staff e-mail; for the system, the part that acts ("moderate 2026.1", "import")
    std::string role;   // staff: admin|hq|product|country|group|site|adviser|agent|moderator|crm|auditor
    std::string scope;  // staff: a site, group, country or product code, or "*"

    static Actor system(std::string part) { return {ActorKind::system, std::move(part), {}, {}}; }
    static Actor customer(std::string id) { return {ActorKind::customer, std::move(id), {}, {}}; }
    static Actor visitor() { return {}; }

    // For history rows: "system:moderate", "staff:ann@example.org".
    std::string label() const {
        switch (kind) {
            case ActorKind::system: return "system:" + id;
            case ActorKind::customer: return "customer:" + id;
            case ActorKind::staff: return "staff:" + id;
            case ActorKind::visitor: break;
        }
        return "visitor";
    }
};

}  // namespace verbatim
