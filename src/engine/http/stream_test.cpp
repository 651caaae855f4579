// Long answers: no worker held, heartbeats, slow readers dropped, ended in order when the server stops, cheap by the thousand.
#include <gtest/gtest.h>

#include <fstream>

#include "engine/http/stream.h"
#include "engine/http/test_wire.h"
#include "ground/base/sanitized.h"

namespace verbatim::http {
namespace {

struct Streams {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::shared_ptr<Stream>> all;
    Stream::Options options{.heartbeat = ": \n\n"};

    void route(Router& router) {
        router.get("/stream", [this](const Request&) {
            auto stream = std::make_shared<Stream>(options);
            stream->write("retry: 1000\n\n");
            std::lock_guard lock(mutex);
            all.push_back(stream);
            changed.notify_all();
            return Response::streaming("text/event-stream", std::move(stream));
        });
    }
    std::shared_ptr<Stream> wait_for(std::size_t count) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return all.size() >= count; });
        return all[count - 1];
    }
};

// Reads chunks until `wanted` bytes of their content came or the answer ended.
std::string chunks(Wire& wire, std::size_t wanted) {
    std::string content;
    while (content.size() < wanted) {
        const auto size_line = wire.line();
        if (!size_line) break;
        const auto size = std::stoul(*size_line, nullptr, 16);
        content += wire.bytes(size + 2).substr(0, size);
        if (size == 0) break;
    }
    return content;
}

bool eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 2000; ++i) {  // a sanitizer on a busy machine takes its time
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

std::size_t resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
    return 0;
}

class StreamTest : public ::testing::Test {
protected:
    StreamTest() { streams.route(server.router); }
    Streams streams;
    TestServer server;
};

TEST_F(StreamTest, pieces_arrive_as_they_are_written_and_no_worker_waits) {
    Wire wire(server);
    const auto head = wire.ask(get("/stream"), true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.field("Content-Type"), "text/event-stream");
    EXPECT_EQ(head.field("Transfer-Encoding"), "chunked");
    EXPECT_EQ(head.field("Content-Length"), "");
    const auto stream = streams.wait_for(1);
    EXPECT_EQ(chunks(wire, 13), "retry: 1000\n\n");
    for (int i = 0; i < 100; ++i) {
        const auto piece = "data: " + std::to_string(i) + "\n\n";
        ASSERT_TRUE(stream->write(piece));
        ASSERT_EQ(chunks(wire, piece.size()), piece);
    }
    std::thread other([&] { for (int i = 0; i < 1000; ++i) stream->write("data: x\n\n"); });
    EXPECT_EQ(chunks(wire, 9000).size(), 9000u);
    other.join();
    stream->end();
    EXPECT_EQ(chunks(wire, 1), "");
    EXPECT_TRUE(wire.closed());
}

TEST_F(StreamTest, the_writer_learns_that_the_reader_went) {
    {
        Wire wire(server);
        wire.ask(get("/stream"), true);
        streams.wait_for(1);
    }
    EXPECT_TRUE(eventually([&] { return streams.all[0]->over(); }));
    EXPECT_FALSE(streams.all[0]->write("data: x\n\n"));
    // HEAD asks for none.
    Wire wire(server);
    wire.ask("HEAD /stream HTTP/1.1\r\nHost: test\r\n\r\n", true);
    EXPECT_TRUE(streams.wait_for(2)->over());
}

TEST_F(StreamTest, silence_is_filled_with_heartbeats) {
    streams.options.heartbeat_seconds = 1;
    Wire wire(server);
    wire.ask(get("/stream"), true);
    chunks(wire, 13);
    EXPECT_EQ(chunks(wire, 4), ": \n\n");
}

TEST_F(StreamTest, a_slow_reader_is_dropped_and_costs_bounded_memory) {
    Wire wire(server.port(), 4096);
    wire.ask(get("/stream"), true);
    const auto stream = streams.wait_for(1);
    const std::string piece(1024, 'x');
    bool dropped = false;
    std::size_t most = 0;
    for (int i = 0; i < 100'000 && !dropped; ++i) {
        dropped = !stream->write(piece);
        most = std::max(most, stream->waiting());
        if (i % 64 == 63) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the socket's own buffers fill first
    }
    EXPECT_TRUE(dropped);
    EXPECT_LE(most, 64u * 1024);
    EXPECT_TRUE(eventually([&] { return server.server->metrics().connections_open == 0; }));
}

TEST_F(StreamTest, an_old_client_gets_it_unframed) {
    Wire wire(server);
    const auto head = wire.ask("GET /stream HTTP/1.0\r\n\r\n", true);
    EXPECT_EQ(head.field("Transfer-Encoding"), "");
    EXPECT_EQ(wire.bytes(13), "retry: 1000\n\n");
    streams.wait_for(1)->end();
    EXPECT_TRUE(wire.closed());
}

TEST_F(StreamTest, stopping_ends_every_stream_in_order) {
    std::vector<Wire> wires;
    for (int i = 0; i < 20; ++i) {
        wires.emplace_back(server);
        wires.back().ask(get("/stream"), true);
    }
    streams.wait_for(20);
    const auto begun = std::chrono::steady_clock::now();
    std::thread stopping([&] { server.server->stop(); });
    for (auto& wire : wires) {
        EXPECT_EQ(chunks(wire, 100), "retry: 1000\n\n");
        EXPECT_TRUE(wire.closed());
    }
    wires.clear();
    stopping.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
    for (const auto& stream : streams.all) EXPECT_FALSE(stream->write("x"));
}

// Front desks keep a stream open all day: it must not cost more than its descriptor and a few kilobytes.
TEST_F(StreamTest, five_thousand_are_cheap) {
    constexpr std::size_t count = 5000;
    std::vector<Wire> wires;
    wires.reserve(count);
    for (std::size_t i = 0; i < 100; ++i) {  // what the first ones bring along is not counted
        wires.emplace_back(server);
        ASSERT_EQ(wires.back().ask(get("/stream"), true).status, 200);
    }
    const auto before = resident_kib();
    while (wires.size() < count) {
        wires.emplace_back(server);
        ASSERT_EQ(wires.back().ask(get("/stream"), true).status, 200);
    }
    const auto each = (resident_kib() - before) * 1024 / (count - 100);
    RecordProperty("bytes_a_stream", static_cast<int>(each));
    std::printf("%zu bytes of memory an open stream, the client's end of this test included\n", each);
#ifndef VERBATIM_SANITIZED
    EXPECT_LT(each, 8u * 1024);
#endif
    const auto begun = std::chrono::steady_clock::now();
    for (const auto& stream : streams.all) ASSERT_TRUE(stream->write("data: now\n\n"));
    for (auto& wire : wires) ASSERT_EQ(chunks(wire, 24), "retry: 1000\n\ndata: now\n\n");
    std::printf("%lld ms until all had one event\n", static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count()));
    EXPECT_LE(server.server->metrics().connections_open, count);
}

}  // namespace
}  // namespace verbatim::http
