// A mail server for tests that misbehaves on purpose. It speaks well by default; a test answers single commands itself.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace verbatim::mail::testing {

// A self-made certificate and its key, both PEM.
struct Certificate {
    std::string certificate, key;
};
Certificate make_certificate(const char* names);  // as in "DNS:localhost,IP:127.0.0.1"

struct Asked {
    int connection = 0;      // counted from 0
    std::string line;        // "CONNECT", "MAIL FROM:<...>", ".", ...
    std::string upper;       // its first word, upper case
    std::size_t messages = 0;  // that this connection has had
};

// What the test wants said; nothing: the polite default. Special answers instead of a reply:
inline const std::string hang = "\1hang";  // say nothing more until the end
inline const std::string drip = "\1drip";  // begin a line, then a byte now and then
inline const std::string drop = "\1drop";  // close
using Answers = std::function<std::optional<std::string>(const Asked&)>;

class ScriptedServer {
public:
    explicit ScriptedServer(Answers answers = {}, std::string features = "PIPELINING", bool tls_first = false,
                            const char* names = "DNS:localhost,IP:127.0.0.1");
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    int port() const { return port_; }
    const Certificate& certificate() const { return certificate_; }
    // Stops listening and cuts every connection, as a killed process does.
    void kill();

    std::vector<std::string> messages() const;  // the data of those answered 2xx, unstuffed
    std::vector<std::string> lines() const;     // every command of every connection, in order of arrival
    int connections() const { return connections_; }

private:
    class Talk;
    void accept_all();
    void serve(Talk& talk);
    std::string answer(const Asked& asked, const std::string& usual);

    Answers answers_;
    std::string features_;
    bool tls_first_;
    Certificate certificate_;
    std::shared_ptr<SSL_CTX> tls_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> connections_{0};
    std::atomic<bool> stopping_{false};
    mutable std::mutex mutex_;
    std::set<int> open_;
    std::vector<std::string> messages_, lines_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace verbatim::mail::testing
