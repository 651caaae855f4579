// Client data: what is accepted is bounded and names a challenge.
#include <cstdint>
#include <cstdlib>

#include "ground/webauthn/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::webauthn;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto parsed = parse_client_data(text); parsed && (size > most_client_data || parsed->challenge.size() > size)) std::abort();
    return 0;
}
