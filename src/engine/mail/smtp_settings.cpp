#include "engine/mail/smtp_settings.h"

#include <charconv>

#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

Error bad(const std::string& why) {
    return invalid("mail_url", "mail URL: " + why + "; expected smtp://[user:password@]host[:port][?connections=4&timeout=30&tls=require|try|none] or outbox:DIR", "mail");
}

bool host_name(std::string_view text) {
    return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._:").find(c) != std::string_view::npos;
    });
}

template <class Number>
std::optional<Number> number(std::string_view text, Number least, Number most) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value >= least && value <= most)) return std::nullopt;
    return value;
}

// Seconds, decimals allowed.
std::optional<std::chrono::milliseconds> duration(std::string_view text) {
    const auto seconds = number<double>(text, 0.01, 3600.0);
    if (!seconds) return std::nullopt;
    return std::chrono::milliseconds(static_cast<long>(*seconds * 1000));
}

// One parameter; what is wrong with it, or "".
std::string apply(SmtpSettings& settings, std::string_view name, const std::string& value) {
    const auto set = [&](auto& target, auto parsed, const char* range) {
        if (!parsed) return std::string(name) + " must be " + range;
        target = *parsed;
        return std::string();
    };
    if (name == "connections") return set(settings.connections, number<int>(value, 1, 100), "1 to 100");
    if (name == "domain_connections") return set(settings.domain_connections, number<int>(value, 0, 100), "0 to 100");
    if (name == "messages") return set(settings.messages, number<int>(value, 1, 1'000'000), "1 to 1000000");
    if (name == "timeout") return set(settings.timeout, duration(value), "0.01 to 3600 seconds");
    if (name == "data_timeout") return set(settings.data_timeout, duration(value), "0.01 to 3600 seconds");
    if (name == "idle") return set(settings.idle, duration(value), "0.01 to 3600 seconds");
    if (name == "helo") return set(settings.helo, host_name(value) ? std::optional(value) : std::nullopt, "a host name");
    if (name == "ca") return set(settings.ca_file, std::optional(value), "a file");
    if (name == "tls") {
        const auto tls = value == "none" ? std::optional(Tls::none) : value == "try" ? std::optional(Tls::opportune)
                       : value == "require" ? std::optional(Tls::require) : std::nullopt;
        return set(settings.tls, tls, "require, try or none");
    }
    return "unknown parameter " + std::string(name.substr(0, 40));
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        std::string hex(text.substr(i + 1, 2));
        for (char& c : hex) c = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
        const auto byte = from_hex(hex);
        if (!byte || byte->size() != 1) return std::nullopt;
        out += *byte;
        i += 2;
    }
    if (out.find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos) return std::nullopt;
    return out;
}

Result<SmtpSettings> parse_smtp_url(std::string_view url) {
    SmtpSettings settings;
    if (url.substr(0, 8) == "smtps://") settings.tls_first = true;
    else if (url.substr(0, 7) != "smtp://") return bad("unknown scheme");
    url.remove_prefix(settings.tls_first ? 8 : 7);
    const auto question = url.find('?');
    std::string_view place = url.substr(0, question);
    std::string_view query = question == std::string_view::npos ? std::string_view() : url.substr(question + 1);
    while (!place.empty() && place.back() == '/') place.remove_suffix(1);

    if (const auto at = place.rfind('@'); at != std::string_view::npos) {
        const auto colon = place.substr(0, at).find(':');
        if (colon == std::string_view::npos) return bad("a user needs a password");
        const auto user = percent_decoded(place.substr(0, colon)), password = percent_decoded(place.substr(colon + 1, at - colon - 1));
        if (!user || !password || user->empty()) return bad("user or password is not percent-encoded text");
        settings.user = *user;
        settings.password = *password;
        place.remove_prefix(at + 1);
    }
    // A password goes to a server that proved its name, unless the operator says otherwise.
    settings.tls = settings.user.empty() && !settings.tls_first ? Tls::opportune : Tls::require;
    settings.port = settings.tls_first ? "465" : settings.user.empty() ? "25" : "587";

    std::string_view host = place, port;
    if (!place.empty() && place.front() == '[') {
        const auto end = place.find(']');
        if (end == std::string_view::npos) return bad("[ without ]");
        host = place.substr(1, end - 1);
        const auto rest = place.substr(end + 1);
        if (!rest.empty() && rest.front() != ':') return bad("malformed host");
        if (!rest.empty()) port = rest.substr(1);
        if (!rest.empty() && port.empty()) return bad("malformed port");
    } else if (const auto colon = place.find(':'); colon != std::string_view::npos) {
        host = place.substr(0, colon);
        port = place.substr(colon + 1);
        if (port.empty() || host.find(':') != std::string_view::npos) return bad("malformed port");
    }
    if (!host_name(host)) return bad("no host");
    settings.host = host;
    if (!port.empty()) {
        if (!number<int>(port, 1, 65535)) return bad("malformed port");
        settings.port = port;
    }

    bool own_data_timeout = false;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        const auto equal = std::min(pair.find('='), pair.size());
        const auto name = pair.substr(0, equal);
        const auto value = percent_decoded(pair.substr(std::min(equal + 1, pair.size())));
        const std::string fault = value ? apply(settings, name, *value) : "malformed " + std::string(name.substr(0, 40));
        if (!fault.empty()) return bad(fault);
        own_data_timeout |= name == "data_timeout";
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    if (!own_data_timeout) settings.data_timeout = settings.timeout;
    if (settings.tls_first && settings.tls == Tls::none) return bad("smtps with tls=none");
    return settings;
}

}  // namespace verbatim::mail
