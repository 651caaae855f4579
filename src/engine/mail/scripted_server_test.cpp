#include "engine/mail/scripted_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

namespace verbatim::mail::testing {
namespace {

std::string pem_of(const std::function<int(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    EXPECT_EQ(write(bio.get()), 1);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

Certificate make_certificate(const char* names) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 86400);
    X509_set_pubkey(x509.get(), key.get());
    X509_NAME* name = X509_get_subject_name(x509.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(x509.get(), name);
    X509V3_CTX context;
    X509V3_set_ctx(&context, x509.get(), x509.get(), nullptr, nullptr, 0);
    for (const auto& [id, value] : {std::pair(NID_subject_alt_name, names), std::pair(NID_basic_constraints, "critical,CA:TRUE")}) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
        X509_add_ext(x509.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(x509.get(), key.get(), EVP_sha256());
    return {pem_of([&](BIO* bio) { return PEM_write_bio_X509(bio, x509.get()); }),
            pem_of([&](BIO* bio) { return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr); })};
}

// One connection, seen from the server.
class ScriptedServer::Talk {
public:
    Talk(int socket, int number) : socket_(socket), number_(number) {}

    int number() const { return number_; }
    int socket() const { return socket_; }
    std::size_t messages = 0;

    // What the last answer told the connection to do is done here; false: it is over.
    bool say(const std::string& reply) {
        if (reply == drop) return false;
        if (reply == hang) {
            char byte = 0;
            while (::recv(socket_, &byte, 1, 0) > 0) {
            }
            return false;
        }
        if (reply == drip) {
            ::send(socket_, "250-", 4, MSG_NOSIGNAL);
            while (::send(socket_, "x", 1, MSG_NOSIGNAL) == 1) ::usleep(20'000);
            return false;
        }
        std::string_view rest = reply;
        while (!rest.empty()) {
            const auto size = tls_ ? SSL_write(tls_.get(), rest.data(), static_cast<int>(rest.size())) : ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
            if (size <= 0) return false;
            rest.remove_prefix(static_cast<std::size_t>(size));
        }
        return true;
    }

    std::optional<std::string> line() {
        for (;;) {
            const auto end = arrived_.find("\r\n");
            if (end != std::string::npos) {
                std::string out = arrived_.substr(0, end);
                arrived_.erase(0, end + 2);
                return out;
            }
            char bytes[4096];
            const auto size = tls_ ? SSL_read(tls_.get(), bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
            if (size <= 0) return std::nullopt;
            arrived_.append(bytes, static_cast<std::size_t>(size));
        }
    }

    std::optional<std::string> data() {
        std::string out;
        while (auto next = line()) {
            if (*next == ".") return out;
            out += (next->substr(0, 1) == "." ? next->substr(1) : *next) + "\r\n";
        }
        return std::nullopt;
    }

    bool start_tls(SSL_CTX* context) {
        tls_.reset(SSL_new(context), SSL_free);
        SSL_set_fd(tls_.get(), socket_);
        return SSL_accept(tls_.get()) == 1;
    }
    bool encrypted() const { return tls_ != nullptr; }

private:
    int socket_, number_;
    std::string arrived_;
    std::shared_ptr<SSL> tls_;
};

ScriptedServer::ScriptedServer(Answers answers, std::string features, bool tls_first, const char* names)
    : answers_(std::move(answers)), features_(std::move(features)), tls_first_(tls_first) {
    if (tls_first || features_.find("STARTTLS") != std::string::npos) {
        certificate_ = make_certificate(names);
        tls_.reset(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
        const std::unique_ptr<BIO, decltype(&BIO_free)> certificate(BIO_new_mem_buf(certificate_.certificate.data(), -1), BIO_free), key(BIO_new_mem_buf(certificate_.key.data(), -1), BIO_free);
        const std::unique_ptr<X509, decltype(&X509_free)> x509(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr), X509_free);
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> parsed(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
        EXPECT_EQ(SSL_CTX_use_certificate(tls_.get(), x509.get()), 1);
        EXPECT_EQ(SSL_CTX_use_PrivateKey(tls_.get(), parsed.get()), 1);
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&place), size), 0);
    EXPECT_EQ(::listen(listener_, 64), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size), 0);
    port_ = ntohs(place.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
    kill();
    if (acceptor_.joinable()) acceptor_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
}

void ScriptedServer::kill() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    const std::scoped_lock lock(mutex_);
    for (const int socket : open_) {
        const linger at_once{1, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        ::shutdown(socket, SHUT_RDWR);
    }
}

void ScriptedServer::accept_all() {
    for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const std::scoped_lock lock(mutex_);
        if (stopping_) {
            ::close(socket);
            return;
        }
        open_.insert(socket);
        threads_.emplace_back([this, socket, number = connections_++] {
            Talk talk(socket, number);
            serve(talk);
            const std::scoped_lock closing(mutex_);
            open_.erase(socket);
            ::close(socket);
        });
    }
}

std::string ScriptedServer::answer(const Asked& asked, const std::string& usual) {
    if (asked.upper != "CONNECT") {
        const std::scoped_lock lock(mutex_);
        lines_.push_back(asked.line);
    }
    if (answers_) {
        if (auto said = answers_(asked)) return *said;
    }
    return usual;
}

void ScriptedServer::serve(Talk& talk) {
    // SSL_write to a client that has gone raises SIGPIPE. It is kept from this thread only: the client under test must do without.
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    if (tls_first_ && !talk.start_tls(tls_.get())) return;
    if (!talk.say(answer({talk.number(), "CONNECT", "CONNECT", 0}, "220 test ESMTP\r\n"))) return;
    while (auto line = talk.line()) {
        Asked asked{talk.number(), *line, line->substr(0, line->find_first_of(" :")), talk.messages};
        for (char& c : asked.upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        std::string usual = "250 ok\r\n";
        if (asked.upper == "EHLO") {
            usual = "250-test greets you\r\n";
            std::string_view rest = features_;
            while (!rest.empty()) {
                const auto end = std::min(rest.find('\n'), rest.size());
                if (!(talk.encrypted() && rest.substr(0, end) == "STARTTLS")) usual += "250-" + std::string(rest.substr(0, end)) + "\r\n";
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
            usual += "250 HELP\r\n";
        } else if (asked.upper == "DATA") usual = "354 go on\r\n";
        else if (asked.upper == "QUIT") usual = "221 bye\r\n";
        else if (asked.upper == "AUTH") usual = "235 welcome\r\n";
        else if (asked.upper == "STARTTLS") usual = "220 ready\r\n";
        const std::string said = answer(asked, usual);
        if (!talk.say(said) || asked.upper == "QUIT") return;
        if (asked.upper == "STARTTLS" && said.substr(0, 3) == "220" && !talk.start_tls(tls_.get())) return;
        if (asked.upper == "DATA" && said.substr(0, 3) == "354") {
            const auto data = talk.data();
            if (!data) return;
            const std::string end = answer({talk.number(), ".", ".", talk.messages}, "250 queued\r\n");
            ++talk.messages;
            if (end.substr(0, 1) == "2" && !data->empty()) {  // an empty one only closes a DATA without recipients
                const std::scoped_lock lock(mutex_);
                messages_.push_back(*data);
            }
            if (!talk.say(end)) return;
        }
    }
}

std::vector<std::string> ScriptedServer::messages() const {
    const std::scoped_lock lock(mutex_);
    return messages_;
}

std::vector<std::string> ScriptedServer::lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
}

}  // namespace verbatim::mail::testing
