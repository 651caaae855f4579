#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "engine/http/test_wire.h"

namespace verbatim::http {
namespace {

TEST(Server, answers_from_window_and_counter) {
    TestServer server;
    Client client("http://" + server.server->address());
    auto fetched = client.get("/page");
    ASSERT_TRUE(fetched.ok()) << fetched.error().message;
    EXPECT_EQ(fetched->body, server.page->identity.body);
    EXPECT_EQ(client.get("/echo/J%C3%BCrgen")->body, "Jürgen");
    EXPECT_EQ(client.post("/echo", "text/plain", "words")->body, "words");
    EXPECT_EQ(client.get("/none")->status, 404);
    EXPECT_EQ(client.get("/echo")->status, 405);
    server.server->stop();
    const auto metrics = server.server->metrics();
    EXPECT_EQ(metrics.window_hits, 1u);
    EXPECT_EQ(metrics.requests, 5u);
    EXPECT_EQ(metrics.connections_total, 1u);  // kept alive
    EXPECT_EQ(metrics.connections_open, 0u);
    EXPECT_EQ(metrics.responses_by_class[2], 3u);
    EXPECT_EQ(metrics.responses_by_class[4], 2u);
}

TEST(Server, pipelined_requests_are_answered_in_order) {
    TestServer server;
    Wire wire(server);
    std::string burst;
    for (int i = 0; i < 1000; ++i) burst += i % 10 == 9 ? get("/echo/" + std::to_string(i)) : get("/page");
    std::thread sender([&] { wire.send(burst); });
    for (int i = 0; i < 1000; ++i) {
        const auto response = wire.receive();
        ASSERT_EQ(response.status, 200) << i;
        ASSERT_EQ(response.body, i % 10 == 9 ? std::to_string(i) : server.page->identity.body) << i;
    }
    sender.join();
    EXPECT_TRUE(wire.left_over().empty());
    EXPECT_EQ(server.server->metrics().window_hits, 900u);
}

TEST(Server, a_thousand_hot_hits_in_one_write) {
    TestServer server;
    Wire wire(server);
    std::string burst;
    for (int i = 0; i < 1000; ++i) burst += get("/page");
    ASSERT_TRUE(wire.send(burst));
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(wire.receive().body.size(), server.page->identity.body.size()) << i;
}

TEST(Server, byte_by_byte) {
    TestServer server;
    Wire wire(server);
    for (const auto& message : {get("/page"), post("/echo", "hello"), std::string("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")}) {
        for (char c : message) ASSERT_TRUE(wire.send(std::string_view(&c, 1)));
        const auto response = wire.receive();
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(response.body, message.starts_with("POST") ? "hello" : server.page->identity.body);
    }
}

TEST(Server, head_has_the_same_fields_and_no_body) {
    TestServer server;
    for (const char* target : {"/page", "/echo/word", "/long"}) {
        Wire wire(server);
        auto whole = wire.ask(get(target));
        auto message = get(target);
        message.replace(0, 3, "HEAD");
        auto head = wire.ask(message, true);
        ASSERT_EQ(head.status, 200);
        const auto comparable = [](const Received& response) {
            std::string text;
            for (const auto& field : response.fields)
                if (field.name != "X-Request-Id" && field.name != "Date") text += field.name + ": " + field.value + "\n";
            return text;
        };
        EXPECT_EQ(comparable(whole), comparable(head)) << target;
        EXPECT_EQ(wire.ask(get("/echo/next")).body, "next") << target;  // no body came in between
    }
}

TEST(Server, http_1_0_closes_unless_asked_to_stay) {
    TestServer server;
    Wire once(server);
    auto response = once.ask("GET /page HTTP/1.0\r\n\r\n");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.field("Connection"), "close");
    EXPECT_TRUE(once.closed());
    Wire kept(server);
    for (const char* target : {"/page", "/echo/a"}) {
        response = kept.ask("GET " + std::string(target) + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(response.field("Connection"), "keep-alive");
    }
    Wire closing(server);
    response = closing.ask(get("/echo/a", "Connection: close\r\n"));
    EXPECT_EQ(response.field("Connection"), "close");
    EXPECT_TRUE(closing.closed());
}

TEST(Server, conditional_requests_on_both_lanes) {
    TestServer server;
    Wire wire(server);
    const auto tag = wire.ask(get("/page")).field("ETag");
    ASSERT_FALSE(tag.empty());
    for (const auto& list : {tag, "W/" + tag, "\"x, y\", " + tag, std::string("*")}) {
        const auto response = wire.ask(get("/page", "If-None-Match: " + list + "\r\n"));
        EXPECT_EQ(response.status, 304) << list;
        EXPECT_EQ(response.field("ETag"), tag);
        EXPECT_EQ(response.field("Cache-Control"), "no-cache");
        EXPECT_FALSE(response.field("Date").empty());
        EXPECT_TRUE(response.field("Content-Length").empty());
    }
    EXPECT_EQ(wire.ask(get("/page", "If-None-Match: \"other\"\r\n")).status, 200);
    // A coding has a tag of its own.
    EXPECT_EQ(wire.ask(get("/page", "Accept-Encoding: gzip\r\nIf-None-Match: " + tag + "\r\n")).status, 200);
    EXPECT_EQ(wire.ask(get("/long", "If-None-Match: W/\"long\"\r\n")).status, 304);
    EXPECT_EQ(wire.ask(get("/long", "If-None-Match: \"longer\"\r\n")).status, 200);
}

TEST(Server, the_counter_compresses_long_text_only) {
    TestServer server;
    Wire wire(server);
    const auto coded = wire.ask(get("/long", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(coded.field("Content-Encoding"), "gzip");
    EXPECT_EQ(coded.field("Vary"), "Accept-Encoding");
    EXPECT_EQ(coded.field("ETag"), "W/\"long\"");
    EXPECT_LT(coded.body.size(), 1000u);
    const auto plain = wire.ask(get("/long", "Accept-Encoding: gzip;q=0\r\n"));
    EXPECT_EQ(plain.field("Content-Encoding"), "");
    EXPECT_EQ(plain.field("Vary"), "Accept-Encoding");
    EXPECT_EQ(plain.body.size(), 100'000u);
    EXPECT_EQ(wire.ask(get("/echo/short", "Accept-Encoding: gzip\r\n")).body, "short");
}

TEST(Server, counter_responses_carry_the_default_fields_and_an_id) {
    Options options;
    options.default_fields = {{"X-Frame-Options", "DENY"}, {"X-Content-Type-Options", "nosniff"}};
    TestServer server(options);
    Wire wire(server);
    const auto first = wire.ask(get("/echo/a", "X-Request-Id: mine\r\n"));
    EXPECT_EQ(first.field("X-Frame-Options"), "DENY");
    EXPECT_EQ(wire.ask(get("/none")).field("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(wire.ask(get("/own")).field("X-Frame-Options"), "SAMEORIGIN");
    EXPECT_FALSE(first.field("X-Request-Id").empty());
    EXPECT_NE(first.field("X-Request-Id"), "mine");
    EXPECT_NE(first.field("X-Request-Id"), wire.ask(get("/echo/a")).field("X-Request-Id"));
    EXPECT_EQ(first.field("Server"), "");
}

TEST(Server, a_field_that_would_split_the_response_is_a_500) {
    TestServer server;
    Wire wire(server);
    const auto response = wire.ask(get("/split"));
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.field("X-B"), "");
    EXPECT_EQ(wire.ask(get("/echo/after")).body, "after");
}

TEST(Server, forwarded_addresses_are_believed_from_trusted_proxies_only) {
    const std::string fields = "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n";
    TestServer plain;
    EXPECT_EQ(Wire(plain).ask(get("/remote", fields)).body, "http 127.0.0.1");
    Options options;
    options.trusted_proxies = {"127.0.0.0/8", "10.0.0.0/8"};
    TestServer behind(options);
    EXPECT_EQ(Wire(behind).ask(get("/remote", fields)).body, "https 203.0.113.9");
    EXPECT_EQ(Wire(behind).ask(get("/remote")).body, "http 127.0.0.1");
}

TEST(Server, expect_continue) {
    TestServer server;
    Wire wire(server);
    EXPECT_EQ(wire.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n").status, 100);
    EXPECT_EQ(wire.ask("hello").body, "hello");
    Wire large(server);
    const auto refused = large.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(refused.status, 413);
    EXPECT_TRUE(large.closed());
}

TEST(Server, absolute_targets_and_options) {
    TestServer server;
    Wire wire(server);
    EXPECT_EQ(wire.ask("GET http://other/page HTTP/1.1\r\nHost: other\r\n\r\n").body, server.page->identity.body);
    auto response = wire.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(response.status, 204);
    response = wire.ask("PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.field("Allow"), "POST, OPTIONS");
}

// What one connection could not be sent must never reach another.
TEST(Server, a_client_that_goes_away_leaves_nothing_behind) {
    TestServer server;
    std::string burst;
    for (int i = 0; i < 600; ++i) burst += get("/page");
    for (int round = 0; round < 50; ++round) {
        {
            Wire leaving(server);
            leaving.send(burst);
        }  // closes with responses unread: the server's next writev fails
        {
            Wire throwing(server);
            throwing.send(get("/page") + get("/throw"));
        }
        while (server.server->metrics().connections_open > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        Wire other(server);
        const auto response = other.ask(get("/page", "Connection: close\r\n"));
        ASSERT_EQ(response.status, 200);
        ASSERT_TRUE(other.closed()) << other.left_over().substr(0, 100);
    }
}

// Readiness in exact multiples of an event batch has stalled other servers.
TEST(Server, no_stall_when_ready_connections_are_a_multiple_of_a_batch) {
    TestServer server;
    for (int count : {64, 128, 200, 256, 384}) {
        std::vector<Wire> wires;
        for (int i = 0; i < count; ++i) wires.emplace_back(server);
        for (int round = 0; round < 3; ++round) {
            for (auto& wire : wires) ASSERT_TRUE(wire.send(get("/page")));
            for (auto& wire : wires) ASSERT_EQ(wire.receive().status, 200) << count;
            for (auto& wire : wires) ASSERT_TRUE(wire.send(get("/echo/a")));
            for (auto& wire : wires) ASSERT_EQ(wire.receive().body, "a") << count;
        }
    }
}

TEST(Server, a_window_that_throws_is_a_500) {
    TestServer server;
    Wire wire(server);
    wire.send(get("/page") + get("/throw"));
    EXPECT_EQ(wire.receive().status, 200);
    EXPECT_EQ(wire.receive().status, 500);
    EXPECT_TRUE(wire.closed());
    EXPECT_EQ(Wire(server).ask(get("/page")).status, 200);
}

TEST(Server, several_io_threads) {
    Options options;
    options.io_threads = 3;
    options.limits.posts_per_minute = 0;
    TestServer server(options);
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&] {
            Client client("http://" + server.server->address());
            for (int i = 0; i < 100; ++i) {
                good += client.get("/page")->body == server.page->identity.body;
                good += client.post("/echo", "text/plain", std::to_string(i))->body == std::to_string(i);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 1200);
    EXPECT_EQ(server.server->metrics().requests, 1200u);
}

TEST(Server, drain_finishes_what_runs_and_refuses_what_is_new) {
    TestServer server;
    Wire idle(server), running(server), begun(server);
    EXPECT_EQ(idle.ask(get("/page")).status, 200);
    begun.send("GET /page HTTP/1.1\r\n");
    EXPECT_EQ(begun.silent(50), true);
    running.send(get("/gate"));
    server.gate.wait_until_waiting(1);
    std::thread stopping([&] { server.server->stop(); });
    EXPECT_TRUE(idle.closed());
    const int port = server.port();
    begun.send("Host: a\r\n\r\n");
    const auto late = begun.receive();
    EXPECT_EQ(late.status, 200);
    EXPECT_EQ(late.field("Connection"), "close");
    EXPECT_FALSE(Wire(port).connected());
    server.gate.open();
    const auto response = running.receive();
    EXPECT_EQ(response.body, "passed");
    EXPECT_EQ(response.field("Connection"), "close");
    EXPECT_TRUE(running.closed());
    stopping.join();
}

TEST(Server, drain_ends_with_its_time) {
    Options options;
    options.drain_seconds = 1;
    TestServer server(options);
    Wire stuck(server);
    stuck.send("GET /page HTTP/1.1\r\n");
    EXPECT_TRUE(stuck.silent(50));
    const auto begun = std::chrono::steady_clock::now();
    server.server->stop();
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_GE(took, std::chrono::milliseconds(900));
    EXPECT_LT(took, std::chrono::seconds(5));
    EXPECT_TRUE(stuck.closed());
}

TEST(Server, writes_one_access_line_a_request) {
    const auto file = std::filesystem::temp_directory_path() / ("verbatim-server-log-" + std::to_string(::getpid()));
    std::filesystem::remove(file);
    Options options;
    options.access_log = file.string();
    {
        TestServer server(options);
        Wire wire(server);
        const auto id = wire.ask(get("/echo/a", "User-Agent: test\r\n")).field("X-Request-Id");
        wire.ask(get("/page"));
        wire.ask(get("/r/secret"));
        wire.ask("nonsense\r\n\r\n");
        server.server->stop();
        server.server.reset();
        std::ifstream in(file);
        std::vector<nlohmann::json> lines;
        for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
        ASSERT_EQ(lines.size(), 4u);
        EXPECT_EQ(lines[0]["id"], id);
        EXPECT_EQ(lines[0]["method"], "GET");
        EXPECT_EQ(lines[0]["target"], "/echo/a");
        EXPECT_EQ(lines[0]["agent"], "test");
        EXPECT_EQ(lines[0]["remote"], "127.0.0.1");
        EXPECT_EQ(lines[1]["bytes"], server.page->identity.body.size());
        EXPECT_EQ(lines[2]["target"], "/r/***");
        EXPECT_EQ(lines[2]["status"], 404);
        EXPECT_EQ(lines[3]["status"], 400);
        EXPECT_EQ(lines[3]["target"], "-");
    }
    std::filesystem::remove(file);
}

TEST(Server, start_says_what_to_do) {
    TestServer server;
    Router router;
    const auto fault = [&](std::string listen) -> std::string {
        Options options;
        options.listen = std::move(listen);
        Server other(options, router, nullptr);
        try {
            other.start();
        } catch (const std::exception& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_NE(fault(server.server->address()).find("is another server running"), std::string::npos);
    EXPECT_NE(fault("nonsense").find("give ADDRESS:PORT"), std::string::npos);
    EXPECT_NE(fault("127.0.0.1:99999").find("give ADDRESS:PORT"), std::string::npos);
}

TEST(Client, reconnects_and_says_who_does_not_answer) {
    Options options;
    options.limits.idle_seconds = 1;
    TestServer server(options);
    Client client("http://" + server.server->address() + "/echo/");
    EXPECT_EQ(client.get("/a")->body, "a");
    while (server.server->metrics().connections_open > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(client.get("b")->body, "b");
    const auto address = server.server->address();
    server.server->stop();
    const auto gone = client.get("/a");
    ASSERT_FALSE(gone.ok());
    EXPECT_EQ(gone.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(Client("ftp://a").get("/").error().kind, ErrorKind::invalid);
    EXPECT_EQ(Client("http://" + address).get("/a b").error().kind, ErrorKind::invalid);
}

}  // namespace
}  // namespace verbatim::http
