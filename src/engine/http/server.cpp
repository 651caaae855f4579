#include <netinet/in.h>
#include <sys/socket.h>

#include <arpa/inet.h>

#include <asio/ip/address.hpp>
#include <asio/post.hpp>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "engine/http/characters.h"
#include "engine/http/loop.h"
#include "engine/http/parser.h"
#include "ground/base/log.h"

namespace verbatim::http {

namespace {

constexpr int backlog = 4096;
constexpr int accepted_at_once = 64;  // then the others' turn

asio::ip::tcp::endpoint parse_listen(const std::string& listen) {
    const auto colon = listen.rfind(':');
    const auto fault = [&] { return std::runtime_error("cannot listen on \"" + listen + "\": give ADDRESS:PORT, like 127.0.0.1:8080 or [::1]:8080"); };
    if (colon == std::string::npos) throw fault();
    std::string host = listen.substr(0, colon);
    if (host == "localhost") host = "127.0.0.1";
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const auto port = parse_length(std::string_view(listen).substr(colon + 1));
    asio::error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error || !port || *port > 65535) throw fault();
    return {address, static_cast<unsigned short>(*port)};
}

std::string text_of(const sockaddr_storage& peer) {
    char text[INET6_ADDRSTRLEN] = "";
    if (peer.ss_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(peer);
        if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) ::inet_ntop(AF_INET, v6.sin6_addr.s6_addr + 12, text, sizeof text);
        else ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    } else {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text, sizeof text);
    }
    return text;
}

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;

}  // namespace

struct Server::Impl {
    Impl(Options options, const Router& router, Window window) : shared(std::move(options), router, std::move(window)) {
        for (int i = 0; i < std::max(1, shared.options.io_threads); ++i) loops.push_back(std::make_unique<Loop>(shared));
        acceptor = std::make_unique<Acceptor>(loops.front()->context());
        pause = std::make_unique<Pause>(loops.front()->context());
    }

    using Pause = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, asio::io_context::executor_type>;

    void accept() {
        acceptor->async_wait(Acceptor::wait_read, [this](const asio::error_code& error) {
            if (error) return;  // closed
            for (int i = 0; i < accepted_at_once; ++i) {
                sockaddr_storage peer{};
                socklen_t length = sizeof peer;
                const int descriptor = ::accept4(acceptor->native_handle(), reinterpret_cast<sockaddr*>(&peer), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (descriptor < 0) {
                    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) return breathe(errno);
                    if (errno == EAGAIN || errno == EWOULDBLOCK) break;
                    continue;  // that one went away again
                }
                place(descriptor, text_of(peer));
            }
            accept();
        });
    }

    // Out of file descriptors: the waiting ones stay in the backlog for a moment.
    void breathe(int error) {
        log::warning("cannot accept connections for a moment: raise the limit of open files", {{"errno", error}, {"open", shared.open.load()}});
        pause->expires_after(std::chrono::milliseconds(200));
        pause->async_wait([this](const asio::error_code& cancelled) { if (!cancelled) accept(); });
    }

    void place(int descriptor, std::string remote) {
        ++shared.total;
        if (++shared.open > static_cast<std::uint64_t>(shared.options.limits.connections)) {
            --shared.open;
            ++shared.rejected;
            ::close(descriptor);
            return;
        }
        loops[next++ % loops.size()]->adopt(descriptor, std::move(remote));
    }

    Shared shared;
    std::vector<std::unique_ptr<Loop>> loops;
    std::unique_ptr<Acceptor> acceptor;
    std::unique_ptr<Pause> pause;
    std::string address;
    std::size_t next = 0;
    bool running = false;
};

Server::Server(Options options, const Router& router, Window window) : impl_(std::make_unique<Impl>(std::move(options), router, std::move(window))) {}

Server::~Server() { stop(); }

void Server::bind() {
    if (!impl_->address.empty()) return;
    const auto& listen = impl_->shared.options.listen;
    const auto endpoint = parse_listen(listen);
    auto& acceptor = *impl_->acceptor;
    try {
        acceptor.open(endpoint.protocol());
        acceptor.set_option(asio::socket_base::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen(backlog);
        acceptor.non_blocking(true);
    } catch (const std::system_error& error) {
        throw std::runtime_error("cannot listen on " + listen + " (" + error.code().message() + "): is another server running there? Choose another --listen ADDRESS:PORT");
    }
    const auto bound = acceptor.local_endpoint();
    const auto host = bound.address().to_string();
    impl_->address = (bound.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(bound.port());
}

void Server::start() {
    bind();
    impl_->accept();
    for (auto& loop : impl_->loops) loop->start();
    impl_->running = true;
}

std::string Server::address() const { return impl_->address; }

void Server::stop() {
    if (!impl_->running) return;
    impl_->running = false;
    auto& shared = impl_->shared;
    asio::post(impl_->loops.front()->context(), [this] {
        asio::error_code ignored;
        impl_->acceptor->close(ignored);
        impl_->pause->cancel();
    });
    for (auto& loop : impl_->loops) loop->drain();
    {
        std::unique_lock lock(shared.drained_mutex);
        shared.drained.wait_for(lock, std::chrono::seconds(shared.options.drain_seconds), [&] { return shared.open == 0; });
    }
    if (shared.open != 0) log::warning("connections cut after the drain", {{"open", shared.open.load()}});
    shared.abandoned = true;
    for (auto& loop : impl_->loops) loop->cut();
    shared.workers.stop();
    for (auto& loop : impl_->loops) loop->join();
}

void Server::reopen_access_log() { impl_->shared.access_log.reopen(); }

Metrics Server::metrics() const {
    Metrics metrics;
    metrics.connections_open = impl_->shared.open;
    metrics.connections_total = impl_->shared.total;
    metrics.rejected = impl_->shared.rejected;
    for (const auto& loop : impl_->loops) {
        metrics.requests += loop->counters.requests.get();
        metrics.window_hits += loop->counters.window_hits.get();
        for (std::size_t i = 0; i < 6; ++i) metrics.responses_by_class[i] += loop->counters.by_class[i].get();
    }
    return metrics;
}

}  // namespace verbatim::http
