#include "engine/http/reply.h"

#include <stdexcept>

#include "engine/http/characters.h"
#include "engine/http/coding.h"
#include "engine/http/negotiate.h"
#include "engine/http/names.h"
#include "engine/http/stream.h"
#include "ground/base/log.h"

namespace verbatim::http {

namespace {

constexpr std::size_t least_compressed = 2 * 1024;
constexpr int gzip_level = 1;

const Field* find(const std::vector<Field>& fields, std::string_view name) {
    for (const auto& field : fields)
        if (equal_without_case(field.name, name)) return &field;
    return nullptr;
}

// Framing is the connection's own business.
bool is_ours(std::string_view name) {
    for (std::string_view ours : {"content-length", "transfer-encoding", "connection", "date", "content-type", "x-request-id"})
        if (equal_without_case(name, ours)) return true;
    return false;
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void start(Reply& reply, int status) {
    reply.status = status;
    reply.head = "HTTP/1.1 " + std::to_string(status) + " ";
    reply.head += status_text(status);
    reply.head += "\r\n";
}

Reply assemble(Response&& response, const Asked& asked, std::string_view request_id, const std::vector<Field>& default_fields) {
    const bool reading = is_reading(asked.method);
    std::string etag;
    if (const auto* field = find(response.fields, "ETag")) etag = field->value;
    if (reading && response.status == 200 && !etag.empty() && !asked.if_none_match.empty() && names_etag(asked.if_none_match, etag)) {
        response.status = 304;
        response.body.clear();
    }
    // The same for a page whether it was compressed or not, or a cache would keep the wrong one.
    const bool streamed = response.stream && asked.method != Method::head;
    const bool varies = reading && !response.stream && !find(response.fields, "Content-Encoding") && is_compressible(response.content_type);
    bool coded = false;
    if (varies && response.status == 200 && response.body.size() > least_compressed) {
        const auto accepted = accepted_codings(asked.accept_encoding);
        if (accepted.gzip > 0 && accepted.gzip >= accepted.identity) {
            response.body = gzip(response.body, gzip_level);
            coded = true;
        }
    }

    Reply reply;
    start(reply, response.status);
    if (has_body(response.status)) {
        if (!response.content_type.empty()) append_field(reply.head, "Content-Type", response.content_type);
        if (!response.stream) append_field(reply.head, "Content-Length", std::to_string(response.body.size()));
        else if (!asked.http_1_0) append_field(reply.head, "Transfer-Encoding", "chunked");
    }
    if (coded) append_field(reply.head, "Content-Encoding", "gzip");
    bool vary_said = false;
    for (const auto& field : response.fields) {
        if (is_ours(field.name)) continue;
        if (varies && equal_without_case(field.name, "Vary")) {
            append_field(reply.head, "Vary", field.value == "*" ? "*" : field.value + ", Accept-Encoding");
            vary_said = true;
        } else if (equal_without_case(field.name, "ETag") && !field.value.starts_with("W/") && coded) {
            append_field(reply.head, "ETag", "W/" + field.value);  // the coded bytes are not the tagged ones
        } else {
            append_field(reply.head, field.name, field.value);
        }
    }
    for (const auto& field : default_fields)
        if (!find(response.fields, field.name)) append_field(reply.head, field.name, field.value);
    if (varies && !vary_said) append_field(reply.head, "Vary", "Accept-Encoding");
    append_field(reply.head, "X-Request-Id", request_id);
    if (asked.method != Method::head && has_body(response.status)) reply.body = std::move(response.body);
    if (streamed) reply.stream = std::move(response.stream);
    else if (response.stream) response.stream->end();
    return reply;
}

}  // namespace

void append_field(std::string& head, std::string_view name, std::string_view value) {
    if (!all_are(name, token_character) || (!value.empty() && !all_are(value, value_character)))
        throw std::invalid_argument("a response field holds a character that may not stand there");
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

Reply finish_reply(Response response, const Asked& asked, std::string_view request_id, const std::vector<Field>& default_fields) {
    try {
        return assemble(std::move(response), asked, request_id, default_fields);
    } catch (const std::exception& fault) {
        log::error("response could not be built", {{"id", request_id}, {"fault", fault.what()}});
        return assemble(Response::text("500 Internal Server Error\n", 500), asked, request_id, {});
    }
}

Reply refusal(int status, std::string_view what) {
    Reply reply;
    start(reply, status);
    reply.body = std::to_string(status) + " ";
    reply.body += status_text(status);
    if (!what.empty()) {
        reply.body += ": ";
        reply.body += what;
    }
    reply.body += '\n';
    append_field(reply.head, "Content-Type", "text/plain; charset=utf-8");
    append_field(reply.head, "Content-Length", std::to_string(reply.body.size()));
    return reply;
}

Reply problem_refusal(int status, std::string_view what) {
    const char* code = status == 408 ? "too_slow" : status == 413 ? "too_large" : status == 429 ? "too_many" : status == 431 ? "header_too_large" : status == 503 ? "busy"
                       : status >= 500 ? "failed" : "malformed";
    auto problem = Response::problem(status, code, what);
    Reply reply;
    start(reply, status);
    append_field(reply.head, "Content-Type", problem.content_type);
    append_field(reply.head, "Content-Length", std::to_string(problem.body.size()));
    reply.body = std::move(problem.body);
    return reply;
}

bool asked_by_program(std::string_view target) { return target.starts_with("/api/"); }

std::string_view target_so_far(std::string_view head) {
    head = head.substr(0, head.find_first_of("\r\n"));
    const auto space = head.find(' ');
    if (space == std::string_view::npos) return {};
    const auto target = head.substr(space + 1);
    return target.substr(0, target.find(' '));
}

}  // namespace verbatim::http
