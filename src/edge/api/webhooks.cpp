#include "edge/api/answers.h"
#include "edge/api/events.h"

namespace verbatim::api {
namespace {

using http::Form;
using http::Request;
using http::Response;
using nlohmann::json;
using webhooks::Webhook;
using webhooks::Webhooks;

json webhook_json(const Webhook& one) {
    json kinds = json::array();
    for (std::string_view rest = one.kinds; !rest.empty();) {
        const auto comma = rest.find(',');
        kinds.push_back(std::string(rest.substr(0, comma)));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return {{"id", one.id}, {"branch", one.branch}, {"url", one.url}, {"kinds", std::move(kinds)}, {"description", one.description}, {"state", one.state}, {"why", text_or_null(one.why)},
            {"owner", one.owner}, {"created_at", moment(one.created_at)}, {"changed_at", moment(one.changed_at)}, {"failing_since", moment(one.failing_since)},
            {"old_secret_until", moment(one.old_secret_until)}, {"version", one.version}};
}

json made_json(const Webhooks::Made& made) {
    auto out = webhook_json(made.webhook);
    out["secret"] = made.secret;
    return out;
}

json delivery_json(const webhooks::Delivery& one) {
    return {{"id", events::to_text(one.event)}, {"kind", one.kind}, {"subject", one.subject}, {"ref", one.ref}, {"state", one.state}, {"attempts", one.attempts},
            {"created_at", moment(one.created_at)}, {"next_at", one.state == "waiting" ? moment(one.next_at) : json(nullptr)}, {"last_at", moment(one.last_at)},
            {"status", one.status == 0 ? json(nullptr) : json(one.status)}, {"milliseconds", one.last_at == 0 ? json(nullptr) : json(one.milliseconds)}};
}

Result<webhooks::Wish> wish_of(const Request& request) {
    const auto body = object_of(request);
    if (!body) return body.error();
    webhooks::Wish wish;
    for (const auto& [name, value] : body->items()) {
        if (name == "kinds") {
            if (!value.is_array()) return invalid("kinds", "kinds is a list of words", "kinds");
            std::string kinds;
            for (const auto& kind : value) {
                if (!kind.is_string() || kind.get_ref<const std::string&>().find(',') != std::string::npos) return invalid("kinds", "kinds is a list of words", "kinds");
                kinds += (kinds.empty() ? "" : ",") + kind.get<std::string>();
            }
            wish.kinds = kinds;
        } else if (name == "state") {
            if (value != "on" && value != "off") return invalid("state", "state is on or off", "state");
            wish.on = value == "on";
        } else if (name == "url" || name == "description" || name == "branch") {
            if (!value.is_string()) return invalid(name, name + " is text", name);
            (name == "url" ? wish.url : name == "branch" ? wish.branch : wish.description) = value.get<std::string>();
        } else {
            return invalid("unknown_member", "there is no member " + name.substr(0, 60), name.substr(0, 60));
        }
    }
    return wish;
}

std::optional<Seconds> moment_of(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_string() ? parse_moment(found->get_ref<const std::string&>()) : std::nullopt;
}

// "3" with or without its quotes; 0 where none was given.
std::optional<int> version_of(const Request& request) {
    auto text = request.field("If-Match");
    if (text.empty() || text == "*") return 0;
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    int version = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || version > 100'000'000) return std::nullopt;
        version = version * 10 + (c - '0');
    }
    return text.empty() || version == 0 ? std::nullopt : std::optional(version);
}

Response one_webhook(const Webhook& webhook, int status = 200) {
    auto response = answer(webhook_json(webhook), status);
    response.with("ETag", "\"" + std::to_string(webhook.version) + "\"");
    return response;
}

Response list_deliveries(const Webhooks& webhooks, const Caller& caller, const Request& request) {
    const auto query = Form::parse_query(request.query);
    const auto limit = limit_of(query);
    if (!limit) return bad_limit();
    std::optional<events::Place> before;
    if (query.has("after")) {
        before = events::place_from(query.get("after"));
        if (!before) return Response::problem(400, "cursor", "after is the last answer's next", "after");
    }
    const auto all = webhooks.deliveries(caller.actor, request.part("webhook"), query.get("state"), before, *limit);
    if (!all) return all.error().kind == ErrorKind::not_found ? nowhere() : problem(all.error());
    json out = {{"deliveries", json::array()}, {"next", static_cast<int>(all->size()) == *limit ? json(events::to_text(all->back().event)) : json(nullptr)}};
    for (const auto& one : *all) out["deliveries"].push_back(delivery_json(one));
    return answer(out);
}

Response show_delivery(const Webhooks& webhooks, const Caller& caller, const Request& request) {
    const auto event = events::place_from(request.part("delivery"));
    const auto one = event ? webhooks.find_delivery(caller.actor, request.part("webhook"), *event) : std::nullopt;
    if (!one) return nowhere();
    auto out = delivery_json(*one);
    out["body"] = one->body;
    out["tried"] = json::array();
    for (const auto& attempt : one->tried) {
        out["tried"].push_back({{"number", attempt.number}, {"at", moment(attempt.at)}, {"status", attempt.status == 0 ? json(nullptr) : json(attempt.status)},
                                {"milliseconds", attempt.milliseconds}, {"answer", text_or_null(attempt.answer)}, {"fault", text_or_null(attempt.fault)}});
    }
    return answer(out);
}

Response replay_range(const Webhooks& webhooks, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    const auto from = moment_of(*body, "from"), to = moment_of(*body, "to");
    if (!from || !to) return Response::problem(422, "range", "from and to are moments, 2026-11-27T06:00:00Z", from ? "to" : "from");
    const auto count = webhooks.replay_range(caller.actor, request.part("webhook"), *from, *to, flag_of(*body, "failed"));
    if (!count) return count.error().kind == ErrorKind::not_found ? nowhere() : problem(count.error());
    return answer({{"deliveries", *count}, {"most", Webhooks::most_replayed}}, 202);
}

Response done(const Result<void>& result, int status) {
    if (!result) return result.error().kind == ErrorKind::not_found ? nowhere() : problem(result.error());
    if (status == 204) return Response{204, "", "", {}, nullptr};
    return answer({{"state", "waiting"}}, status);
}

}  // namespace

void webhook_routes(Gate& gate, Webhooks& webhooks) {
    constexpr auto manage = Permission::webhooks_manage;
    gate.get("/api/v1/webhooks", manage, [&webhooks](const Caller& caller, const Request&) {
        json out = {{"webhooks", json::array()}};
        for (const auto& one : webhooks.list(caller.actor)) out["webhooks"].push_back(webhook_json(one));
        out["next"] = nullptr;
        return answer(out);
    });
    gate.post("/api/v1/webhooks", manage, [&webhooks](const Caller& caller, const Request& request) {
        const auto wish = wish_of(request);
        if (!wish) return problem(wish.error());
        const auto made = webhooks.create(caller.actor, *wish);
        return made ? answer(made_json(*made), 201) : problem(made.error());
    });
    gate.get("/api/v1/webhooks/{webhook}", manage, [&webhooks](const Caller& caller, const Request& request) {
        const auto one = webhooks.find(caller.actor, request.part("webhook"));
        return one ? one_webhook(*one) : nowhere();
    });
    gate.patch("/api/v1/webhooks/{webhook}", manage, [&webhooks](const Caller& caller, const Request& request) {
        const auto wish = wish_of(request);
        if (!wish) return problem(wish.error());
        const auto version = version_of(request);
        if (!version) return Response::problem(400, "if_match", "If-Match carries the version you read", "If-Match");
        const auto changed = webhooks.change(caller.actor, request.part("webhook"), *wish, *version);
        if (changed) return one_webhook(*changed);
        if (changed.error().code == "changed_meanwhile") return Response::problem(412, changed.error().code, changed.error().message);
        return changed.error().kind == ErrorKind::not_found ? nowhere() : problem(changed.error());
    });
    gate.del("/api/v1/webhooks/{webhook}", manage, [&webhooks](const Caller& caller, const Request& request) { return done(webhooks.remove(caller.actor, request.part("webhook")), 204); });
    gate.post("/api/v1/webhooks/{webhook}/secret", manage, [&webhooks](const Caller& caller, const Request& request) {
        const auto made = webhooks.rotate(caller.actor, request.part("webhook"));
        if (made) return answer(made_json(*made));
        return made.error().kind == ErrorKind::not_found ? nowhere() : problem(made.error());
    });
    gate.post("/api/v1/webhooks/{webhook}/test", manage, [&webhooks](const Caller& caller, const Request& request) { return done(webhooks.test(caller.actor, request.part("webhook")), 202); });
    gate.post("/api/v1/webhooks/{webhook}/replay", manage, [&webhooks](const Caller& caller, const Request& request) { return replay_range(webhooks, caller, request); });
    gate.get("/api/v1/webhooks/{webhook}/deliveries", manage, [&webhooks](const Caller& caller, const Request& request) { return list_deliveries(webhooks, caller, request); });
    gate.get("/api/v1/webhooks/{webhook}/deliveries/{delivery}", manage, [&webhooks](const Caller& caller, const Request& request) { return show_delivery(webhooks, caller, request); });
    gate.post("/api/v1/webhooks/{webhook}/deliveries/{delivery}/replay", manage, [&webhooks](const Caller& caller, const Request& request) {
        const auto event = events::place_from(request.part("delivery"));
        return event ? done(webhooks.replay(caller.actor, request.part("webhook"), *event), 202) : nowhere();
    });
}

}  // namespace verbatim::api
