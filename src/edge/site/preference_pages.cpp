// /u/{token}: unsubscribe and preferences (norms EML-1, EML-3, EML-4). The one-click POST of RFC 8058 needs no cookie, no
// confirmation, takes urlencoded and multipart, and never redirects; a GET changes nothing.
#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

using http::Form;
using http::Request;
using http::Response;

Response show(const Desk& desk, const Request& request, bool done) {
    const auto wishes = desk.house.contact.preferences(request.part("token"));
    if (!wishes) return desk.message(desk.locale_for(request, {}), 404, "link_unknown");
    const auto& locale = desk.locale_for(request, wishes->locale);
    auto data = desk.frame(locale, {});
    data["DONE"] = done;
    data["EMAIL_MASKED"] = wishes->email_masked;
    data["ACTION_URL"] = request.path;
    data["PURPOSES"] = json::array({{{"CODE", "invitation"}, {"WANTED", wishes->invitations}}});
    auto response = desk.page("unsubscribe", locale, data);
    return keep_private(response);
}

}  // namespace

void preference_routes(http::Router& router, const Desk& desk) {
    router.get("/u/{token}", [desk](const Request& request) { return show(desk, request, false); });
    router.post("/u/{token}", [desk](const Request& request) {
        const auto form = Form::parse(request);
        if (!form) return desk.message(desk.locale_for(request, {}), 400, "bad_request");
        // Anything but the preferences form means "stop": RFC 8058's List-Unsubscribe=One-Click, the big button, an empty post.
        const bool wants = form->has("preferences") && form->has("purpose_invitation");
        if (!desk.house.contact.set_preferences(request.part("token"), wants, form->has("preferences") ? "preference_page" : "unsubscribe_link")) return desk.message(desk.locale_for(request, {}), 404, "link_unknown");
        return show(desk, request, true);
    });
}

}  // namespace verbatim::site
