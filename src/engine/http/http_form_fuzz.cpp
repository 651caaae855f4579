// Forms: the first byte chooses the kind. What is accepted is bounded UTF-8 without NUL; an urlencoded form survives being
// coded again.
#include <cstdint>
#include <cstdlib>

#include "engine/http/http.h"
#include "engine/http/percent.h"

using namespace verbatim::http;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::string encode(std::string_view text) {
    std::string out;
    for (unsigned char c : text) {
        constexpr char digits[] = "0123456789ABCDEF";
        out += '%';
        out += digits[c >> 4];
        out += digits[c & 15];
    }
    return out;
}

void check(const Form& form) {
    require(form.values.size() <= 1000 && form.uploads.size() <= 1000);
    for (const auto& value : form.values)
        require(valid_utf8(value.first) && valid_utf8(value.second) && value.first.find('\0') == std::string::npos && value.second.find('\0') == std::string::npos);
    for (const auto& upload : form.uploads) require(valid_utf8(upload.first) && valid_utf8(upload.second.file_name));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    Request request;
    request.method = Method::post;
    request.body = bytes;
    if (data[0] % 2 == 0) {
        request.fields.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    } else {
        // the first line is the field, the rest the body
        const auto line_end = bytes.find('\n');
        request.fields.push_back({"Content-Type", "multipart/form-data; boundary=" + std::string(bytes.substr(0, line_end))});
        request.body = line_end == std::string_view::npos ? std::string() : std::string(bytes.substr(line_end + 1));
    }
    const auto form = Form::parse(request);
    if (form.ok()) {
        check(*form);
        if (data[0] % 2 == 0) {
            std::string again;
            for (const auto& value : form->values) again += encode(value.first) + "=" + encode(value.second) + "&";
            request.body = again;
            const auto second = Form::parse(request);
            require(second.ok() && second->values == form->values);
        }
    }
    check(Form::parse_query(bytes));
    return 0;
}
