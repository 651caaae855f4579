#include "edge/site/site.h"

#include "edge/site/frame.h"

namespace verbatim::site {

void routes(http::Router& router, House house, Options options) {
    const Desk desk{house, std::move(options)};
    subject_routes(router, desk);
    about_routes(router, desk);
    privacy_routes(router, desk);
    check_routes(router, desk);
    figures_routes(router, desk);
    form_routes(router, desk);
    author_routes(router, desk);
    confirm_routes(router, desk);
    again_routes(router, desk);
    preference_routes(router, desk);
    letter_routes(router, desk);
    notice_routes(router, desk);
    api_routes(router, desk);
    asset_routes(router, desk);
    router.fallback([desk](const http::Request& request, int status) {
        if (request.path.rfind("/api/", 0) == 0) {
            const char* detail = status == 404 ? "there is nothing under this address" : status == 405 ? "this method is not possible here" : "the request could not be answered";
            return http::Response::problem(status, status == 404 ? "not_found" : status == 405 ? "method" : "failed", detail);
        }
        // The page in the language of the address where it has one, else in the visitor's.
        const auto slash = request.path.find('/', 1);
        const auto first = request.path.size() > 1 ? request.path.substr(1, slash == std::string::npos ? std::string::npos : slash - 1) : std::string();
        const auto& locale = desk.locale_for(request, first.size() <= 5 ? first : std::string());
        const char* kind = status == 404 ? "not_found" : status == 405 ? "method" : status == 413 ? "too_large" : status == 429 ? "too_many" : status == 503 ? "unavailable"
                           : status >= 500 ? "broken" : "bad_request";
        return desk.message(locale, status, kind);
    });
}

}  // namespace verbatim::site
