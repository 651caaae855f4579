#include "record/directory/directory.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "ground/crypto/crypto.h"
#include "ground/formats/percent.h"
#include "ground/formats/text_codes.h"
#include "ground/openid/openid.h"
#include "record/vault/vault.h"

namespace verbatim::directory {
namespace {

using nlohmann::json;

constexpr Seconds memory_seconds = 10 * 60;
constexpr Seconds document_seconds = 60 * 60;
constexpr Seconds keys_seconds = 60 * 60;
constexpr Seconds between_fetches = 30;  // a token with an invented key id cannot make us ask more often
constexpr std::string_view place = "directory departure";

Error refused(std::string message) { return forbidden("directory_refused", std::move(message)); }
Error unavailable(std::string message) { return {ErrorKind::unavailable, "directory_unavailable", std::move(message), {}}; }

struct Address {
    std::string base, path;
};
Address split(std::string_view url) {
    const auto end = url.find_first_of("/?", url.find("://") + 3);
    if (end == std::string_view::npos) return {std::string(url), "/"};
    const auto path = url.substr(end);
    return {std::string(url.substr(0, end)), path.front() == '?' ? "/" + std::string(path) : std::string(path)};
}

// Only pages of the desk, so that nobody is sent elsewhere after signing in.
std::string safe_return(std::string_view path) {
    const bool plain = path.starts_with("/office/") && path.size() <= 500 && path.find("//") == std::string_view::npos && path.find("..") == std::string_view::npos &&
                       std::all_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '\\' && c != '"' && c != 0x7f; });
    return plain ? std::string(path) : "/office/";
}

}  // namespace

struct Directory::Impl {
    const Clock& clock;
    const Options options;

    std::mutex guard;  // held while fetching too: ten people who come at once ask the directory once
    std::optional<openid::Provider> provider;
    Seconds provider_at = 0;
    std::vector<openid::SigningKey> keys;
    Seconds keys_at = 0;

    http::ClientOptions client_options() const {
        http::ClientOptions client;
        client.ca_file = options.ca_file;
        client.silence_seconds = 5;
        client.all_seconds = 10;
        client.body_bytes = 512 * 1024;
        return client;
    }

    Result<std::string> fetch(std::string_view url) const {
        const auto address = split(url);
        auto fetched = http::Client(address.base, client_options()).get(address.path);
        if (!fetched) return unavailable("the directory does not answer: " + fetched.error().message);
        if (fetched->status != 200) return unavailable("the directory answered " + std::to_string(fetched->status) + " at " + std::string(url));
        return std::move(fetched->body);
    }

    // An old description is better than none while the directory is away.
    Result<openid::Provider> described() {
        const std::lock_guard lock(guard);
        if (provider && clock.now() < provider_at + document_seconds) return *provider;
        const auto text = fetch(openid::discovery_url(options.issuer));
        auto parsed = text ? openid::parse_provider(*text, options.issuer) : Result<openid::Provider>(text.error());
        if (!parsed) {
            if (provider) return *provider;
            return parsed.error();
        }
        provider = std::move(parsed).value();
        provider_at = clock.now();
        return *provider;
    }

    Result<std::vector<openid::SigningKey>> signing_keys(const std::string& url, bool again) {
        const std::lock_guard lock(guard);
        const auto age = clock.now() - keys_at;
        if (!keys.empty() && age < (again ? between_fetches : keys_seconds)) return keys;
        const auto text = fetch(url);
        auto parsed = text ? openid::parse_keys(*text) : Result<std::vector<openid::SigningKey>>(text.error());
        if (!parsed) {
            if (!keys.empty()) return keys;
            return parsed.error();
        }
        keys = std::move(parsed).value();
        keys_at = clock.now();
        return keys;
    }

    // Core section 3.1.3.1: the code against an ID token.
    Result<std::string> redeem(const openid::Provider& from, std::string_view code, std::string_view verifier) const {
        std::vector<std::pair<std::string_view, std::string_view>> fields = {
            {"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", options.redirect_uri}, {"code_verifier", verifier}, {"client_id", options.client_id}};
        std::vector<http::Field> headers = {{"Accept", "application/json"}};
        if (!options.client_secret.empty() && from.secret_in_body) {
            fields.emplace_back("client_secret", options.client_secret);
        } else if (!options.client_secret.empty()) {
            // RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
            headers.push_back({"Authorization", "Basic " + to_base64(percent_encoded(options.client_id) + ":" + percent_encoded(options.client_secret))});
        }
        const auto address = split(from.token_endpoint);
        auto fetched = http::Client(address.base, client_options()).post(address.path, "application/x-www-form-urlencoded", openid::form_encoded(fields), headers);
        if (!fetched) return unavailable("the directory does not answer: " + fetched.error().message);
        const auto answer = json::parse(fetched->body, nullptr, false);
        const auto text = [&](const char* name) {
            const auto found = answer.is_object() ? answer.find(name) : answer.end();
            return answer.is_object() && found != answer.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        if (fetched->status != 200) {
            const auto error = text("error").substr(0, 100), more = text("error_description").substr(0, 300);
            return refused("the directory did not take the code (" + std::to_string(fetched->status) + (error.empty() ? "" : " " + error) + (more.empty() ? "" : ": " + more) +
                           "): check client id, secret and redirect address there");
        }
        auto token = text("id_token");
        if (token.empty()) return invalid("directory_answer", "the directory gave no ID token: it must be asked with the scope openid");
        return token;
    }
};

Directory::Directory(const Clock& clock, Options options) : impl_(new Impl{clock, std::move(options), {}, {}, 0, {}, 0}) {
    if (!openid::safe_address(impl_->options.issuer)) throw std::runtime_error("access.oidc.issuer is no https address: \"" + impl_->options.issuer + "\"");
    if (impl_->options.client_id.empty()) throw std::runtime_error("access.oidc.client_id is missing: it is what the directory calls this platform");
}
Directory::~Directory() = default;

Result<Directory::Departure> Directory::depart(std::string_view return_to, std::string_view login_hint) const {
    const auto provider = impl_->described();
    if (!provider) return provider.error();
    // RFC 7636 section 4.1: 43 characters of the verifier are 256 random bits.
    const auto state = crypto::random_token(), nonce = crypto::random_token(), verifier = to_base64url(crypto::random_bytes(32));
    const auto challenge = openid::code_challenge(verifier);
    const auto& options = impl_->options;
    std::vector<std::pair<std::string_view, std::string_view>> fields = {
        {"response_type", "code"}, {"client_id", options.client_id}, {"redirect_uri", options.redirect_uri}, {"scope", options.scope},
        {"state", state}, {"nonce", nonce}, {"code_challenge", challenge}, {"code_challenge_method", "S256"}};
    if (!login_hint.empty()) fields.emplace_back("login_hint", login_hint);
    const auto& to = provider->authorization_endpoint;
    const auto memory = json{{"s", state}, {"n", nonce}, {"v", verifier}, {"r", safe_return(return_to)}, {"e", impl_->clock.now() + memory_seconds}}.dump();
    return Departure{to + (to.find('?') == std::string::npos ? "?" : "&") + openid::form_encoded(fields), to_base64url(vault::seal(memory, place))};
}

Result<Person> Directory::arrive(std::string_view sealed, std::string_view query) const {
    const auto form = http::Form::parse_query(query);
    const auto lost = forbidden("directory_state", "nobody left for the directory from this browser, or too long ago; sign in again");
    const auto bytes = sealed.size() <= 4000 ? from_base64url(sealed) : std::nullopt;
    if (!bytes || bytes->empty()) return lost;
    json memory;
    try {
        memory = json::parse(vault::unseal(*bytes, place), nullptr, false);
    } catch (const std::runtime_error&) {
        return lost;
    }
    if (!memory.is_object() || memory.value("e", Seconds{0}) <= impl_->clock.now()) return lost;
    // RFC 6749 section 10.12: the answer belongs to this browser.
    if (!crypto::equal(form.get("state"), memory.value("s", std::string()))) return lost;
    if (form.has("error")) return refused("the directory said: " + std::string(form.get("error").substr(0, 100)) + " " + std::string(form.get("error_description").substr(0, 300)));
    const auto provider = impl_->described();
    if (!provider) return provider.error();
    // RFC 9207: whose answer it is, where the directory says so.
    if ((provider->names_itself || form.has("iss")) && form.get("iss") != impl_->options.issuer) return invalid("directory_answer", "the answer came from another issuer");
    if (form.get("code").empty() || form.get("code").size() > 4000) return invalid("directory_answer", "the directory's answer holds no code");
    const auto token = impl_->redeem(*provider, form.get("code"), memory.value("v", std::string()));
    if (!token) return token.error();
    const openid::Expectation expected{impl_->options.issuer, impl_->options.client_id, memory.value("n", std::string()), impl_->clock.now()};
    auto keys = impl_->signing_keys(provider->jwks_uri, false);
    if (!keys) return keys.error();
    auto id = openid::verify_id_token(*token, *keys, expected);
    if (!id && id.error().code == "token_key") {  // the directory may have changed its keys
        keys = impl_->signing_keys(provider->jwks_uri, true);
        if (!keys) return keys.error();
        id = openid::verify_id_token(*token, *keys, expected);
    }
    if (!id) return id.error();
    Person person;
    person.issuer = impl_->options.issuer;
    person.subject = id->subject;
    person.email = id->email;
    person.email_verified = id->email_verified;
    person.name = id->name;
    person.locale = id->locale;
    const auto& believed = impl_->options.second_factor;
    const auto counts = [&](const std::string& value) { return std::find(believed.begin(), believed.end(), value) != believed.end(); };
    person.second_factor = counts(id->acr) || std::any_of(id->amr.begin(), id->amr.end(), counts);
    person.id_token = *token;
    person.return_to = memory.value("r", std::string("/office/"));
    return person;
}

std::string Directory::logout(std::string_view id_token) const {
    const auto provider = impl_->described();
    if (!provider || provider->end_session_endpoint.empty()) return {};
    std::vector<std::pair<std::string_view, std::string_view>> fields = {{"client_id", impl_->options.client_id}, {"post_logout_redirect_uri", impl_->options.after_logout}};
    if (!id_token.empty()) fields.emplace_back("id_token_hint", id_token);
    const auto& to = provider->end_session_endpoint;
    return to + (to.find('?') == std::string::npos ? "?" : "&") + openid::form_encoded(fields);
}

}  // namespace verbatim::directory
