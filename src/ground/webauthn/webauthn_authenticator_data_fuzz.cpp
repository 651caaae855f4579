// Authenticator data and the key inside: every byte has one place, so that cutting the end off is never accepted as well.
#include <cstdint>
#include <cstdlib>

#include "ground/webauthn/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::webauthn;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto parsed = parse_authenticator_data(bytes)) {
        if (parsed->attested && (parsed->attested->credential_id.empty() || parsed->attested->public_key.empty())) std::abort();
        if (parse_authenticator_data(bytes.substr(0, size - 1))) std::abort();
        if (parsed->attested) (void)parse_cose_key(parsed->attested->public_key);
    }
    (void)parse_cose_key(bytes);
    return 0;
}
