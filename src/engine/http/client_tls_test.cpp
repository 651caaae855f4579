// The client over TLS against a small server of libssl's, with a certificate made for the test.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "engine/http/http.h"

namespace verbatim::http {
namespace {

// Answers every connection with the same bytes after one whole request, then closes. Closing with a body unread would reset the
// connection and could take the answer with it.
class TlsServer {
public:
    explicit TlsServer(const char* names, std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") : answer_(std::move(answer)) {
        std::signal(SIGPIPE, SIG_IGN);  // this server's side writes with libssl's own BIO
        key_ = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
        certificate_ = X509_new();
        X509_set_version(certificate_, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
        X509_set_pubkey(certificate_, key_);
        X509_NAME* name = X509_get_subject_name(certificate_);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
        X509_set_issuer_name(certificate_, name);
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
        X509_add_ext(certificate_, extension, -1);
        X509_EXTENSION_free(extension);
        X509_sign(certificate_, key_, EVP_sha256());

        ca_file_ = std::filesystem::temp_directory_path() / ("verbatim-client-ca-" + std::to_string(::getpid()) + ".pem");
        BIO* file = BIO_new_file(ca_file_.c_str(), "w");
        PEM_write_bio_X509(file, certificate_);
        BIO_free(file);

        context_ = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(context_, certificate_);
        SSL_CTX_use_PrivateKey(context_, key_);
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&where), size);
        ::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size);
        port_ = ntohs(where.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~TlsServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
        SSL_CTX_free(context_);
        X509_free(certificate_);
        EVP_PKEY_free(key_);
        std::filesystem::remove(ca_file_);
    }
    std::string url(const std::string& host) const { return "https://" + host + ":" + std::to_string(port_); }
    std::string ca_file() const { return ca_file_.string(); }

private:
    static void read_request(SSL* session) {
        std::string request;
        std::size_t wanted = std::string::npos;
        char bytes[4096];
        for (int count; request.size() < wanted && (count = SSL_read(session, bytes, sizeof bytes)) > 0;) {
            request.append(bytes, static_cast<std::size_t>(count));
            const auto end = request.find("\r\n\r\n");
            if (end == std::string::npos || wanted != std::string::npos) continue;
            const auto length = request.find("Content-Length: ");
            wanted = end + 4 + (length < end ? std::stoul(request.substr(length + 16)) : 0);
        }
    }

    void serve() {
        for (int peer; (peer = ::accept(listener_, nullptr, nullptr)) >= 0;) {
            SSL* session = SSL_new(context_);
            SSL_set_fd(session, peer);
            if (SSL_accept(session) == 1) {
                read_request(session);
                SSL_write(session, answer_.data(), static_cast<int>(answer_.size()));
                SSL_shutdown(session);
            }
            SSL_free(session);
            ::close(peer);
        }
    }

    std::string answer_;
    EVP_PKEY* key_ = nullptr;
    X509* certificate_ = nullptr;
    SSL_CTX* context_ = nullptr;
    std::filesystem::path ca_file_;
    int listener_ = -1, port_ = 0;
    std::thread thread_;
};

ClientOptions trusting(const std::string& ca_file) {
    ClientOptions options;
    options.ca_file = ca_file;
    return options;
}

TEST(ClientTls, FetchesFromAServerThatProvesItsName) {
    const TlsServer server("DNS:localhost,IP:127.0.0.1");
    for (const char* host : {"localhost", "127.0.0.1"}) {
        Client client(server.url(host), trusting(server.ca_file()));
        for (int twice = 0; twice < 2; ++twice) {  // the kept connection has gone the second time
            const auto fetched = client.get("/log/checkpoint");
            ASSERT_TRUE(fetched) << host << ": " << fetched.error().message;
            EXPECT_EQ(fetched->status, 200);
            EXPECT_EQ(fetched->body, "hello");
        }
        EXPECT_TRUE(client.post("/add-checkpoint", "text/plain", std::string(20'000, 'x')));
    }
}

TEST(ClientTls, RefusesAStrangersCertificateAndAnotherName) {
    const TlsServer server("DNS:elsewhere.example,IP:192.0.2.1");
    const auto stranger = Client(server.url("127.0.0.1")).get("/");
    ASSERT_FALSE(stranger);
    EXPECT_NE(stranger.error().message.find("not accepted"), std::string::npos) << stranger.error().message;
    for (const char* host : {"localhost", "127.0.0.1"}) {
        const auto misnamed = Client(server.url(host), trusting(server.ca_file())).get("/");
        ASSERT_FALSE(misnamed);
        EXPECT_NE(misnamed.error().message.find("mismatch"), std::string::npos) << misnamed.error().message;
    }
    const auto unreadable = Client(server.url("127.0.0.1"), trusting("/nowhere.pem")).get("/");
    ASSERT_FALSE(unreadable);
    EXPECT_NE(unreadable.error().message.find("/nowhere.pem"), std::string::npos);
}

TEST(ClientTls, APlainServerIsNoTlsServerAndLargeAnswersAreRefused) {
    const TlsServer server("DNS:localhost", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + std::string(5000, 'x'));
    auto options = trusting(server.ca_file());
    options.body_bytes = 4000;
    const auto large = Client(server.url("localhost"), options).get("/");
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, "http_malformed");
    std::string plain = server.url("localhost");
    plain.erase(4, 1);
    EXPECT_FALSE(Client(plain).get("/"));
}

}  // namespace
}  // namespace verbatim::http
