// QR codes (ISO/IEC 18004) as SVG, by libqrencode.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::qr {

// Black on white with the quiet zone of four modules, whatever the page's colours are: cameras want it so. One path, no style,
// no script, so it passes a strict content policy, inline or as an image. At most 1,000 bytes of text, else
// std::invalid_argument.
std::string svg(std::string_view text);

}  // namespace verbatim::qr
