// Entry bundles: the first byte says how many entries the rest should hold.
#include <cstdint>
#include <cstdlib>

#include "ground/merkle/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::merkle;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (text.empty()) return 0;
    const std::string_view bundle = text.substr(1);
    if (const auto entries = parse_bundle(bundle, static_cast<unsigned>(data[0]) + 1)) {
        std::string again;
        for (const std::string_view entry : *entries) append_to_bundle(again, entry);
        if (again != bundle) std::abort();
    }
    return 0;
}
