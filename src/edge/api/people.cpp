#include "edge/api/people.h"

#include <charconv>

#include "edge/api/answers.h"
#include "ground/formats/text_codes.h"
#include "record/access/keys.h"
#include "record/access/users.h"

namespace verbatim::api {
namespace {

using access::Access;
using http::Request;
using http::Response;
using nlohmann::json;

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

json user_json(const access::User& user) {
    return {{"id", std::to_string(user.id)}, {"email", user.email}, {"name", user.name}, {"role", user.role}, {"scope", user.scope}, {"branch", user.branch}, {"locale", user.locale},
            {"active", user.active}, {"barred", user.barred}, {"password", user.password}, {"last_seen_at", moment(user.seen_at)}, {"manageable", user.manageable}};
}

json whole_user_json(const access::User& user) {
    auto one = user_json(user);
    one["factors"] = user.factors;
    return one;
}

Response show_user(const access::Users& users, const Caller& caller, std::int64_t id, int status = 200) {
    const auto user = users.find(caller.holder, id);
    if (!user) return nowhere();
    auto response = answer(whole_user_json(*user), status);
    if (status == 201) response.with("Location", "/api/v1/users/" + std::to_string(id));
    return response;
}

Response list_users(const access::Users& users, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query);
    if (!limit) return bad_limit();
    const auto after = query.has("after") ? number_of(query.get("after")) : std::optional<std::int64_t>(0);
    if (!after) return Response::problem(400, "after", "after is the last answer's next", "after");
    const auto found = users.list(caller.holder, {std::string(query.get("role")), std::string(query.get("q")), query.get("inactive") == "true"}, *after, *limit);
    json all = {{"users", json::array()}, {"next", nullptr}};
    for (const auto& user : found) all["users"].push_back(user_json(user));
    if (static_cast<int>(found.size()) == *limit) all["next"] = std::to_string(found.back().id);
    return answer(all);
}

Response add_user(access::Users& users, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto made = users.add(caller.holder, {text_of(*body, "email"), text_of(*body, "name"), text_of(*body, "role"), text_of(*body, "scope"), text_of(*body, "locale")});
    return made ? show_user(users, caller, *made, 201) : problem(made.error());
}

Response change_user(access::Users& users, const Caller& caller, const Request& request) {
    const auto id = number_of(request.part("user"));
    if (!id) return nowhere();
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    access::UserChange change;
    if (body->contains("name")) change.name = text_of(*body, "name");
    if (body->contains("locale")) change.locale = text_of(*body, "locale");
    if (body->contains("active")) change.active = flag_of(*body, "active");
    if (body->contains("barred")) change.barred = flag_of(*body, "barred");
    const auto done = users.change(caller.holder, *id, change);
    return done ? show_user(users, caller, *id) : problem(done.error());
}

template <class F>
Response with_user(const Request& request, F&& act) {
    const auto id = number_of(request.part("user"));
    if (!id) return nowhere();
    const Result<void> done = act(*id);
    if (!done) return problem(done.error());
    Response response;
    response.status = 204;
    response.content_type.clear();
    return response;
}

json key_json(const access::Key& key) {
    return {{"id", key.id}, {"name", key.name}, {"email", key.email}, {"role", key.role}, {"scope", key.scope}, {"branch", key.branch}, {"permissions", key.permissions},
            {"languages", key.languages}, {"made_by", key.made_by}, {"created_at", moment(key.created_at)}, {"expires_at", moment(key.expires_at)}, {"last_used_at", moment(key.used_at)},
            {"revoked_at", moment(key.revoked_at)}};
}

Response list_keys(const access::Keys& keys, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query);
    if (!limit) return bad_limit();
    const auto found = keys.list(caller.holder, query.get("after"), *limit);
    json all = {{"keys", json::array()}, {"next", nullptr}};
    for (const auto& key : found) all["keys"].push_back(key_json(key));
    if (static_cast<int>(found.size()) == *limit) all["next"] = found.back().id;
    return answer(all);
}

Response make_key(access::Keys& keys, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    access::KeyWish wish;
    wish.name = text_of(*body, "name");
    wish.email = text_of(*body, "email");
    wish.role = text_of(*body, "role");
    wish.scope = text_of(*body, "scope");
    wish.permissions = text_of(*body, "permissions");
    wish.languages = text_of(*body, "languages");
    if (wish.email.empty()) wish.email = caller.actor.id;
    if (const auto ends = text_of(*body, "expires_at"); !ends.empty()) {
        const auto parsed = parse_moment(ends);
        if (!parsed) return Response::problem(422, "expires_at", "a day or a moment: 2027-11-30", "expires_at");
        wish.expires_at = *parsed;
    }
    const auto made = keys.make(caller.holder, wish);
    if (!made) return problem(made.error());
    return answer({{"id", made->id}, {"secret", made->secret}}, 201);
}

json node_json(const network::Node& node) {
    return {{"branch", node.branch}, {"kind", node.kind}, {"name", node.name}, {"sites", node.sites}, {"reached", node.reached}, {"opens", node.opens}};
}

Response open_tree(const network::Organisation& organisation, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query);
    if (!limit) return bad_limit();
    const auto after = from_base64url(query.get("after"));
    if (!after) return Response::problem(400, "after", "after is the last answer's next", "after");
    const auto nodes = organisation.below(caller.branch, query.get("under"), *after, *limit);
    json all = {{"under", query.get("under").empty() ? std::string_view(caller.branch) : query.get("under")}, {"nodes", json::array()}, {"next", nullptr}};
    for (const auto& node : nodes) all["nodes"].push_back(node_json(node));
    if (static_cast<int>(nodes.size()) == *limit) all["next"] = to_base64url(nodes.back().place());
    return answer(all);
}

Response show_trail(Access& access, const Caller& caller, const Request& request) {
    const auto query = http::Form::parse_query(request.query);
    const auto limit = limit_of(query);
    if (!limit) return bad_limit();
    const auto before = query.has("after") ? number_of(query.get("after")) : std::optional<std::int64_t>(0);
    if (!before) return Response::problem(400, "after", "after is the last answer's next", "after");
    if (query.has("who") && query.has("object")) return Response::problem(400, "filter", "ask for who or for object, not for both");
    access::TrailWish wish{caller.branch, std::string(query.get("who")), std::string(query.get("object")), *before, *limit};
    const auto [lines, next] = access.trail(wish);
    json all = {{"acts", json::array()}, {"next", next == 0 ? json(nullptr) : json(std::to_string(next))}};
    for (const auto& line : lines)
        all["acts"].push_back({{"seq", line.seq}, {"at", moment(line.at)}, {"who", line.who}, {"role", line.role}, {"branch", line.branch}, {"via", line.via}, {"ref", line.ref}, {"act", line.act},
                               {"object", line.object}, {"outcome", line.outcome}, {"request", line.request}, {"hash", to_hex(line.hash)}});
    return answer(all);
}

}  // namespace

void people_routes(Gate& gate, Access& access, const network::Organisation& organisation) {
    const auto users = std::make_shared<access::Users>(access);
    const auto keys = std::make_shared<access::Keys>(access);
    gate.get("/api/v1/users", Permission::users_read, [users](const Caller& caller, const Request& request) { return list_users(*users, caller, request); });
    gate.post("/api/v1/users", Permission::users_manage, [users](const Caller& caller, const Request& request) { return add_user(*users, caller, request); });
    gate.get("/api/v1/users/{user}", Permission::users_read, [users](const Caller& caller, const Request& request) {
        const auto id = number_of(request.part("user"));
        return id ? show_user(*users, caller, *id) : nowhere();
    });
    gate.patch("/api/v1/users/{user}", Permission::users_manage, [users](const Caller& caller, const Request& request) { return change_user(*users, caller, request); });
    gate.del("/api/v1/users/{user}", Permission::users_manage, [users](const Caller& caller, const Request& request) {
        return with_user(request, [&](std::int64_t id) {
            access::UserChange left;
            left.active = false;
            return users->change(caller.holder, id, left);
        });
    });
    gate.post("/api/v1/users/{user}/link", Permission::users_manage, [users](const Caller& caller, const Request& request) {
        return with_user(request, [&](std::int64_t id) { return users->mail_link(caller.holder, id); });
    });
    gate.del("/api/v1/users/{user}/factors", Permission::users_manage, [users](const Caller& caller, const Request& request) {
        return with_user(request, [&](std::int64_t id) { return users->reset_factors(caller.holder, id); });
    });
    gate.get("/api/v1/keys", Permission::keys_manage, [keys](const Caller& caller, const Request& request) { return list_keys(*keys, caller, request); });
    gate.post("/api/v1/keys", Permission::keys_manage, [keys](const Caller& caller, const Request& request) { return make_key(*keys, caller, request); });
    gate.del("/api/v1/keys/{key}", Permission::keys_manage, [keys](const Caller& caller, const Request& request) {
        const auto done = keys->revoke(caller.holder, request.part("key"));
        if (!done) return problem(done.error());
        Response response;
        response.status = 204;
        response.content_type.clear();
        return response;
    });
    gate.get("/api/v1/organisation", Permission::network_read, [&organisation](const Caller& caller, const Request& request) { return open_tree(organisation, caller, request); });
    gate.get("/api/v1/audit-trail", Permission::trail_read, [&access](const Caller& caller, const Request& request) { return show_trail(access, caller, request); });
}

}  // namespace verbatim::api
