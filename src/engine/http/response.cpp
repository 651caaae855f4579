#include "engine/http/http.h"
#include "engine/http/characters.h"
#include "engine/http/names.h"
#include "ground/base/log.h"

namespace verbatim::http {

std::string_view status_text(int status) {
    switch (status) {
        case 100: return "Continue";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        default: return "Status";
    }
}

std::string_view Request::field(std::string_view name) const {
    for (const auto& candidate : fields)
        if (equal_without_case(candidate.name, name)) return candidate.value;
    return {};
}

std::string_view Request::part(std::string_view name) const {
    const auto found = parts.find(name);
    return found == parts.end() ? std::string_view{} : std::string_view(found->second);
}

namespace {

Response make(int status, std::string_view content_type, std::string body) {
    Response response;
    response.status = status;
    response.content_type = content_type;
    response.body = std::move(body);
    return response;
}

}  // namespace

Response Response::html(std::string body, int status) { return make(status, "text/html; charset=utf-8", std::move(body)); }
Response Response::json(std::string body, int status) { return make(status, "application/json", std::move(body)); }
Response Response::text(std::string body, int status) { return make(status, "text/plain; charset=utf-8", std::move(body)); }

Response Response::streaming(std::string content_type, std::shared_ptr<Stream> stream) {
    auto response = make(200, content_type, {});
    response.stream = std::move(stream);
    return response;
}

Response Response::redirect(std::string to, int status) {
    auto response = make(status, "text/plain; charset=utf-8", {});
    response.with("Location", std::move(to));
    return response;
}

// "type" is left out and thereby "about:blank": `code` is the stable word, `title` the status's own text.
Response Response::problem(int status, std::string_view code, std::string_view detail, std::string_view field) {
    std::string body = "{\"title\":";
    log::append_json_string(body, status_text(status));
    body += ",\"status\":" + std::to_string(status) + ",\"code\":";
    log::append_json_string(body, code);
    if (!detail.empty()) {
        body += ",\"detail\":";
        log::append_json_string(body, detail);
    }
    if (!field.empty()) {
        body += ",\"field\":";
        log::append_json_string(body, field);
    }
    body += '}';
    return make(status, "application/problem+json", std::move(body));
}

}  // namespace verbatim::http
