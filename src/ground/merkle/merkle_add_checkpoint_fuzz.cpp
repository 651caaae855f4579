// What a stranger posts to a witness: whatever is accepted has one spelling.
#include <cstdint>
#include <cstdlib>

#include "ground/merkle/add_checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::merkle;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto request = parse_add_checkpoint(text); request && encode(*request) != text) std::abort();
    return 0;
}
