#include "engine/mail/imap.h"

#include <curl/curl.h>
#include <poll.h>

#include <array>
#include <chrono>

#include "engine/mail/imap_reply.h"
#include "engine/mail/returned.h"

namespace verbatim::mail {
namespace {

Error away(const std::string& why) { return {ErrorKind::unavailable, "imap", "the mailbox of undelivered mail cannot be read: " + why, {}}; }

// A quoted string (RFC 9051 section 4.3).
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

bool same_word(std::string_view a, std::string_view upper) {
    return a.size() == upper.size() && std::equal(a.begin(), a.end(), upper.begin(), [](unsigned char x, char y) { return std::toupper(x) == y; });
}

// A server that is sent what it does not expect may hold anything against us: what it says is cut before it is shown.
std::string shown(std::string_view text) {
    std::string out(text.substr(0, 200));
    for (auto& c : out)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return out;
}

}  // namespace

struct ImapBox::Impl {
    CURL* curl = nullptr;
    ImapReplies replies{most_of_a_report};
    int timeout_ms = 30'000;
    int count = 0;

    ~Impl() {
        if (curl) curl_easy_cleanup(curl);
    }
    bool ready(short what, std::chrono::steady_clock::time_point end) const {
        curl_socket_t socket = CURL_SOCKET_BAD;
        if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK || socket == CURL_SOCKET_BAD) return false;
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
        pollfd one{socket, what, 0};
        return left > 0 && ::poll(&one, 1, static_cast<int>(left)) > 0;
    }
    bool say(std::string_view bytes) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
        while (!bytes.empty()) {
            std::size_t sent = 0;
            const auto code = curl_easy_send(curl, bytes.data(), bytes.size(), &sent);
            bytes.remove_prefix(sent);
            if (code == CURLE_AGAIN ? !ready(POLLOUT, end) : code != CURLE_OK) return false;
        }
        return true;
    }
    // TLS may hold bytes the socket does not show: it is read before it is waited for.
    std::optional<ImapReply> hear() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
        for (std::array<char, 16384> bytes;;) {
            if (auto one = replies.next()) return one;
            if (replies.broken()) return std::nullopt;
            std::size_t got = 0;
            const auto code = curl_easy_recv(curl, bytes.data(), bytes.size(), &got);
            if (code == CURLE_AGAIN) {
                if (!ready(POLLIN, end)) return std::nullopt;
            } else if (code != CURLE_OK || got == 0) {
                return std::nullopt;
            } else {
                replies.feed({bytes.data(), got});
            }
        }
    }
    // What came before the tagged OK.
    Result<std::vector<ImapReply>> ask(const std::string& command) {
        const auto tag = "v" + std::to_string(++count);
        if (!say(tag + " " + command + "\r\n")) return away("the connection ended");
        std::vector<ImapReply> all;
        while (auto one = hear()) {
            if (!one->text.starts_with(tag + " ")) {
                if (all.size() < 1000) all.push_back(std::move(*one));
                continue;
            }
            const auto rest = std::string_view(one->text).substr(tag.size() + 1);
            if (same_word(rest.substr(0, rest.find(' ')), "OK")) return all;
            return away("\"" + command.substr(0, command.find(' ')) + "\" was answered with: " + shown(rest));
        }
        return away(replies.broken() ? "the server says more than is read" : "the server does not answer");
    }
};

ImapBox::ImapBox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ImapBox::~ImapBox() {
    if (impl_ && impl_->curl) impl_->say("bye LOGOUT\r\n");
}

Result<std::unique_ptr<ImapBox>> ImapBox::open(const ImapSettings& settings) {
    static const auto ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready != CURLE_OK) return away("libcurl cannot be used");
    auto impl = std::make_unique<Impl>();
    impl->curl = curl_easy_init();
    if (!impl->curl) return away("libcurl cannot be used");
    impl->timeout_ms = settings.timeout_seconds * 1000;
    const auto host = settings.host.find(':') == std::string::npos ? settings.host : "[" + settings.host + "]";
    const auto url = (settings.tls_first ? "imaps://" : "imap://") + host + ":" + settings.port + "/";
    auto* curl = impl->curl;
    std::array<char, CURL_ERROR_SIZE> why{};
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why.data());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.password.c_str());
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(settings.loopback ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, settings.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings.timeout_seconds));
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(settings.timeout_seconds));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(3 * settings.timeout_seconds));
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    if (const auto code = curl_easy_perform(curl); code != CURLE_OK) return away(why[0] != 0 ? shown(why.data()) : curl_easy_strerror(code));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
    auto box = std::unique_ptr<ImapBox>(new ImapBox(std::move(impl)));
    if (const auto selected = box->impl_->ask("SELECT " + quoted(settings.mailbox)); !selected) return selected.error();
    return box;
}

Result<std::vector<std::uint32_t>> ImapBox::unseen(std::size_t most) {
    const auto said = impl_->ask("UID SEARCH UNSEEN");
    if (!said) return said.error();
    std::vector<std::uint32_t> all;
    for (const auto& one : *said)
        if (const auto found = read_search(one.text)) all.insert(all.end(), found->begin(), found->end());
    std::sort(all.begin(), all.end());
    if (all.size() > most) all.resize(most);
    return all;
}

Result<std::string> ImapBox::fetch(std::uint32_t uid) {
    const auto said = impl_->ask("UID FETCH " + std::to_string(uid) + " (BODY.PEEK[]<0." + std::to_string(most_of_a_report) + ">)");
    if (!said) return said.error();
    for (const auto& one : *said)
        if (one.text.find(" FETCH ") != std::string::npos && !one.literals.empty()) return one.literals.front();
    return std::string();
}

Result<void> ImapBox::mark_seen(std::uint32_t uid) {
    const auto said = impl_->ask("UID STORE " + std::to_string(uid) + " +FLAGS.SILENT (\\Seen)");
    if (!said) return said.error();
    return {};
}

}  // namespace verbatim::mail
