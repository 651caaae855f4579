#include <gtest/gtest.h>

#include <fstream>

#include "engine/http/test_wire.h"

namespace verbatim::http {
namespace {

struct Refused {
    const char* what;
    std::string bytes;
    int status;
};

// What a request behind the refused one would ask: its answer must never come.
const std::string smuggled = "GET /echo/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Strictness, malformed_requests_are_answered_once_and_closed) {
    TestServer server;
    const std::string line = "POST /echo HTTP/1.1\r\nHost: a\r\n";
    const Refused table[] = {
        {"bare LF", "GET /page HTTP/1.1\nHost: a\n\n", 400},
        {"both lengths", line + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"CL.TE", line + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG", 400},
        {"TE.CL", line + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n", 400},
        {"odd Transfer-Encoding", line + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
        {"Transfer-Encoding with space", line + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
        {"folded Transfer-Encoding", line + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400},
        {"two lengths", line + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n", 400},
        {"length list", line + "Content-Length: 0,5\r\n\r\n", 400},
        {"chunk size with a sign", line + "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n", 400},
        {"chunk ended by LF", line + "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n", 400},
        {"chunk longer than said", line + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", 400},
        {"chunk size overflow", line + "Transfer-Encoding: chunked\r\n\r\n100000000\r\n", 400},
        {"GET with a body", "GET /page HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 400},
        {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"unknown method", "BREW /page HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        {"no Host", "GET /page HTTP/1.1\r\n\r\n", 400},
        {"dot segments", get("/a/%2e%2e/page"), 400},
        {"large header", get("/page", "X: " + std::string(17'000, 'a') + "\r\n"), 431},
        {"unknown expectation", get("/page", "Expect: tea\r\n"), 417},
    };
    for (const auto& [what, bytes, status] : table) {
        Wire wire(server);
        const auto response = wire.ask(bytes + smuggled);
        EXPECT_EQ(response.status, status) << what;
        EXPECT_EQ(response.field("Connection"), "close") << what;
        EXPECT_EQ(response.body.find("smuggled"), std::string::npos) << what;
        EXPECT_TRUE(wire.closed()) << what << ": " << wire.left_over();
    }
    EXPECT_EQ(Wire(server).ask(get("/page")).status, 200);
}

TEST(Strictness, junk_behind_a_request_is_no_request) {
    TestServer server;
    Wire wire(server);
    wire.send(post("/echo", "hello") + "junk\r\n\r\n");
    EXPECT_EQ(wire.receive().body, "hello");
    EXPECT_EQ(wire.receive().status, 400);
    EXPECT_TRUE(wire.closed());
}

std::size_t peak_memory() {  // KiB
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
    return 0;
}

TEST(Limits, a_large_body_is_refused_without_being_held) {
    TestServer server;
    const auto before = peak_memory();
    const std::string piece(64 * 1024, 'x');
    for (const bool chunked : {false, true}) {
        Wire wire(server);
        wire.send(chunked ? "POST /count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" : "POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 10485760\r\n\r\n");
        for (int i = 0; i < 160; ++i) {
            if (chunked) wire.send("10000\r\n");
            wire.send(piece);
            if (chunked) wire.send("\r\n");
        }
        EXPECT_EQ(wire.receive().status, 413);  // seen, although the body was sent to its end
        EXPECT_TRUE(wire.closed(8000));
    }
    EXPECT_LT(peak_memory() - before, 8u * 1024);  // one body held would be 10 MiB
}

// RFC 9457: below /api/ whoever asks is a program, also where no handler ever sees the request.
TEST(Limits, refusals_below_the_api_are_problems) {
    Options options;
    options.limits.posts_per_minute = 3;
    options.limits.header_seconds = 1;
    TestServer server(options);
    const auto is_problem = [](const Received& received, int status, const std::string& code) {
        EXPECT_EQ(received.status, status);
        EXPECT_EQ(received.field("Content-Type"), "application/problem+json");
        EXPECT_NE(received.body.find("\"status\":" + std::to_string(status)), std::string::npos) << received.body;
        EXPECT_NE(received.body.find("\"code\":\"" + code + "\""), std::string::npos) << received.body;
    };
    Wire slow(server);
    slow.send("GET /api/v1/reviews HTTP/1.1\r\n");
    is_problem(Wire(server).ask("POST /api/v1/reviews HTTP/1.1\r\nHost: a\r\nContent-Length: 104857600\r\n\r\n"), 413, "too_large");
    is_problem(Wire(server).ask(get("/api/v1/reviews", "X-Long: " + std::string(100'000, 'x') + "\r\n")), 431, "header_too_large");
    is_problem(Wire(server).ask("GET /api/v1/reviews HTTP/1.1\r\nHost: a\r\nno field\r\n\r\n"), 400, "malformed");
    for (int i = 0; i < 2; ++i) EXPECT_EQ(Wire(server).ask(post("/echo", "a")).status, 200);
    const auto refused = Wire(server).ask(post("/api/v1/reviews", "a"));
    is_problem(refused, 429, "too_many");
    EXPECT_GE(std::stoi(refused.field("Retry-After")), 1);
    is_problem(slow.receive(), 408, "too_slow");
    // A page's visitor is told in words.
    EXPECT_EQ(Wire(server).ask(get("/page", "X-Long: " + std::string(100'000, 'x') + "\r\n")).field("Content-Type"), "text/plain; charset=utf-8");
}

TEST(Limits, multipart_may_be_larger) {
    TestServer server;
    Wire wire(server);
    const std::string body(2 * 1024 * 1024, 'x');
    EXPECT_EQ(wire.ask(post("/count", body, "Content-Type: multipart/form-data; boundary=b\r\n")).body, std::to_string(body.size()));
    EXPECT_EQ(wire.ask(post("/count", body)).status, 413);
}

TEST(Limits, bodies_of_all_connections_are_bounded) {
    Options options;
    options.limits.all_bodies_bytes = 100'000;
    TestServer server(options);
    Wire holding(server), other(server);
    holding.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 90001\r\n\r\n" + std::string(90'000, 'x'));
    EXPECT_TRUE(holding.silent(200));
    const auto refused = other.ask(post("/count", std::string(20'000, 'x')));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.field("Retry-After"), "1");
    EXPECT_EQ(holding.ask("x").body, "90001");
    EXPECT_EQ(Wire(server).ask(post("/count", std::string(20'000, 'x'))).body, "20000");
}

TEST(Limits, slow_headers_are_cut_off) {
    Options options;
    options.limits.header_seconds = 1;
    TestServer server(options);
    Wire slow(server), silent(server), patient(server);
    EXPECT_EQ(patient.ask(get("/page")).status, 200);
    slow.send("GET /page HTTP/1.1\r\n");
    // One byte now and then does not buy more time.
    const auto begun = std::chrono::steady_clock::now();
    bool cut = false;
    while (!cut && std::chrono::steady_clock::now() - begun < std::chrono::seconds(6)) {
        slow.send("X");
        cut = !slow.silent(100);
    }
    EXPECT_EQ(slow.receive().status, 408);
    EXPECT_TRUE(slow.closed(8000));
    EXPECT_TRUE(silent.closed());
    EXPECT_EQ(patient.ask(get("/page")).status, 200);  // between requests idle_seconds counts
}

TEST(Limits, slow_bodies_and_idle_connections_are_cut_off) {
    Options options;
    options.limits.body_seconds = 1;
    options.limits.idle_seconds = 1;
    TestServer server(options);
    Wire slow(server), idle(server);
    EXPECT_EQ(idle.ask(get("/page")).status, 200);
    slow.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
    EXPECT_EQ(slow.receive().status, 408);
    EXPECT_TRUE(slow.closed(8000));
    EXPECT_TRUE(idle.closed());
}

TEST(Limits, slow_readers_are_cut_off) {
    Options options;
    options.limits.body_seconds = 1;
    options.drain_seconds = 0;
    TestServer server(options);
    // 256 pages of 3 KB fill what the kernel buffers of a client that does not read.
    Wire wire(server.port(), 4096);
    std::string burst;
    for (int i = 0; i < 256; ++i) burst += get("/page");
    for (int i = 0; i < 20; ++i) wire.send(burst);
    const auto begun = std::chrono::steady_clock::now();
    while (server.server->metrics().connections_open > 0 && std::chrono::steady_clock::now() - begun < std::chrono::seconds(30))
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(server.server->metrics().connections_open, 0u);
}

TEST(Limits, a_large_response_to_a_slow_reader_arrives_whole) {
    TestServer server;
    Wire wire(server.port(), 16 * 1024);
    const auto response = wire.ask(get("/large"));
    EXPECT_EQ(response.body.size(), 32u * 1024 * 1024);
    EXPECT_EQ(wire.ask(get("/echo/a")).body, "a");
}

TEST(Limits, connections_over_the_cap_are_closed_at_once) {
    Options options;
    options.limits.connections = 3;
    TestServer server(options);
    std::vector<Wire> wires;
    for (int i = 0; i < 3; ++i) {
        wires.emplace_back(server);
        EXPECT_EQ(wires.back().ask(get("/page")).status, 200);
    }
    Wire fourth(server);
    EXPECT_TRUE(fourth.closed());
    EXPECT_EQ(server.server->metrics().rejected, 1u);
    wires.pop_back();
    while (server.server->metrics().connections_open == 3) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(Wire(server).ask(get("/page")).status, 200);
}

TEST(Limits, posts_of_one_address_are_limited) {
    Options options;
    options.limits.posts_per_minute = 3;
    options.trusted_proxies = {"127.0.0.1"};
    TestServer server(options);
    Wire wire(server);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(wire.ask(post("/echo", "a")).status, 200);
    EXPECT_EQ(wire.ask(get("/echo/a")).status, 200);
    const auto refused = wire.ask(post("/echo", "a"));
    EXPECT_EQ(refused.status, 429);
    EXPECT_GE(std::stoi(refused.field("Retry-After")), 1);
    EXPECT_LE(std::stoi(refused.field("Retry-After")), 20);
    EXPECT_TRUE(wire.closed());
    EXPECT_EQ(Wire(server).ask(post("/echo", "a", "X-Forwarded-For: 203.0.113.9\r\n")).status, 200);
}

TEST(Limits, requests_that_no_worker_can_take_are_sent_away) {
    Options options;
    options.workers = 1;
    options.limits.waiting_requests = 1;
    TestServer server(options);
    Wire running(server), waiting(server), refused(server);
    running.send(get("/gate"));
    server.gate.wait_until_waiting(1);
    waiting.send(get("/echo/a"));
    EXPECT_TRUE(waiting.silent(100));
    EXPECT_EQ(refused.ask(get("/echo/a")).status, 503);
    EXPECT_EQ(Wire(server).ask(get("/page")).status, 200);  // the window needs no worker
    server.gate.open();
    EXPECT_EQ(running.receive().body, "passed");
    EXPECT_EQ(waiting.receive().body, "a");
}

}  // namespace
}  // namespace verbatim::http
