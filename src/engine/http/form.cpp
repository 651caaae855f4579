#include "engine/http/characters.h"
#include "engine/http/http.h"
#include "engine/http/multipart.h"
#include "engine/http/percent.h"

namespace verbatim::http {

namespace {

constexpr std::size_t most_values = 1000;

// Text the database can hold: UTF-8 without NUL.
bool is_text(std::string_view bytes) { return valid_utf8(bytes) && bytes.find('\0') == std::string_view::npos; }

Error too_many() { return invalid("form_fields", "a form may hold 1000 fields"); }
Error not_utf8(std::string field) { return invalid("form_utf8", "the form is not valid UTF-8", is_text(field) ? std::move(field) : std::string{}); }

Result<Form> parse_urlencoded(std::string_view body) {
    Form form;
    for (auto rest = body; !rest.empty();) {
        const auto end = rest.find('&');
        const auto pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (pair.empty()) continue;
        if (form.values.size() == most_values) return too_many();
        const auto equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals), Plus::is_space);
        auto value = percent_decode(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), Plus::is_space);
        if (!name || !value) return invalid("form_encoding", "a % in the form is not followed by two hex digits");
        if (!is_text(*name) || !is_text(*value)) return not_utf8(std::move(*name));
        form.values.emplace_back(std::move(*name), std::move(*value));
    }
    return form;
}

Result<Form> parse_multipart(std::string_view content_type, std::string_view body) {
    auto parts = split_multipart(content_type, body, most_values);
    if (!parts) return parts.error();
    Form form;
    for (auto& part : *parts) {
        if (!is_text(part.name) || !is_text(part.file_name)) return not_utf8(std::move(part.name));
        if (part.is_file) {
            form.uploads.emplace_back(std::move(part.name), Upload{std::move(part.file_name), std::string(part.content_type), std::string(part.bytes)});
        } else {
            if (!is_text(part.bytes)) return not_utf8(std::move(part.name));
            form.values.emplace_back(std::move(part.name), std::string(part.bytes));
        }
    }
    return form;
}

}  // namespace

Result<Form> Form::parse(const Request& request) {
    const auto content_type = request.field("Content-Type");
    const auto type = trim(content_type.substr(0, content_type.find(';')));
    if (equal_without_case(type, "application/x-www-form-urlencoded")) return parse_urlencoded(request.body);
    if (equal_without_case(type, "multipart/form-data")) return parse_multipart(content_type, request.body);
    if (request.body.empty()) return Form{};
    return invalid("form_type", "a form is application/x-www-form-urlencoded or multipart/form-data");
}

// A link may be hand-written: what cannot be read is left out, nothing is refused.
Form Form::parse_query(std::string_view query) {
    Form form;
    while (!query.empty() && form.values.size() < most_values) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        auto name = percent_decode_leniently(pair.substr(0, equals), Plus::is_space);
        auto value = percent_decode_leniently(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), Plus::is_space);
        if (is_text(name) && is_text(value)) form.values.emplace_back(std::move(name), std::move(value));
    }
    return form;
}

std::string_view Form::get(std::string_view name) const& {
    for (const auto& [candidate, value] : values)
        if (candidate == name) return value;
    return {};
}

bool Form::has(std::string_view name) const {
    for (const auto& [candidate, value] : values)
        if (candidate == name) return true;
    return false;
}

}  // namespace verbatim::http
