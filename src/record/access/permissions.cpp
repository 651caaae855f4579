#include "record/access/permissions.h"

#include <algorithm>
#include <array>

#include "record/network/network.h"

namespace verbatim::access {
namespace {

struct Line {
    Permission permission;
    std::string_view word;
    std::string_view roles;  // "*": every role
};

// The table. README "Who comes in" shows it; a test holds the two against each other. Who runs the platform (admin) is not meant to
// read customers' cases; who reads everything (auditor) changes nothing but the proofs he lays down.
constexpr auto table = std::to_array<Line>({
    {Permission::sign_in, "sign_in", "*"},
    {Permission::own, "own", "*"},
    {Permission::network_read, "network.read", "*"},
    {Permission::network_manage, "network.manage", "admin hq"},
    {Permission::reviews_read, "reviews.read", "*"},
    {Permission::reviews_answer, "reviews.answer", "hq country group site"},
    {Permission::reviews_export, "reviews.export", "admin hq product country group site crm auditor"},
    {Permission::cases_read, "cases.read", "hq country group site agent crm auditor"},
    {Permission::cases_work, "cases.work", "hq country group site agent"},
    {Permission::moderation_read, "moderation.read", "admin hq moderator auditor"},
    {Permission::moderation_decide, "moderation.decide", "admin hq moderator"},
    {Permission::figures_read, "figures.read", "admin hq product country group site adviser crm auditor"},
    {Permission::findings_read, "findings.read", "hq product country group site adviser crm auditor"},
    {Permission::findings_manage, "findings.manage", "hq product"},
    {Permission::pressure_read, "pressure.read", "hq auditor"},
    {Permission::replies_read, "replies.read", "admin hq auditor"},
    {Permission::events_read, "events.read", "*"},
    {Permission::templates_read, "templates.read", "admin hq country group site agent auditor"},
    {Permission::templates_manage, "templates.manage", "admin hq country group site"},
    {Permission::settings_read, "settings.read", "admin hq country crm auditor"},
    {Permission::settings_manage, "settings.manage", "admin hq"},
    {Permission::webhooks_manage, "webhooks.manage", "admin"},
    {Permission::keys_manage, "keys.manage", "admin"},
    {Permission::users_read, "users.read", "admin hq country group site auditor"},
    {Permission::users_manage, "users.manage", "admin hq country group site"},
    {Permission::trail_read, "trail.read", "admin auditor"},
    {Permission::evidence_read, "evidence.read", "admin hq auditor"},
    {Permission::evidence_keep, "evidence.keep", "admin hq auditor"},
    {Permission::plan_read, "plan.read", "admin hq country crm auditor"},
    {Permission::plan_manage, "plan.manage", "admin hq crm"},
    {Permission::plan_calls, "plan.calls", "admin hq agent crm"},
});

constexpr auto order = [] {
    std::array<Permission, table.size()> all{};
    for (std::size_t i = 0; i < table.size(); ++i) all[i] = table[i].permission;
    return all;
}();

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].permission) != i) return false;
    return true;
}
static_assert(in_order(), "the table has one line a permission, in the order of the enumeration");

bool holds(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; at <= words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

bool is_role(std::string_view role) {
    const auto all = network::roles();
    return std::find(all.begin(), all.end(), role) != all.end();
}

// The second table: who may make, change and bar whom.
struct Below {
    std::string_view role, others;
};
constexpr auto below = std::to_array<Below>({
    {"admin", "admin hq product country group site adviser agent moderator crm auditor"},
    {"hq", "hq product country group site adviser agent moderator crm"},
    {"country", "country group site adviser agent"},
    {"group", "group site adviser agent"},
    {"site", "site adviser"},
});

}  // namespace

std::string_view to_word(Permission permission) { return table[static_cast<std::size_t>(permission)].word; }

std::optional<Permission> permission_of(std::string_view word) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Line& line) { return line.word == word; });
    return found == table.end() ? std::nullopt : std::optional(found->permission);
}

std::span<const Permission> all_permissions() { return order; }

bool may(std::string_view role, Permission permission) {
    const auto& line = table[static_cast<std::size_t>(permission)];
    return is_role(role) && (line.roles == "*" || holds(line.roles, role));
}

bool may_manage_role(std::string_view role, std::string_view other) {
    const auto found = std::find_if(below.begin(), below.end(), [&](const Below& line) { return line.role == role; });
    return found != below.end() && holds(found->others, other);
}

}  // namespace verbatim::access
