#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/mail/mail.h"
#include "engine/mail/scripted_server.h"
#include "ground/formats/text_codes.h"

namespace verbatim::mail {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testing::Asked;
using testing::ScriptedServer;

const Envelope letter = {"a@brand.example", "b@home.example", "Subject: x\r\n\r\nHello.\r\n"};

Outcome deliver(const std::string& url) {
    auto made = make_transport(url);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
    return made.value()->deliver({letter})[0];
}

// The server's certificate in a file, for ca=.
class Trusted {
public:
    explicit Trusted(const ScriptedServer& server) : path_(std::filesystem::temp_directory_path() / ("verbatim-ca-" + std::to_string(::getpid()) + "-" + std::to_string(server.port()) + ".pem")) {
        std::ofstream(path_) << server.certificate().certificate;
    }
    ~Trusted() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

}  // namespace

TEST(SmtpTls, RequireDeliversToAServerThatProvesItsName) {
    ScriptedServer server({}, "PIPELINING\nSTARTTLS");
    const Trusted ca(server);
    for (const std::string host : {"localhost", "127.0.0.1"}) {
        const auto outcome = deliver("smtp://" + host + ":" + std::to_string(server.port()) + "?timeout=5&tls=require&ca=" + ca.path());
        EXPECT_EQ(outcome.delivery, Delivery::sent) << outcome.reply;
    }
    const auto lines = server.lines();
    EXPECT_EQ(lines[1], "STARTTLS");
    EXPECT_THAT(lines[2], StartsWith("EHLO ")) << "what was offered in the clear does not count";
}

TEST(SmtpTls, RequireRefusesAStrangerAndAServerWithoutTls) {
    ScriptedServer server({}, "PIPELINING\nSTARTTLS");
    auto outcome = deliver("smtp://" + server.address() + "?timeout=5&tls=require");
    EXPECT_EQ(outcome.delivery, Delivery::retry);
    EXPECT_THAT(outcome.reply, HasSubstr("certificate not accepted: self-signed certificate"));
    ScriptedServer plain;
    outcome = deliver("smtp://" + plain.address() + "?timeout=5&tls=require");
    EXPECT_EQ(outcome.delivery, Delivery::retry);
    EXPECT_THAT(outcome.reply, HasSubstr("offers no STARTTLS"));
    EXPECT_TRUE(server.messages().empty());
    EXPECT_TRUE(plain.messages().empty());
}

TEST(SmtpTls, ACertificateForAnotherNameIsRefused) {
    ScriptedServer server({}, "STARTTLS", false, "DNS:mail.other.example,IP:192.0.2.1");
    const Trusted ca(server);
    const std::string options = ":" + std::to_string(server.port()) + "?timeout=5&tls=require&ca=" + ca.path();
    for (const auto& [host, why] : {std::pair("localhost", "hostname mismatch"), std::pair("127.0.0.1", "IP address mismatch")}) {
        const auto outcome = deliver("smtp://" + std::string(host) + options);
        EXPECT_EQ(outcome.delivery, Delivery::retry);
        EXPECT_THAT(outcome.reply, HasSubstr(why));
    }
    EXPECT_TRUE(server.messages().empty());
}

TEST(SmtpTls, TryEncryptsWhereOfferedAndDeliversWhereNot) {
    ScriptedServer server({}, "STARTTLS");
    EXPECT_EQ(deliver("smtp://" + server.address() + "?timeout=5").delivery, Delivery::sent);
    EXPECT_THAT(server.lines(), Contains("STARTTLS"));
    EXPECT_EQ(deliver("smtp://" + server.address() + "?timeout=5&tls=none").delivery, Delivery::sent);
    ScriptedServer plain;
    EXPECT_EQ(deliver("smtp://" + plain.address() + "?timeout=5&tls=try").delivery, Delivery::sent);
}

TEST(SmtpTls, TlsBeforeTheGreeting) {
    ScriptedServer server({}, "PIPELINING", true);
    const Trusted ca(server);
    EXPECT_EQ(deliver("smtps://" + server.address() + "?timeout=5&ca=" + ca.path()).delivery, Delivery::sent);
    EXPECT_EQ(deliver("smtps://" + server.address() + "?timeout=5").delivery, Delivery::retry);
}

TEST(SmtpTls, ALargeMessageArrivesWhole) {
    ScriptedServer server({}, "PIPELINING\nSTARTTLS");
    Envelope large = letter;
    for (int i = 0; i < 40'000; ++i) large.data += ".line " + std::to_string(i) + " of many\r\n";
    auto made = make_transport("smtp://" + server.address() + "?timeout=20");
    EXPECT_EQ(made.value()->deliver({large, letter})[0].delivery, Delivery::sent);
    const auto got = server.messages();
    EXPECT_EQ(got.size(), 2U);
    EXPECT_THAT(got, Contains(large.data));
}

TEST(SmtpTls, WhatFollowsStarttlsInTheClearEndsTheConnection) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "STARTTLS" ? std::optional(std::string("220 ready\r\n250 injected\r\n")) : std::nullopt;
    }, "STARTTLS");
    const auto outcome = deliver("smtp://" + server.address() + "?timeout=5&tls=require");
    EXPECT_EQ(outcome.delivery, Delivery::retry);
    EXPECT_THAT(outcome.reply, HasSubstr("between STARTTLS and the handshake"));
}

TEST(SmtpTls, AHandshakeThatNeverComesTimesOut) {

    ScriptedServer mute([](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "CONNECT" ? std::optional(testing::hang) : std::nullopt;
    });
    const auto outcome = deliver("smtps://" + mute.address() + "?timeout=0.3");
    EXPECT_THAT(outcome.reply, HasSubstr("no answer in time (TLS handshake)"));
}

TEST(SmtpAuth, PlainWithinTls) {
    ScriptedServer server({}, "STARTTLS\nAUTH LOGIN PLAIN");
    const Trusted ca(server);
    const auto outcome = deliver("smtp://us%40er:p%3A%2Fss@localhost:" + std::to_string(server.port()) + "?timeout=5&ca=" + ca.path());
    EXPECT_EQ(outcome.delivery, Delivery::sent) << outcome.reply;
    EXPECT_THAT(server.lines(), Contains("AUTH PLAIN " + to_base64(std::string("\0us@er\0p:/ss", 12))));
}

TEST(SmtpAuth, LoginInTwoSteps) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper == "AUTH") return "334 VXNlcm5hbWU6\r\n";
        if (asked.line == to_base64("user")) return "334 UGFzc3dvcmQ6\r\n";
        if (asked.line == to_base64("pass")) return "235 in\r\n";
        return std::nullopt;
    }, "AUTH=LOGIN");
    EXPECT_EQ(deliver("smtp://user:pass@" + server.address() + "?timeout=5&tls=none").delivery, Delivery::sent);
}

TEST(SmtpAuth, APasswordStaysHomeWhereItIsNotSafe) {
    ScriptedServer server({}, "AUTH PLAIN");
    for (const char* options : {"?timeout=5", "?timeout=5&tls=try"}) {
        const auto outcome = deliver("smtp://user:pass@" + server.address() + options);
        EXPECT_EQ(outcome.delivery, Delivery::retry);
        EXPECT_THAT(outcome.reply, Not(HasSubstr("pass@")));
    }
    EXPECT_THAT(server.lines(), Not(Contains(StartsWith("AUTH"))));
}

TEST(SmtpAuth, AWrongPasswordIsOurFaultNotTheRecipients) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "AUTH" ? std::optional(std::string("535 5.7.8 wrong\r\n")) : std::nullopt;
    }, "AUTH PLAIN");
    const auto outcome = deliver("smtp://user:pass@" + server.address() + "?timeout=5&tls=none");
    EXPECT_EQ(outcome.delivery, Delivery::retry);
    EXPECT_THAT(outcome.reply, HasSubstr("AUTH: 535 5.7.8 wrong"));
    ScriptedServer without;
    EXPECT_THAT(deliver("smtp://user:pass@" + without.address() + "?timeout=5&tls=none").reply, HasSubstr("neither AUTH PLAIN nor AUTH LOGIN"));
}

}  // namespace verbatim::mail
