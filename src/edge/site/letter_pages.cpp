// /o/{token}: the picture in letters to people who agreed to be measured. /c/{token}?to=TARGET: the links of letters. The token signs the target, so the way leads where the letter said or nowhere; targets are
// pages of this platform. A GET notes that somebody came and changes nothing else (norm EML-3: programs follow links too).
#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

using http::Form;
using http::Request;
using http::Response;

Response go_on(const Desk& desk, const Request& request) {
    const auto target = std::string(Form::parse_query(request.query).get("to"));
    const bool ours = target.starts_with('/') && !target.starts_with("//") && target.find_first_of("\\\r\n") == std::string::npos;
    if (!ours || !desk.house.clicked || !desk.house.clicked(request)) return desk.message(desk.locale_for(request, {}), 404, "link_unknown");
    // The language is the reader's, as on every page; the form finds it by itself.
    const bool page = target == "/" || target.starts_with("/sites/");
    auto response = Response::redirect((page ? "/" + desk.locale_for(request, {}).language() : std::string()) + target, 302);
    // No address of the letter reaches the next page, and the next click is counted too.
    response.with("Referrer-Policy", "no-referrer").with("Cache-Control", "no-store").with("X-Robots-Tag", "noindex");
    return response;
}

// One transparent point (GIF89a), the same for every token, so that it tells nobody what is known.
constexpr std::string_view point("GIF89a\1\0\1\0\x80\0\0\0\0\0\0\0\0!\xf9\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", 43);

Response picture(const Desk& desk, const Request& request) {
    if (desk.house.opened) desk.house.opened(request);
    Response response;
    response.content_type = "image/gif";
    response.body = point;
    response.with("Cache-Control", "no-store").with("X-Robots-Tag", "noindex").with("Cross-Origin-Resource-Policy", "cross-origin");
    return response;
}

}  // namespace

void letter_routes(http::Router& router, const Desk& desk) {
    router.get("/o/{token}", [desk](const Request& request) { return picture(desk, request); });
    router.get("/c/{token}", [desk](const Request& request) { return go_on(desk, request); });
}

}  // namespace verbatim::site
