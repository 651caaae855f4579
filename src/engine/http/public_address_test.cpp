#include <gtest/gtest.h>

#include "engine/http/test_wire.h"

namespace verbatim::http {
namespace {

TEST(PublicAddress, what_strangers_may_make_us_connect_to) {
    for (const char* good : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.167.1.1", "2a00:1450:4007::1", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"})
        EXPECT_TRUE(is_public_address(good)) << good;
    for (const char* bad : {"127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.8",
                            "198.19.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
                            "2002:7f00:1::", "fe80::1", "fd00::1", "ff02::1", "2001:db8::1", "2001::1", "localhost", "127.1", "0x7f000001", "", "::127.0.0.1"})
        EXPECT_FALSE(is_public_address(bad)) << bad;
}

TEST(PublicAddress, the_client_asks_about_the_address_it_connects_to) {
    TestServer server;
    ClientOptions options;
    std::string asked;
    options.may_connect = [&](std::string_view address) {
        asked = address;
        return is_public_address(address);
    };
    Client client("http://localhost:" + std::to_string(server.port()), options);
    const auto refused = client.post("/echo", "text/plain", "words");
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find("is not allowed"), std::string::npos) << refused.error().message;
    EXPECT_FALSE(asked.empty());
    server.server->stop();
    EXPECT_EQ(server.server->metrics().connections_total, 0u);
}

TEST(Client, sends_fields_and_may_cut_a_long_answer) {
    TestServer server;
    ClientOptions options;
    options.body_bytes = 1024;
    options.cut_body = true;
    Client client("http://" + server.server->address(), options);
    const auto cut = client.get("/large");
    ASSERT_TRUE(cut.ok()) << cut.error().message;
    EXPECT_EQ(cut->body, std::string(1024, 'x'));
    const auto next = client.post("/echo", "text/plain", "words", {{"X-One", "1"}});
    ASSERT_TRUE(next.ok());
    EXPECT_EQ(next->body, "words");
    EXPECT_THROW((void)client.post("/echo", "text/plain", "words", {{"X-One", "1\r\nX-Two: 2"}}), std::invalid_argument);
}

}  // namespace
}  // namespace verbatim::http
