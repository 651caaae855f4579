#include <nlohmann/json.hpp>

#include <algorithm>

#include "ground/crypto/crypto.h"
#include "ground/formats/percent.h"
#include "ground/formats/text_codes.h"
#include "ground/openid/json.h"
#include "ground/openid/openid.h"

namespace verbatim::openid {
namespace {

Error bad_provider(const std::string& what) { return invalid("directory_document", "the directory's description of itself " + what); }

bool offers(const nlohmann::json& document, const char* name, std::string_view value) {
    const auto found = document.find(name);
    return found != document.end() && found->is_array() && std::any_of(found->begin(), found->end(), [&](const auto& one) { return one.is_string() && one.template get_ref<const std::string&>() == value; });
}

}  // namespace

bool safe_address(std::string_view url) {
    if (url.size() > 2000 || std::any_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\\' || c == '#' || c == 0x7f; })) return false;
    const bool secure = url.starts_with("https://");
    if (!secure && !url.starts_with("http://")) return false;
    url.remove_prefix(secure ? 8 : 7);
    auto host = url.substr(0, url.find_first_of("/?"));
    if (host.empty() || host.find('@') != std::string_view::npos) return false;
    if (secure) return true;
    if (host.starts_with('[')) host = host.substr(0, host.find(']') + 1);
    else host = host.substr(0, host.find(':'));
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

std::string discovery_url(std::string_view issuer) {
    if (issuer.ends_with('/')) issuer.remove_suffix(1);
    return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<Provider> parse_provider(std::string_view text, std::string_view issuer) {
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (!document.is_object()) return bad_provider("is no JSON object");
    Provider provider;
    provider.issuer = string_of(document, "issuer");
    // Discovery section 4.3: exactly the issuer that was configured, or another tenant's directory could speak for this one.
    if (provider.issuer != issuer) return bad_provider("names the issuer \"" + provider.issuer.substr(0, 200) + "\", not \"" + std::string(issuer) + "\": set access.oidc.issuer to what it says, if that is right");
    provider.authorization_endpoint = string_of(document, "authorization_endpoint");
    provider.token_endpoint = string_of(document, "token_endpoint");
    provider.jwks_uri = string_of(document, "jwks_uri");
    provider.end_session_endpoint = string_of(document, "end_session_endpoint");
    for (const auto& url : {provider.authorization_endpoint, provider.token_endpoint, provider.jwks_uri})
        if (!safe_address(url)) return bad_provider("lacks an https address it must have");
    if (!provider.end_session_endpoint.empty() && !safe_address(provider.end_session_endpoint)) provider.end_session_endpoint.clear();
    if (document.contains("response_types_supported") && !offers(document, "response_types_supported", "code")) return bad_provider("offers no authorization code flow");
    // PKCE is asked for in any case (RFC 9700 section 2.1.1); a provider that says which methods it knows must know S256.
    if (document.contains("code_challenge_methods_supported") && !offers(document, "code_challenge_methods_supported", "S256")) return bad_provider("offers no PKCE with S256");
    provider.secret_in_body = offers(document, "token_endpoint_auth_methods_supported", "client_secret_post");
    const auto names = document.find("authorization_response_iss_parameter_supported");
    provider.names_itself = names != document.end() && names->is_boolean() && names->get<bool>();
    return provider;
}

Result<std::vector<SigningKey>> parse_keys(std::string_view text) {
    constexpr std::size_t most_keys = 50;
    const auto document = nlohmann::json::parse(text, nullptr, false);
    const auto list = document.is_object() ? document.find("keys") : document.end();
    if (!document.is_object() || list == document.end() || !list->is_array()) return invalid("directory_keys", "the directory's keys are no JSON Web Key Set");
    std::vector<SigningKey> keys;
    for (const auto& one : *list) {
        if (keys.size() == most_keys) break;
        if (!one.is_object()) continue;
        const auto use = string_of(one, "use"), kind = string_of(one, "kty"), algorithm = string_of(one, "alg");
        if (!use.empty() && use != "sig") continue;
        const auto number = [&](const char* name) { return from_base64url(string_of(one, name)).value_or(std::string()); };
        SigningKey key;
        key.id = string_of(one, "kid");
        if (kind == "RSA") {
            key.algorithm = "RS256";
            key.key = crypto::RsaPublicKey{number("n"), number("e")};
        } else if (kind == "EC" && string_of(one, "crv") == "P-256") {
            key.algorithm = "ES256";
            key.key = crypto::P256PublicKey{number("x"), number("y")};
        } else {
            continue;
        }
        if ((!algorithm.empty() && algorithm != key.algorithm) || !crypto::usable(key.key)) continue;
        keys.push_back(std::move(key));
    }
    return keys;
}

std::string code_challenge(std::string_view verifier) { return to_base64url(crypto::sha256(verifier)); }

std::string form_encoded(const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += '&';
        out += percent_encoded(name) + "=" + percent_encoded(value);
    }
    return out;
}

}  // namespace verbatim::openid
