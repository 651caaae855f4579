#include "engine/http/coding.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <stdexcept>

#include "engine/http/characters.h"

namespace verbatim::http {

std::string gzip(std::string_view bytes, int level) {
    z_stream stream{};
    constexpr int gzip_wrapper = 16;
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + gzip_wrapper, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib cannot start: out of memory");
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("zlib could not finish");
    return out;
}

std::string brotli(std::string_view bytes, int quality) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    if (!BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                               reinterpret_cast<const uint8_t*>(bytes.data()), &size, reinterpret_cast<uint8_t*>(out.data())))
        throw std::runtime_error("brotli could not finish");
    out.resize(size);
    return out;
}

bool is_compressible(std::string_view content_type) {
    const auto type = trim(content_type.substr(0, content_type.find(';')));
    if (starts_without_case(type, "text/")) return true;
    for (std::string_view text : {"application/json", "application/javascript", "application/xml", "application/manifest+json", "image/svg+xml"})
        if (equal_without_case(type, text)) return true;
    return type.ends_with("+json") || type.ends_with("+xml");
}

}  // namespace verbatim::http
