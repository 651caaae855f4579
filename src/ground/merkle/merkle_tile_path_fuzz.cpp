// Tile paths: whatever is accepted has one spelling.
#include <cstdint>
#include <cstdlib>

#include "ground/merkle/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::merkle;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto path = parse_tile_path(text); path && encode(*path) != text) std::abort();
    return 0;
}
