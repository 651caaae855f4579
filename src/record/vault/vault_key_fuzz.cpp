// What is read of a key file is written back as the same keys.
#include <cstdint>

#include "record/vault/key_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto keys = verbatim::vault::parse_keys({reinterpret_cast<const char*>(data), size});
    if (!keys) return 0;
    const auto again = verbatim::vault::parse_keys(verbatim::vault::write_keys(*keys));
    if (!again || again->keys.size() != keys->keys.size() || again->pepper != keys->pepper) __builtin_trap();
    return 0;
}
