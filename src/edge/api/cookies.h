// The session's cookie, and what keeps other sites from using it. For the API's private routes.
//
// The cookie is __Host- (https), HttpOnly and SameSite=Strict. A write needs the header X-CSRF-Token beside it: an HMAC of the session's
// token, which GET /api/v1/session tells. A token of its own rather than Origin or Sec-Fetch-Site alone, because a proxy may rewrite Host,
// and a workshop's own network is plain http, where browsers send no Sec-Fetch-Site; derived rather than stored, so that nothing is to be
// kept and tabs never fall out of step.
#pragma once

#include <optional>

#include "engine/http/http.h"
#include "record/access/access.h"

namespace verbatim::api {

// The token in the session's cookie; "" where there is none.
std::string_view session_of(const http::Request& request);
// By session or by key.
std::optional<access::Holder> holder_of(const access::Access& access, const http::Request& request);
http::Response who_are_you();

std::string csrf_of(std::string_view token);
bool csrf_fits(const http::Request& request);
http::Response csrf_missing();
// false where the request names another origin.
bool same_origin(const http::Request& request);

access::Device device_of(const http::Request& request);
// {"state":"open"|"factor"|"enrol","methods":[...]} with the cookies, or the problem.
http::Response signed_in(const http::Request& request, const access::SignIn& done);
void forget_session(http::Response& response, const http::Request& request);

}  // namespace verbatim::api
