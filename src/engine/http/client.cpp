#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/http/characters.h"
#include "engine/http/http.h"
#include "engine/http/parser.h"
#include "engine/http/reply.h"

namespace verbatim::http {

namespace {

constexpr std::size_t most_head_bytes = 64 * 1024;

Error unavailable(std::string message) { return {ErrorKind::unavailable, "http_unavailable", std::move(message), {}}; }
Error nonsense(std::string message) { return {ErrorKind::unavailable, "http_malformed", std::move(message), {}}; }

// "HTTP/1.x NNN reason"; 0 where malformed.
int parse_status_line(std::string_view line) {
    if (line.size() < 12 || !line.starts_with("HTTP/1.") || line[8] != ' ' || (line.size() > 12 && line[12] != ' ')) return 0;
    const auto status = parse_length(line.substr(9, 3));
    return status && *status >= 100 && *status < 600 ? static_cast<int>(*status) : 0;
}

struct Framing {
    std::optional<std::uint64_t> length;
    bool chunked = false, close = false;
};

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
    void operator()(SSL* session) const { SSL_free(session); }
};

// libssl's own socket BIO writes with write(2): a peer that has gone would end the process by SIGPIPE. This one does not.
BIO_METHOD* socket_method() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without signals");
        BIO_meth_set_write(made, [](BIO* wire, const char* bytes, int size) {
            ssize_t count;
            do count = ::send(*static_cast<int*>(BIO_get_data(wire)), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
            while (count < 0 && errno == EINTR);
            return static_cast<int>(count);
        });
        BIO_meth_set_read(made, [](BIO* wire, char* bytes, int size) {
            ssize_t count;
            do count = ::recv(*static_cast<int*>(BIO_get_data(wire)), bytes, static_cast<std::size_t>(size), 0);
            while (count < 0 && errno == EINTR);
            return static_cast<int>(count);
        });
        BIO_meth_set_ctrl(made, [](BIO*, int command, long, void*) -> long { return command == BIO_CTRL_FLUSH ? 1 : 0; });
        return made;
    }();
    return method;
}

// An address has no name to send as SNI (RFC 6066 section 3) and is checked against the certificate's addresses.
bool is_ip_address(const std::string& host) {
    unsigned char bytes[16];
    return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 || ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

std::string text_of(const sockaddr& address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address.sa_family == AF_INET6) ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
    else if (address.sa_family == AF_INET) ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
    return text;
}

std::string last_tls_error() {
    char text[256] = "the connection ended";
    if (const auto code = ERR_get_error(); code != 0) ERR_error_string_n(code, text, sizeof text);
    ERR_clear_error();
    return text;
}

}  // namespace

struct Client::Impl {
    std::string host, port, authority, prefix, fault;
    ClientOptions options;
    bool secure = false;
    int descriptor = -1;
    std::unique_ptr<SSL_CTX, FreeContext> context;
    std::unique_ptr<SSL, FreeSession> session;  // over the descriptor; gone before it
    std::string received;
    std::chrono::steady_clock::time_point deadline;

    Impl(std::string_view url, ClientOptions wanted) : options(std::move(wanted)) {
        secure = starts_without_case(url, "https://");
        if (!secure && !starts_without_case(url, "http://")) {
            fault = "\"" + std::string(url) + "\" does not begin with http:// or https://";
            return;
        }
        url.remove_prefix(secure ? 8 : 7);
        const auto slash = url.find('/');
        authority = url.substr(0, slash);
        if (slash != std::string_view::npos) prefix = url.substr(slash);
        while (prefix.ends_with('/')) prefix.pop_back();
        const auto colon = authority.rfind(':');
        const bool has_port = colon != std::string::npos && authority.find(']', colon) == std::string::npos;
        host = authority.substr(0, has_port ? colon : std::string::npos);
        port = has_port ? authority.substr(colon + 1) : secure ? "443" : "80";
        if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
        if (host.empty()) fault = "the address names no host";
    }
    ~Impl() { disconnect(); }

    void disconnect() {
        session.reset();
        if (descriptor >= 0) ::close(descriptor);
        descriptor = -1;
        received.clear();
    }

    bool connect() {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
            fault = host + ": " + ::gai_strerror(error);
            return false;
        }
        for (auto* at = found; at && descriptor < 0; at = at->ai_next) {
            if (options.may_connect && !options.may_connect(text_of(*at->ai_addr))) {
                fault = authority + ": its address " + text_of(*at->ai_addr) + " is not allowed";
                continue;
            }
            descriptor = ::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
            if (descriptor < 0) continue;
            const timeval limit{options.silence_seconds, 0};
            ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
            ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);  // bounds connect() too
            if (::connect(descriptor, at->ai_addr, at->ai_addrlen) != 0) {
                fault = authority + ": " + std::strerror(errno);
                ::close(descriptor);
                descriptor = -1;
            }
        }
        ::freeaddrinfo(found);
        if (descriptor < 0) return false;
        fault.clear();
        if (secure && !shake_hands()) {
            disconnect();
            return false;
        }
        return true;
    }

    // TLS 1.2 or later, the chain up to a trusted root and the host's name in the certificate (RFC 9110 section 4.3.4).
    bool shake_hands() {
        if (!context) {
            context.reset(SSL_CTX_new(TLS_client_method()));
            if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) return refuse(last_tls_error());
            SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
            const bool trusted = options.ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get()) == 1
                                                         : SSL_CTX_load_verify_locations(context.get(), options.ca_file.c_str(), nullptr) == 1;
            if (!trusted) {
                context.reset();
                ERR_clear_error();
                return refuse("cannot read the certificates in " + (options.ca_file.empty() ? std::string("the system's store") : options.ca_file));
            }
        }
        session.reset(SSL_new(context.get()));
        if (!session) return refuse(last_tls_error());
        if (is_ip_address(host)) {
            if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), host.c_str()) != 1) return refuse("the address cannot be checked");
        } else {
            SSL_set_hostflags(session.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
            if (SSL_set1_host(session.get(), host.c_str()) != 1 || SSL_set_tlsext_host_name(session.get(), host.c_str()) != 1) return refuse("the name cannot be checked");
        }
        BIO* wire = BIO_new(socket_method());
        if (!wire) return refuse(last_tls_error());
        BIO_set_data(wire, &descriptor);
        BIO_set_init(wire, 1);
        SSL_set_bio(session.get(), wire, wire);
        ERR_clear_error();
        if (SSL_connect(session.get()) == 1) return true;
        const auto verified = SSL_get_verify_result(session.get());
        if (verified != X509_V_OK) {
            ERR_clear_error();
            return refuse(std::string("its certificate is not accepted: ") + X509_verify_cert_error_string(verified));
        }
        return refuse("no TLS: " + last_tls_error());
    }

    bool refuse(const std::string& why) {
        fault = authority + ": " + why;
        return false;
    }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            if (std::chrono::steady_clock::now() >= deadline) return false;
            const auto sent = session ? send_secure(bytes) : ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    ssize_t send_secure(std::string_view bytes) {
        ERR_clear_error();
        return SSL_write(session.get(), bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 30)));
    }

    ssize_t receive_secure(char* bytes, std::size_t size) {
        ERR_clear_error();
        return SSL_read(session.get(), bytes, static_cast<int>(size));
    }

    // More bytes at the end of `received`; false at the end, on an error, after too long a silence, or when time is up.
    bool receive() {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        char bytes[64 * 1024];
        ssize_t count;
        do count = session ? receive_secure(bytes, sizeof bytes) : ::recv(descriptor, bytes, sizeof bytes, 0);
        while (count < 0 && errno == EINTR && !session);
        if (count <= 0) return false;
        received.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    Result<Fetched> exchange(const std::string& message) {
        if (!fault.empty() && host.empty()) return invalid("http_url", fault);
        deadline = std::chrono::steady_clock::now() + std::chrono::seconds(options.all_seconds);
        for (int attempt = 0;; ++attempt) {
            const bool reused = descriptor >= 0;
            if (!reused && !connect()) return unavailable(fault);
            bool nothing_came = false;
            if (send(message)) {
                auto fetched = read_response(nothing_came);
                if (fetched.ok() || !nothing_came) {
                    if (!fetched.ok()) disconnect();
                    return fetched;
                }
            } else {
                nothing_came = true;
            }
            disconnect();
            // A kept connection may have been closed meanwhile; then, and only then, once more.
            if (!reused || attempt > 0) return unavailable(authority + " does not answer");
        }
    }

    Result<Fetched> read_response(bool& nothing_came) {
        while (true) {
            std::size_t end;
            while ((end = received.find("\r\n\r\n")) == std::string::npos) {
                if (received.size() > most_head_bytes) return nonsense("the response's header is too large");
                nothing_came = received.empty();
                if (!receive()) return unavailable(authority + " stopped answering");
            }
            nothing_came = false;
            Fetched fetched;
            Framing framing;
            if (auto read = read_head(std::string_view(received).substr(0, end), fetched, framing); !read) return read.error();
            received.erase(0, end + 4);
            if (fetched.status < 200) continue;  // 100 Continue and its like
            if (auto read = read_body(framing, fetched); !read) return read.error();
            if (framing.close) disconnect();
            return fetched;
        }
    }

    static Result<void> read_head(std::string_view head, Fetched& fetched, Framing& framing) {
        auto line_end = head.find("\r\n");
        const auto first = head.substr(0, line_end);
        fetched.status = parse_status_line(first);
        if (fetched.status == 0) return nonsense("the response does not begin with a status line");
        framing.close = first.starts_with("HTTP/1.0");
        while (line_end != std::string_view::npos) {
            head.remove_prefix(line_end + 2);
            line_end = head.find("\r\n");
            const auto field = parse_field_line(head.substr(0, line_end));
            if (!field) return nonsense("the response has a malformed field");
            if (equal_without_case(field->name, "Content-Length")) {
                const auto length = parse_length(field->value);
                if (!length || (framing.length && framing.length != length)) return nonsense("the response has a malformed Content-Length");
                framing.length = length;
            } else if (equal_without_case(field->name, "Transfer-Encoding")) {
                if (!equal_without_case(field->value, "chunked")) return nonsense("the response has an unknown Transfer-Encoding");
                framing.chunked = true;
            } else if (equal_without_case(field->name, "Connection")) {
                if (equal_without_case(field->value, "close")) framing.close = true;
                if (equal_without_case(field->value, "keep-alive")) framing.close = false;
            }
            fetched.fields.push_back({std::string(field->name), std::string(field->value)});
        }
        if (framing.chunked && framing.length) return nonsense("the response has two lengths");
        return {};
    }

    // With cut_body the beginning is enough, and a broken end is no fault: the status was said.
    Result<void> read_body(Framing& framing, Fetched& fetched) {
        if (!options.cut_body) return read_whole_body(framing, fetched);
        const auto read = read_whole_body(framing, fetched);
        if (!read) {
            if (fetched.body.empty()) fetched.body = std::move(received);
            framing.close = true;
        }
        fetched.body.resize(std::min(fetched.body.size(), options.body_bytes));
        return {};
    }

    Result<void> read_whole_body(Framing& framing, Fetched& fetched) {
        if (fetched.status == 204 || fetched.status == 304) return {};
        const auto too_large = [this] { return nonsense("the response is larger than " + std::to_string(options.body_bytes) + " bytes"); };
        if (framing.chunked) {
            ChunkedReader chunks(options.body_bytes);
            while (true) {
                std::string_view bytes = received;
                const auto step = chunks.feed(bytes, fetched.body);
                received.erase(0, received.size() - bytes.size());
                if (step == Step::done) return {};
                if (step == Step::bad) return chunks.status() == 413 ? too_large() : nonsense("the response has a malformed chunk");
                if (!receive()) return unavailable(authority + " stopped in the middle of its answer");
            }
        }
        if (framing.length) {
            if (*framing.length > options.body_bytes) {
                while (options.cut_body && received.size() < options.body_bytes)
                    if (!receive()) break;
                return too_large();
            }
            while (received.size() < *framing.length)
                if (!receive()) return unavailable(authority + " stopped in the middle of its answer");
            fetched.body = received.substr(0, *framing.length);
            received.erase(0, *framing.length);
            return {};
        }
        framing.close = true;  // until the end of the connection
        while (receive())
            if (received.size() > options.body_bytes) return too_large();
        fetched.body = std::move(received);
        return {};
    }

    std::string head(std::string_view method, std::string_view target) const {
        std::string text(method);
        text += ' ';
        text += prefix;
        if (!target.starts_with('/')) text += '/';
        text += target;
        text += " HTTP/1.1\r\nHost: " + authority + "\r\n";
        return text;
    }
};

Client::Client(std::string base_url, ClientOptions options) : impl_(std::make_unique<Impl>(base_url, std::move(options))) {}
Client::~Client() = default;

Result<Fetched> Client::get(std::string_view path_and_query) {
    if (!all_are(path_and_query.empty() ? "/" : path_and_query, target_character)) return invalid("http_url", "the path holds a character that must be coded");
    return impl_->exchange(impl_->head("GET", path_and_query) + "\r\n");
}

Result<Fetched> Client::post(std::string_view path, std::string_view content_type, std::string_view body, const std::vector<Field>& fields) {
    if (!all_are(path.empty() ? "/" : path, target_character)) return invalid("http_url", "the path holds a character that must be coded");
    auto message = impl_->head("POST", path);
    if (!content_type.empty()) message += "Content-Type: " + std::string(content_type) + "\r\n";
    for (const auto& field : fields) append_field(message, field.name, field.value);
    message += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    message += body;
    return impl_->exchange(message);
}

}  // namespace verbatim::http
