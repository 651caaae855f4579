// /u/{token}: unsubscribe, and preferences by topic and channel (norms EML-1, EML-3, EML-4). The one-click POST of RFC 8058 needs no cookie, no
// confirmation, takes urlencoded and multipart, and never redirects; a GET changes nothing.
#include "edge/site/frame.h"

namespace verbatim::site {
namespace {

using http::Form;
using http::Request;
using http::Response;

Response show(const Desk& desk, const Request& request, bool done) {
    const auto wishes = desk.house.wishes.wishes(request.part("token"));
    if (!wishes) return desk.message(desk.locale_for(request, {}), 404, "link_unknown");
    const auto& locale = desk.locale_for(request, wishes->locale);
    auto data = desk.frame(locale, {});
    data["DONE"] = done;
    data["EMAIL_MASKED"] = wishes->known_as;
    data["ACTION_URL"] = request.path;
    const auto listed = [](const std::vector<contact::Wishes::One>& all) {
        auto list = json::array();
        for (const auto& one : all) list.push_back({{"CODE", one.code}, {"WANTED", one.wanted}});
        return list;
    };
    data["PURPOSES"] = listed(wishes->topics);
    data["CHANNELS"] = listed(wishes->channels);
    auto response = desk.page("unsubscribe", locale, data);
    return keep_private(response);
}

// A form that shows no channels (an older page, still open somewhere) says nothing of them.
bool set_wishes(const Desk& desk, std::string_view token, const Form& form) {
    const auto wishes = desk.house.wishes.wishes(token);
    if (!wishes) return false;
    const auto chosen = [&](const std::vector<contact::Wishes::One>& all, const std::string& prefix, bool asked) {
        std::set<std::string, std::less<>> list;
        for (const auto& one : all)
            if (asked ? form.has(prefix + one.code) : one.wanted) list.insert(one.code);
        return list;
    };
    return desk.house.wishes.set(token, chosen(wishes->topics, "purpose_", true), chosen(wishes->channels, "channel_", form.has("channels")));
}

}  // namespace

void preference_routes(http::Router& router, const Desk& desk) {
    router.get("/u/{token}", [desk](const Request& request) { return show(desk, request, false); });
    router.post("/u/{token}", [desk](const Request& request) {
        const auto form = Form::parse(request);
        if (!form) return desk.message(desk.locale_for(request, {}), 400, "bad_request");
        const auto token = request.part("token");
        // Anything but the preferences form means "stop": RFC 8058's List-Unsubscribe=One-Click, the big button, an empty post.
        const bool known = form->has("preferences") ? set_wishes(desk, token, *form) : desk.house.contact.set_preferences(token, false, "unsubscribe_link");
        if (!known) return desk.message(desk.locale_for(request, {}), 404, "link_unknown");
        return show(desk, request, true);
    });
}

}  // namespace verbatim::site
