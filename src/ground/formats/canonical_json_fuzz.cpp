// What is called canonical is written back byte for byte; what is written is called canonical.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "ground/formats/canonical_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const bool canonical = verbatim::is_canonical_json(bytes);
    const auto value = nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (value.is_discarded()) {
        if (canonical) std::abort();
        return 0;
    }
    try {
        const std::string written = verbatim::canonical_json(value);
        if (!verbatim::is_canonical_json(written) || canonical != (written == bytes)) std::abort();
    } catch (const std::invalid_argument&) {
        if (canonical) std::abort();
    }
    return 0;
}
