#include "edge/api/answers.h"
#include "edge/api/settings.h"

namespace verbatim::api {
namespace {

using http::Form;
using http::Request;
using http::Response;
using network::Register;
using network::Site;
using nlohmann::json;

json site_json(const Site& site) {
    json services = json::array();
    for (std::string_view rest = site.services; !rest.empty();) {
        const auto end = rest.find(';');
        services.push_back(std::string(rest.substr(0, end)));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return {{"code", site.code}, {"name", site.name}, {"dealer", text_or_null(site.dealer)}, {"group", text_or_null(site.group)}, {"country", text_or_null(site.country)},
            {"locale", text_or_null(site.locale)}, {"timezone", text_or_null(site.timezone)}, {"street", text_or_null(site.street)}, {"postcode", text_or_null(site.postcode)},
            {"city", text_or_null(site.city)}, {"phone", text_or_null(site.phone)}, {"email", text_or_null(site.email)}, {"services", std::move(services)},
            {"opening", text_or_null(site.opening)}, {"active", site.active}, {"updated_at", moment(site.updated_at)}};
}

Response one_site(const Site& site) {
    auto response = answer(site_json(site));
    response.with("ETag", "\"" + std::to_string(site.updated_at) + "\"");
    return response;
}

std::optional<Seconds> seen(const Request& request) {
    auto text = request.field("If-Match");
    if (text.empty() || text == "*") return 0;
    if (text.size() < 3 || text.front() != '"' || text.back() != '"' || text.size() > 16) return std::nullopt;
    Seconds at = 0;
    for (const char c : text.substr(1, text.size() - 2)) {
        if (c < '0' || c > '9') return std::nullopt;
        at = at * 10 + (c - '0');
    }
    return at;
}

Response change_site(const Register& sites, const Caller& caller, const Request& request) {
    const auto body = object_of(request);
    if (!body) return problem(body.error());
    Register::Wish wish;
    for (const auto& [name, value] : body->items()) {
        if (name == "active") {
            if (!value.is_boolean()) return problem(invalid(name, "active is true or false", name));
            wish.active = value.get<bool>();
        } else if (name == "name" || name == "phone" || name == "email" || name == "opening") {
            if (!value.is_string()) return problem(invalid(name, name + " is text", name));
            (name == "name" ? wish.name : name == "phone" ? wish.phone : name == "email" ? wish.email : wish.opening) = value.get<std::string>();
        } else {
            return problem(invalid("unknown_member", "that cannot be changed here: " + name.substr(0, 60), name.substr(0, 60)));
        }
    }
    const auto version = seen(request);
    if (!version) return Response::problem(400, "if_match", "If-Match carries the ETag you read", "If-Match");
    const auto changed = sites.change(caller.branch, request.part("site"), wish, *version);
    if (changed) return one_site(*changed);
    if (changed.error().code == "changed_meanwhile") return Response::problem(412, changed.error().code, changed.error().message);
    return changed.error().kind == ErrorKind::not_found ? nowhere() : problem(changed.error());
}

}  // namespace

void site_routes(Gate& gate, std::shared_ptr<const Register> sites) {
    gate.get("/api/v1/network/sites", Permission::network_read, [sites](const Caller& caller, const Request& request) {
        const auto query = Form::parse_query(request.query);
        const auto limit = limit_of(query);
        if (!limit) return bad_limit();
        const auto all = sites->list(caller.branch, query.get("branch"), query.get("q").substr(0, 100), query.get("after"), *limit);
        if (!all) return nowhere();
        json out = {{"sites", json::array()}, {"next", static_cast<int>(all->size()) == *limit ? json(all->back().code) : json(nullptr)}};
        for (const auto& site : *all) out["sites"].push_back(site_json(site));
        return answer(out);
    });
    gate.get("/api/v1/network/sites/{site}", Permission::network_read, [sites](const Caller& caller, const Request& request) {
        const auto site = sites->find(caller.branch, request.part("site"));
        return site ? one_site(*site) : nowhere();
    });
    gate.patch("/api/v1/network/sites/{site}", Permission::network_manage, [sites](const Caller& caller, const Request& request) { return change_site(*sites, caller, request); });
}

}  // namespace verbatim::api
