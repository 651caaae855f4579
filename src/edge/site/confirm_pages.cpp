// /confirm/{token}: the address of an author nobody had proven (norm COL-1). A GET changes nothing: mail scanners follow links.
#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

using http::Request;
using http::Response;

Response show(const Desk& desk, const Request& request, const Result<bool>& confirmed) {
    const auto& locale = desk.locale_for(request, {});
    if (!confirmed) return desk.failure(locale, confirmed.error());
    auto data = desk.frame(locale, {});
    data["DONE"] = *confirmed;
    data["ACTION_URL"] = request.path;
    auto response = desk.page("confirm_address", locale, data);
    return keep_private(response);
}

}  // namespace

void confirm_routes(http::Router& router, const Desk& desk) {
    router.get("/confirm/{token}", [desk](const Request& request) { return show(desk, request, desk.house.collect.address_confirmed(request.part("token"))); });
    router.post("/confirm/{token}", [desk](const Request& request) {
        if (from_elsewhere(request)) return desk.message(desk.locale_for(request, {}), 403, "forbidden");
        const auto done = desk.house.collect.confirm_address(request.part("token"));
        return show(desk, request, done ? Result<bool>(true) : Result<bool>(done.error()));
    });
}

}  // namespace verbatim::site
