// ID tokens, key sets and provider documents: nobody is let in by a token that no key signed.
#include <cstdint>
#include <cstdlib>

#include "ground/formats/text_codes.h"
#include "ground/openid/openid.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verbatim::openid;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const std::vector<SigningKey> keys = {{"k", "ES256", verbatim::crypto::P256PublicKey{
        verbatim::from_base64url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU").value(), verbatim::from_base64url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0").value()}}};
    if (verify_id_token(text, keys, {"https://a.example", "c", "n", 1'795'000'000})) std::abort();
    (void)parse_keys(text);
    if (const auto provider = parse_provider(text, "https://a.example"); provider && !safe_address(provider->token_endpoint)) std::abort();
    return 0;
}
