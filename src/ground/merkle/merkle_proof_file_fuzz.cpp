// tlog-proof files: whatever is accepted has one spelling.
#include <cstdint>
#include <cstdlib>

#include "ground/merkle/proof_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::merkle;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto file = parse_proof_file(text); file && encode(*file) != text) std::abort();
    return 0;
}
