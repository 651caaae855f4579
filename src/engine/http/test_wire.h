// For the tests: a server with a few routes, and a client that sends any bytes.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>

#include "engine/http/characters.h"
#include "engine/http/http.h"
#include "engine/http/parser.h"

namespace verbatim::http {

// Opens once, for all who wait.
class Gate {
public:
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }
    void wait_until_waiting(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    int waiting_ = 0;
};

class TestServer {
public:
    explicit TestServer(Options given = {}) {
        router.get("/echo/{word}", [](const Request& request) { return Response::text(std::string(request.part("word"))); });
        router.get("/remote", [](const Request& request) { return Response::text(request.scheme + " " + request.remote); });
        router.get("/long", [](const Request&) { return Response::text(std::string(100'000, 'x')).with("ETag", "\"long\""); });
        router.get("/large", [](const Request&) { return Response::text(std::string(32 * 1024 * 1024, 'x')); });
        router.get("/gate", [this](const Request&) { gate.pass(); return Response::text("passed"); });
        router.get("/split", [](const Request&) { return Response::text("x").with("X-A", "a\r\nX-B: b"); });
        router.get("/own", [](const Request&) { return Response::text("x").with("X-Frame-Options", "SAMEORIGIN"); });
        router.post("/echo", [](const Request& request) { return Response::text(request.body); });
        router.post("/count", [](const Request& request) { return Response::text(std::to_string(request.body.size())); });
        page = finish_page("application/json", "{\"reviews\":[" + std::string(3000, '1') + "]}", {{"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}});
        given.listen = "127.0.0.1:0";
        options = given;
        server = std::make_unique<Server>(given, router, [this](std::string_view target) {
            if (target == "/throw") throw std::runtime_error("window");
            return target == "/page" ? page : nullptr;
        });
        server->start();
    }
    int port() const { return std::stoi(server->address().substr(server->address().rfind(':') + 1)); }

    Gate gate;
    Router router;
    Options options;
    std::shared_ptr<const FinishedPage> page;
    std::unique_ptr<Server> server;
};

struct Received {
    int status = 0;  // 0: no whole response came
    std::string head, body;
    std::vector<Field> fields;
    std::string field(std::string_view name) const {
        for (const auto& field : fields)
            if (equal_without_case(field.name, name)) return field.value;
        return {};
    }
};

class Wire {
public:
    explicit Wire(int port, int receive_buffer = 0) {
        descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receive_buffer > 0) ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        const int yes = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    explicit Wire(const TestServer& server) : Wire(server.port()) {}
    Wire(Wire&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), connected_(other.connected_), received_(std::move(other.received_)) {}
    Wire& operator=(Wire&&) = delete;
    ~Wire() { if (descriptor_ >= 0) ::close(descriptor_); }

    bool connected() const { return connected_; }
    // false where the server had closed.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    Received ask(std::string_view bytes, bool bodiless = false) {
        send(bytes);
        return receive(bodiless);
    }
    Received receive(bool bodiless = false) {
        std::size_t end;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return {};
        Received response;
        response.head = received_.substr(0, end + 2);
        response.status = std::stoi(response.head.substr(9, 3));
        std::size_t length = 0;
        for (auto at = response.head.find("\r\n") + 2; at < response.head.size();) {
            const auto line_end = response.head.find("\r\n", at);
            if (const auto field = parse_field_line(std::string_view(response.head).substr(at, line_end - at))) {
                response.fields.push_back({std::string(field->name), std::string(field->value)});
                if (equal_without_case(field->name, "Content-Length")) length = std::stoul(std::string(field->value));
            }
            at = line_end + 2;
        }
        received_.erase(0, end + 4);
        if (bodiless || response.status == 304 || response.status == 100) return response;
        while (received_.size() < length)
            if (!more()) return {};
        response.body = received_.substr(0, length);
        received_.erase(0, length);
        return response;
    }
    // What is sent outside a response with a length: a line without its end, or so many bytes; nothing where it closed before.
    std::optional<std::string> line() {
        std::size_t end;
        while ((end = received_.find("\r\n")) == std::string::npos)
            if (!more()) return std::nullopt;
        auto text = received_.substr(0, end);
        received_.erase(0, end + 2);
        return text;
    }
    std::string bytes(std::size_t count) {
        while (received_.size() < count)
            if (!more()) return {};
        auto text = received_.substr(0, count);
        received_.erase(0, count);
        return text;
    }
    // Whether the server closes within the time, with nothing more sent before.
    bool closed(int milliseconds = 5000) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
        while (received_.empty()) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
            if (left <= 0) return false;
            pollfd waiting{descriptor_, POLLIN, 0};
            if (::poll(&waiting, 1, static_cast<int>(left)) == 1 && !more()) return received_.empty();
        }
        return false;
    }
    bool silent(int milliseconds) {
        pollfd waiting{descriptor_, POLLIN, 0};
        return received_.empty() && ::poll(&waiting, 1, milliseconds) == 0;
    }
    const std::string& left_over() const { return received_; }

private:
    bool more() {
        pollfd waiting{descriptor_, POLLIN, 0};
        if (::poll(&waiting, 1, 20'000) != 1) return false;
        char bytes[64 * 1024];
        const auto count = ::recv(descriptor_, bytes, sizeof bytes, 0);
        if (count <= 0) return false;
        received_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }
    int descriptor_;
    bool connected_ = false;
    std::string received_;
};

inline std::string get(std::string_view target, std::string_view fields = {}) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(fields) + "\r\n";
}
inline std::string post(std::string_view target, std::string_view body, std::string_view fields = {}) {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace verbatim::http
