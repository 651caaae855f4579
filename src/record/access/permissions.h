// Who may do what: ONE table of roles and permissions. On what, says the branch (record/network/branches.h).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace verbatim::access {

enum class Permission {
    sign_in,           // a sign-in under way, or done: what is needed to finish it
    own,               // one's own session, account, settings: whoever is signed in
    network_read,      // the organisation as far as one's branch goes
    network_manage,    // sites, products, imports
    reviews_read, reviews_answer, reviews_export,
    cases_read, cases_work,
    moderation_read, moderation_decide,
    figures_read,
    findings_read,     // findings that were sent to one, and one's answers
    findings_manage,   // a model's findings: send them on, tell the customers what was changed
    pressure_read, replies_read,
    events_read,
    templates_read, templates_manage,  // answers' templates
    settings_read, settings_manage,    // questionnaires, rule packs, country rules, consent texts
    webhooks_manage, keys_manage,
    users_read, users_manage,
    trail_read,        // the audit trail
    evidence_read, evidence_keep,
    plan_read, plan_manage,  // the contact plan: its versions, history and figures; publishing one
    plan_calls,        // calls the plan wants made to customers of one's branch, and what came of them
};

// "cases.work": in the OpenAPI file (x-permission), in GET /api/v1/session, in an API key's scopes.
std::string_view to_word(Permission permission);
std::optional<Permission> permission_of(std::string_view word);
std::span<const Permission> all_permissions();

bool may(std::string_view role, Permission permission);

// Whom a role may make, change and bar: itself and those below it, never one above (and only within its own branch).
bool may_manage_role(std::string_view role, std::string_view other);

}  // namespace verbatim::access
