#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "engine/http/access_log.h"
#include "engine/http/http.h"
#include "engine/http/negotiate.h"
#include "engine/http/proxy.h"
#include "engine/http/rate_limit.h"
#include "engine/http/workers.h"

namespace verbatim::http {
namespace {

std::string gunzip(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

std::string unbrotli(std::string_view bytes) {
    std::string out(1 << 20, '\0');
    std::size_t size = out.size();
    EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data()), &size, reinterpret_cast<uint8_t*>(out.data())), BROTLI_DECODER_RESULT_SUCCESS);
    out.resize(size);
    return out;
}

TEST(FinishedPage, codings_decode_to_the_identity) {
    std::string body;
    for (int i = 0; i < 500; ++i) body += "{\"id\":" + std::to_string(i) + ",\"words\":\"très bien\"},";
    const auto page = finish_page("application/json", body, {{"Cache-Control", "max-age=60"}});
    EXPECT_EQ(page->identity.body, body);
    ASSERT_TRUE(page->gzip && page->brotli);
    EXPECT_EQ(gunzip(page->gzip->body), body);
    EXPECT_EQ(unbrotli(page->brotli->body), body);
    EXPECT_LT(page->gzip->body.size(), body.size());
    EXPECT_NE(page->gzip->etag, page->identity.etag);
    EXPECT_NE(page->gzip->etag, page->brotli->etag);
    for (const auto* coded : {&page->identity, &*page->gzip, &*page->brotli}) {
        EXPECT_TRUE(coded->head.starts_with("HTTP/1.1 200 OK\r\n"));
        EXPECT_TRUE(coded->head.ends_with("\r\n") && !coded->head.ends_with("\r\n\r\n"));
        EXPECT_NE(coded->head.find("Content-Length: " + std::to_string(coded->body.size()) + "\r\n"), std::string::npos);
        for (const std::string& line : {"ETag: " + coded->etag, std::string("Vary: Accept-Encoding"), std::string("Cache-Control: max-age=60")}) {
            EXPECT_NE(coded->head.find(line + "\r\n"), std::string::npos);
            EXPECT_NE(coded->not_modified.find(line + "\r\n"), std::string::npos);
        }
    }
    EXPECT_EQ(finish_page("application/json", body, {})->identity.etag, page->identity.etag);
    EXPECT_NE(finish_page("application/json", body + " ", {})->identity.etag, page->identity.etag);
}

TEST(FinishedPage, keeps_only_codings_that_save_something) {
    const auto small = finish_page("text/plain", "short", {});
    EXPECT_FALSE(small->gzip || small->brotli);
    const auto plain = finish_page("text/plain", std::string(5000, 'a'), {}, false);
    EXPECT_FALSE(plain->gzip || plain->brotli);
    EXPECT_EQ(plain->identity.head.find("Vary"), std::string::npos);
    EXPECT_THROW(finish_page("text/plain", "a", {{"X", "a\r\nY: b"}}), std::invalid_argument);
}

TEST(Negotiation, weights) {
    const auto of = [](std::string_view text) { const auto c = accepted_codings(text); return std::array{c.identity, c.gzip, c.brotli}; };
    EXPECT_EQ(of(""), (std::array{1, 0, 0}));
    EXPECT_EQ(of("gzip, deflate, br"), (std::array{1, 1000, 1000}));
    EXPECT_EQ(of("GZIP;q=0.5 , br ; q=0.25"), (std::array{1, 500, 250}));
    EXPECT_EQ(of("gzip;q=0"), (std::array{1, 0, 0}));
    EXPECT_EQ(of("*"), (std::array{1, 1000, 1000}));
    EXPECT_EQ(of("br;q=0, *;q=0.3"), (std::array{1, 300, 0}));
    EXPECT_EQ(of("identity;q=0.5, gzip;q=0.1"), (std::array{500, 100, 0}));
    EXPECT_EQ(of("*;q=0"), (std::array{0, 0, 0}));
    EXPECT_EQ(of("gzip;q=2, br;q=0.1234, x;y=z"), (std::array{1, 0, 0}));
    EXPECT_EQ(of(",,;q=1,;"), (std::array{1, 0, 0}));
}

TEST(Negotiation, entity_tags) {
    EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
    EXPECT_TRUE(names_etag("W/\"a\"", "\"a\""));
    EXPECT_TRUE(names_etag("\"a\"", "W/\"a\""));
    EXPECT_TRUE(names_etag("\"b\" , W/\"x,y\",\"a\"", "\"a\""));
    EXPECT_TRUE(names_etag(" * ", "\"a\""));
    EXPECT_FALSE(names_etag("\"ab\"", "\"a\""));
    EXPECT_FALSE(names_etag("a", "\"a\""));
    EXPECT_FALSE(names_etag("\"a", "\"a\""));
    EXPECT_FALSE(names_etag("\"b\" \"a\"", "\"a\""));
    EXPECT_FALSE(names_etag("", "\"a\""));
    EXPECT_FALSE(names_etag("W/", "\"a\""));
}

TEST(TrustedProxies, ranges_of_both_families) {
    const TrustedProxies proxies({"10.0.0.0/8", "192.168.1.7", "fd00::/8", "::1", "172.16.0.0/12"});
    for (const char* trusted : {"10.255.0.1", "192.168.1.7", "fd12::3", "::1", "172.31.255.255", "::ffff:10.0.0.1"}) EXPECT_TRUE(proxies.trusts(trusted)) << trusted;
    for (const char* other : {"11.0.0.1", "192.168.1.8", "fe80::1", "::2", "172.32.0.0", "", "10.0.0", "unknown"}) EXPECT_FALSE(proxies.trusts(other)) << other;
    for (const char* bad : {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "proxy", ""}) EXPECT_THROW(TrustedProxies({bad}), std::invalid_argument) << bad;
    EXPECT_TRUE(TrustedProxies({"0.0.0.0/0"}).trusts("9.9.9.9"));
    EXPECT_FALSE(TrustedProxies({"0.0.0.0/0"}).trusts("fe80::1"));
}

TEST(TrustedProxies, the_rightmost_untrusted_address_is_the_client) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    EXPECT_EQ(proxies.client("10.0.0.1", "1.1.1.1, 2.2.2.2"), "2.2.2.2");
    EXPECT_EQ(proxies.client("10.0.0.1", "1.1.1.1, 2.2.2.2, 10.0.0.9"), "2.2.2.2");
    EXPECT_EQ(proxies.client("10.0.0.1", "10.0.0.8,10.0.0.9"), "10.0.0.8");
    EXPECT_EQ(proxies.client("10.0.0.1", "1.1.1.1, nonsense"), "10.0.0.1");
    EXPECT_EQ(proxies.client("10.0.0.1", ""), "10.0.0.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "2001:db8::5"), "2001:db8::5");
    EXPECT_EQ(proxies.client("9.9.9.9", "1.1.1.1"), "9.9.9.9");
}

TEST(RateLimit, fills_evenly) {
    RateLimit limit(60);
    for (int i = 0; i < 60; ++i) EXPECT_EQ(limit.take("1.1.1.1", 100), 0) << i;
    EXPECT_EQ(limit.take("1.1.1.1", 100), 1);
    EXPECT_EQ(limit.take("2.2.2.2", 100), 0);
    EXPECT_EQ(limit.take("1.1.1.1", 102), 0);
    EXPECT_EQ(limit.take("1.1.1.1", 102), 0);
    EXPECT_EQ(limit.take("1.1.1.1", 102), 1);
    EXPECT_EQ(limit.take("1.1.1.1", 200), 0);
    RateLimit rare(2);
    EXPECT_EQ(rare.take("a", 0) + rare.take("a", 0), 0);
    EXPECT_EQ(rare.take("a", 0), 30);
    RateLimit none(0);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(none.take("1.1.1.1", 100), 0);
}

TEST(RateLimit, an_ipv6_network_counts_as_one_address) {
    RateLimit limit(2);
    EXPECT_EQ(limit.take("2001:db8:1:2::1", 0), 0);
    EXPECT_EQ(limit.take("2001:db8:1:2::2", 0), 0);
    EXPECT_GT(limit.take("2001:db8:1:2:ffff::3", 0), 0);
    EXPECT_EQ(limit.take("2001:db8:1:3::1", 0), 0);
    EXPECT_EQ(limit.take("1.2.3.4", 0) + limit.take("1.2.3.5", 0) + limit.take("1.2.3.5", 0), 0);
}

TEST(Workers, threads_come_as_needed_and_go_when_idle) {
    Workers workers(3, 100, std::chrono::milliseconds(50));
    EXPECT_EQ(workers.threads(), 0);
    std::mutex mutex;
    std::condition_variable changed;
    int begun = 0, ended = 0;
    bool open = false;
    const auto job = [&] {
        std::unique_lock lock(mutex);
        ++begun;
        changed.notify_all();
        changed.wait(lock, [&] { return open; });
        ++ended;
        changed.notify_all();
    };
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(workers.submit(job));
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return begun == 3; });
        EXPECT_EQ(workers.threads(), 3);
        open = true;
        changed.notify_all();
        changed.wait(lock, [&] { return ended == 10; });
    }
    for (int i = 0; i < 200 && workers.threads() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(workers.threads(), 0);
    workers.stop();
    EXPECT_FALSE(workers.submit([] {}));
}

TEST(Workers, stop_ends_what_was_taken) {
    std::atomic<int> done = 0;
    Workers workers(2, 1000);
    int taken = 0;
    for (int i = 0; i < 500; ++i) taken += workers.submit([&] { ++done; });
    workers.stop();
    EXPECT_EQ(done, taken);
    EXPECT_EQ(taken, 500);
}

TEST(AccessLog, personal_links_are_masked) {
    EXPECT_EQ(masked_target("/r/secret"), "/r/***");
    EXPECT_EQ(masked_target("/r/secret?x=1"), "/r/***");
    EXPECT_EQ(masked_target("/me/secret/receipt.json"), "/me/***/receipt.json");
    EXPECT_EQ(masked_target("/u/secret"), "/u/***");
    EXPECT_EQ(masked_target("/case/secret"), "/case/***");
    EXPECT_EQ(masked_target("/moderate/secret"), "/moderate/***");
    EXPECT_EQ(masked_target("/fr/r/secret"), "/fr/r/***");
    EXPECT_EQ(masked_target("/%72/secret"), "/%72/***");
    EXPECT_EQ(masked_target("//r/secret"), "//r/***");
    EXPECT_EQ(masked_target("/a?x=1&token=abc&y=2&token=d"), "/a?x=1&token=***&y=2&token=***");
    EXPECT_EQ(masked_target("/fr/sites/A1?page=2"), "/fr/sites/A1?page=2");
    EXPECT_EQ(masked_target("/"), "/");
    EXPECT_EQ(masked_target("/r/"), "/r/");
    EXPECT_EQ(masked_target("*"), "*");
}

TEST(AccessLog, lines_are_json) {
    const auto file = std::filesystem::temp_directory_path() / ("verbatim-access-" + std::to_string(::getpid()));
    std::filesystem::remove(file);
    {
        AccessLog log(file.string());
        AccessLine line;
        line.at = "2026-11-21T10:00:00Z";
        line.id = "id-1";
        line.remote = "1.1.1.1";
        line.method = "GET";
        line.target = "/r/secret";
        line.user_agent = "a \"quoted\" \xff agent";
        line.status = 200;
        line.bytes = 1234;
        line.microseconds = 1567;
        log.write(line);
    }
    std::ifstream in(file);
    const auto json = nlohmann::json::parse(in);
    EXPECT_EQ(json["target"], "/r/***");
    EXPECT_EQ(json["ms"], 1.56);
    EXPECT_EQ(json["bytes"], 1234);
    EXPECT_EQ(json["agent"], "a \"quoted\" ? agent");
    std::filesystem::remove(file);
    EXPECT_THROW(AccessLog("/no/such/folder/log"), std::runtime_error);
}

}  // namespace
}  // namespace verbatim::http
