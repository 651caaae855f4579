// Attestation objects, up to the whole registration: nobody registers without the right challenge.
#include <cstdint>
#include <cstdlib>

#include "ground/webauthn/ceremony.h"
#include "ground/webauthn/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::webauthn;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto object = parse_attestation_object(bytes)) {
        if (object->format.empty() || object->authenticator_data.empty()) std::abort();
        (void)parse_authenticator_data(object->authenticator_data);
    }
    const Expected expected{std::string(32, 'c'), "https://example.org", "example.org", true};
    if (verify_registration(expected, R"({"type":"webauthn.create","challenge":"AAAA","origin":"https://example.org"})", bytes)) std::abort();
    return 0;
}
