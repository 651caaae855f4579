// A counter response as bytes to send.
#pragma once

#include <string>
#include <string_view>

#include "engine/http/http.h"

namespace verbatim::http {

// Appends "Name: value\r\n"; throws std::invalid_argument where either would break out of its line.
void append_field(std::string& head, std::string_view name, std::string_view value);

struct Reply {
    int status = 0;
    std::string head;  // without Date, Connection and the empty line
    std::string body;  // empty for HEAD and 304
    std::shared_ptr<Stream> stream;  // follows the head
};

// What the request says about the answer.
struct Asked {
    Method method = Method::get;
    std::string accept_encoding, if_none_match;
    bool http_1_0 = false;
};

// Adds the fields of every counter response, compresses where it pays, answers a conditional request, counts the length.
// The handler's own fields win over default_fields. A field that could split the response makes it a 500.
Reply finish_reply(Response response, const Asked& asked, std::string_view request_id, const std::vector<Field>& default_fields);

// The short answer to what never reached a handler; the connection closes after it.
Reply refusal(int status, std::string_view what);
// The same to a program: RFC 9457 application/problem+json.
Reply problem_refusal(int status, std::string_view what);
// Is it a program that asks? Programs ask below /api/. `target` in origin form.
bool asked_by_program(std::string_view target);
// The target of a request whose head is not whole or not right, as far as it has come: "POST /api/v1 ..." has "/api/v1".
std::string_view target_so_far(std::string_view head);

}  // namespace verbatim::http
