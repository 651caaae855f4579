#include "engine/qr/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace verbatim::qr {

std::string svg(std::string_view text) {
    if (text.empty() || text.size() > 1000) throw std::invalid_argument("a QR code holds 1 to 1000 bytes here");
    struct Free {
        void operator()(QRcode* code) const { QRcode_free(code); }
    };
    const std::unique_ptr<QRcode, Free> code(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code) throw std::runtime_error("libqrencode made no code");
    constexpr int quiet = 4;
    const int width = code->width;
    std::string path;
    // A run of dark modules in a row is one rectangle.
    for (int y = 0; y < width; ++y) {
        const unsigned char* row = code->data + static_cast<std::ptrdiff_t>(y) * width;
        for (int x = 0; x < width; ++x) {
            if (!(row[x] & 1)) continue;
            const int begin = x;
            while (x + 1 < width && row[x + 1] & 1) ++x;
            path += "M" + std::to_string(begin + quiet) + " " + std::to_string(y + quiet) + "h" + std::to_string(x + 1 - begin) + "v1h-" + std::to_string(x + 1 - begin) + "z";
        }
    }
    const auto size = std::to_string(width + 2 * quiet);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size + "\" shape-rendering=\"crispEdges\"><rect width=\"" + size +
           "\" height=\"" + size + "\" fill=\"#fff\"/><path d=\"" + path + "\" fill=\"#000\"/></svg>";
}

}  // namespace verbatim::qr
