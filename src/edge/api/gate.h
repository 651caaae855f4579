// The one way into the API for who is not just anybody: every private route is added here. The Gate finds out who calls (session or API
// key), holds the route's permission against him, and only then calls the route's function. A write by session needs its CSRF token
// (cookies.h). Every write stands in the audit trail: a line that commits with the act itself, or, where the act wrote nothing or failed, a
// line of its own. What the caller may see is cut by
// `caller.branch` in the function below the door; what lies beside his branch answers 404, as if it did not exist.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "edge/api/hygiene.h"
#include "engine/http/http.h"
#include "record/access/access.h"
#include "record/access/permissions.h"

namespace verbatim::api {

using access::Permission;

struct Caller {
    Actor actor;
    std::string branch;     // all he reaches
    std::string languages;  // "fr,en", given with a key
    std::string via;        // "session" | "key"
    std::string ref;        // which session or key; opens nothing
    access::Holder holder;  // the same as record/access knows him
};

using Act = std::function<http::Response(const Caller&, const http::Request&)>;

class Gate {
public:
    // Both must outlive the router's last request; the Gate itself need not.
    Gate(http::Router& router, access::Access& access, std::shared_ptr<Hygiene> hygiene);

    void get(std::string pattern, Permission permission, Act act) { add(http::Method::get, std::move(pattern), permission, std::move(act)); }
    void post(std::string pattern, Permission permission, Act act) { add(http::Method::post, std::move(pattern), permission, std::move(act)); }
    void put(std::string pattern, Permission permission, Act act) { add(http::Method::put, std::move(pattern), permission, std::move(act)); }
    void patch(std::string pattern, Permission permission, Act act) { add(http::Method::patch, std::move(pattern), permission, std::move(act)); }
    // A GET that is an act all the same: an export, words or addresses shown for a reason.
    void get_noted(std::string pattern, Permission permission, Act act) { add(http::Method::get, std::move(pattern), permission, std::move(act), true); }
    void del(std::string pattern, Permission permission, Act act) { add(http::Method::del, std::move(pattern), permission, std::move(act)); }

    struct Route {
        http::Method method;
        std::string pattern;
        Permission permission;
    };
    const std::vector<Route>& routes() const { return routes_; }

private:
    void add(http::Method method, std::string pattern, Permission permission, Act act, bool noted = false);

    http::Router& router_;
    access::Access& access_;
    std::shared_ptr<Hygiene> hygiene_;
    std::vector<Route> routes_;
};

}  // namespace verbatim::api
