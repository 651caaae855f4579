#include "record/webhooks/signature.h"

#include <stdexcept>

#include "ground/crypto/crypto.h"
#include "ground/formats/text_codes.h"

namespace verbatim::webhooks {

namespace {
constexpr std::string_view prefix = "whsec_";
}

std::string make_secret() { return std::string(prefix) + to_base64(crypto::random_bytes(32)); }

std::vector<http::Field> signed_fields(std::string_view id, Seconds at, std::string_view body, const std::vector<std::string>& secrets) {
    const auto moment = std::to_string(at);
    const auto content = std::string(id) + "." + moment + "." + std::string(body);
    std::string signatures;
    for (const std::string_view secret : secrets) {
        const auto key = secret.starts_with(prefix) ? from_base64(secret.substr(prefix.size())) : std::nullopt;
        if (!key) throw std::logic_error("a webhook's secret is not whsec_ and base64");
        if (!signatures.empty()) signatures += ' ';
        signatures += "v1," + to_base64(crypto::hmac_sha256(*key, content));
    }
    return {{"webhook-id", std::string(id)}, {"webhook-timestamp", moment}, {"webhook-signature", signatures}};
}

}  // namespace verbatim::webhooks
