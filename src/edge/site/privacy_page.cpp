// /{locale}/privacy: the whole notice of GDPR 13 and 14, made from the live settings (norms GDP-2, GDP-5). The first letter to a
// person whom a dealer named leads here.
#include "edge/site/frame.h"

namespace verbatim::site {

void privacy_routes(http::Router& router, const Desk& desk) {
    router.get("/{locale}/privacy", [desk](const http::Request& request) {
        const auto* locale = desk.locale_of(request);
        if (!locale) return desk.message(desk.locale_for(request, {}), 404, "not_found");
        auto data = desk.frame(*locale, "/privacy");
        data["NOTICE_VERSION"] = contact::privacy_notice_version;
        data["PRIVACY_CONTACT"] = desk.options.privacy_contact.empty() ? desk.options.contact_email : desk.options.privacy_contact;
        data["AUTHORITY"] = desk.options.privacy_authority;
        const auto& keep = desk.options.retention;
        const std::pair<const char*, int> lines[] = {{"review", keep.review}, {"refused", keep.refused}, {"identity", keep.identity}, {"unanswered", keep.unanswered},
                                                     {"message", keep.message}, {"consent", keep.consent}, {"notice", keep.notice}, {"call", keep.call}};
        data["KEEP"] = json::array();
        for (const auto& [code, months] : lines) data["KEEP"].push_back({{"CODE", code}, {"MONTHS", months}});
        return desk.page("privacy", *locale, data);
    });
}

}  // namespace verbatim::site
