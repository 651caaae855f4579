#include <openssl/evp.h>

#include <stdexcept>

#include "engine/http/coding.h"
#include "engine/http/http.h"
#include "engine/http/reply.h"

namespace verbatim::http {

namespace {

constexpr int gzip_level = 6, brotli_quality = 5;

// A tag that changes with any byte: the first 96 bits of the SHA-256 over type and body.
std::string etag_of(std::string_view content_type, std::string_view body) {
    std::string bytes(content_type);
    bytes += '\n';
    bytes += body;
    unsigned char digest[EVP_MAX_MD_SIZE];
    if (EVP_Digest(bytes.data(), bytes.size(), digest, nullptr, EVP_sha256(), nullptr) != 1) throw std::runtime_error("SHA-256 is missing");
    std::string text;
    constexpr char digits[] = "0123456789abcdef";
    for (int i = 0; i < 12; ++i) {
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

}  // namespace

std::shared_ptr<const FinishedPage> finish_page(std::string_view content_type, std::string body, const std::vector<Field>& fields, bool compress) {
    auto page = std::make_shared<FinishedPage>();
    const auto tag = etag_of(content_type, body);

    std::string shared_fields;
    for (const auto& field : fields) append_field(shared_fields, field.name, field.value);
    if (compress) append_field(shared_fields, "Vary", "Accept-Encoding");

    const auto finish = [&](FinishedPage::Coded& coded, std::string_view coding, std::string bytes) {
        coded.etag = "\"" + tag + (coding.empty() ? "" : "-" + std::string(coding)) + "\"";
        coded.head = "HTTP/1.1 200 OK\r\n";
        append_field(coded.head, "Content-Type", content_type);
        append_field(coded.head, "Content-Length", std::to_string(bytes.size()));
        if (!coding.empty()) append_field(coded.head, "Content-Encoding", coding);
        append_field(coded.head, "ETag", coded.etag);
        coded.head += shared_fields;
        coded.not_modified = "HTTP/1.1 304 Not Modified\r\n";
        append_field(coded.not_modified, "ETag", coded.etag);
        coded.not_modified += shared_fields;
        coded.body = std::move(bytes);
        coded.head.shrink_to_fit();
        coded.not_modified.shrink_to_fit();
        coded.body.shrink_to_fit();
    };
    // A coding must save more than its own header line costs.
    constexpr std::size_t least_saving = 30;
    if (compress) {
        if (auto bytes = gzip(body, gzip_level); bytes.size() + least_saving < body.size()) finish(page->gzip.emplace(), "gzip", std::move(bytes));
        if (auto bytes = brotli(body, brotli_quality); bytes.size() + least_saving < body.size()) finish(page->brotli.emplace(), "br", std::move(bytes));
    }
    finish(page->identity, {}, std::move(body));
    return page;
}

}  // namespace verbatim::http
