#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "engine/mail/mail.h"
#include "engine/mail/scripted_server.h"

namespace verbatim::mail {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testing::Asked;
using testing::drop;
using testing::hang;
using testing::ScriptedServer;

Envelope envelope(int number, std::string body = "Hello.\r\n") {
    const std::string n = std::to_string(number);
    return {"bounce+" + n + "@brand.example", "customer" + n + "@home.example", "Message-ID: <" + n + "@brand.example>\r\n\r\n" + std::move(body)};
}

std::vector<Envelope> envelopes(int count) {
    std::vector<Envelope> out;
    for (int i = 0; i < count; ++i) out.push_back(envelope(i));
    return out;
}

std::unique_ptr<Transport> transport(const std::string& url) {
    auto made = make_transport(url);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
    return std::move(made).value();
}

std::vector<Outcome> deliver(const ScriptedServer& server, const std::vector<Envelope>& mail, const std::string& options = "?timeout=5") {
    return transport("smtp://" + server.address() + options)->deliver(mail);
}

int count(const std::vector<Outcome>& outcomes, Delivery delivery) {
    return static_cast<int>(std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.delivery == delivery; }));
}

class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

TEST(Smtp, SendsAMessageByTheBook) {
    ScriptedServer server({}, "PIPELINING\nSIZE 100000");
    const auto outcomes = deliver(server, {envelope(7)}, "?timeout=5&helo=mail.brand.example");
    ASSERT_EQ(outcomes.size(), 1U);
    EXPECT_EQ(outcomes[0].delivery, Delivery::sent);
    EXPECT_EQ(outcomes[0].reply, "250 queued");
    EXPECT_THAT(server.messages(), ::testing::ElementsAre(envelope(7).data));
    EXPECT_THAT(server.lines(), ::testing::ElementsAre("EHLO mail.brand.example", "MAIL FROM:<bounce+7@brand.example> SIZE=" + std::to_string(envelope(7).data.size()),
                                                       "RCPT TO:<customer7@home.example>", "DATA", ".", "QUIT"));
}

TEST(Smtp, NullSenderAndServersWithoutExtensions) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper == "EHLO") return "502 never heard of it\r\n";
        return std::nullopt;
    });
    Envelope bounce = envelope(1);
    bounce.sender.clear();
    EXPECT_EQ(deliver(server, {bounce, envelope(2)})[1].delivery, Delivery::sent);
    EXPECT_THAT(server.lines(), Contains(StartsWith("HELO ")));
    EXPECT_THAT(server.lines(), Contains("MAIL FROM:<>"));
    EXPECT_EQ(server.messages().size(), 2U);
}

TEST(Smtp, DotsSurviveTheRoundTrip) {
    for (const char* features : {"PIPELINING", ""}) {
        ScriptedServer server({}, features);
        std::vector<Envelope> mail;
        for (const char* body : {".\r\n", "..\r\n.x\r\n", "a\r\n.\r\nb\r\n", "QUIT\r\n.\r\nMAIL FROM:<a@b.example>\r\n", "no line end"}) mail.push_back(envelope(static_cast<int>(mail.size()), body));
        mail.push_back({"a@b.example", "c@d.example", ".starts: with a dot\r\n\r\n.\r\n"});
        const auto outcomes = deliver(server, mail, "?timeout=5&connections=1");
        EXPECT_EQ(count(outcomes, Delivery::sent), static_cast<int>(mail.size()));
        const auto got = server.messages();
        ASSERT_EQ(got.size(), mail.size());
        for (std::size_t i = 0; i < mail.size(); ++i) {
            std::string expected = mail[i].data;
            if (expected.back() != '\n') expected += "\r\n";
            EXPECT_EQ(got[i], expected);
        }
    }
}

TEST(Smtp, WhatSmtpCannotCarryIsRefusedBeforeTheServerSeesIt) {
    ScriptedServer server;
    std::vector<Envelope> mail = {envelope(0, "bare\nline feed\r\n"), envelope(1, "bare\rreturn\r\n"), envelope(2, "\xC3\xA9\r\n"), envelope(3, std::string(999, 'x') + "\r\n"), envelope(4, std::string("\0", 1)), envelope(5, ""), envelope(6), envelope(7), envelope(8)};
    mail[5].data.clear();
    mail[6].recipient = "a@b.example>\r\nRCPT TO:<c@d.example";
    mail[7].sender = "no address";
    const auto outcomes = deliver(server, mail);
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(outcomes[i].delivery, Delivery::refused) << i << outcomes[i].reply;
    EXPECT_EQ(outcomes[8].delivery, Delivery::sent);
    EXPECT_EQ(server.messages().size(), 1U);
}

TEST(Smtp, RefusalsTouchOnlyTheirMessage) {
    for (const char* features : {"PIPELINING", ""}) {
        std::string recipient;
        ScriptedServer server([&](const Asked& asked) -> std::optional<std::string> {
            if (asked.upper == "RCPT") recipient = asked.line;
            if (asked.line == "RCPT TO:<customer1@home.example>") return "550 5.1.1 no such user\r\n";
            if (asked.line == "RCPT TO:<customer3@home.example>") return "451-4.7.1 greylisted\r\n451 4.7.1 come back\r\n";
            if (asked.line == "MAIL FROM:<bounce+5@brand.example>") return "553 not this sender\r\n";
            if (asked.line == "MAIL FROM:<bounce+6@brand.example>") return "530 5.7.0 Authentication required\r\n";
            if (asked.upper == "." && recipient.find("customer2@") != std::string::npos) return "554 5.7.1 looks like spam\r\n";
            if (asked.upper == "." && recipient.find("customer4@") != std::string::npos) return "452 disk full\r\n";
            return std::nullopt;
        }, features);
        // The server answers DATA with 354 whatever came before: an empty message must close it.
        const auto outcomes = deliver(server, envelopes(10), "?timeout=5&connections=1");
        EXPECT_EQ(outcomes[1].delivery, Delivery::refused);
        EXPECT_EQ(outcomes[1].reply, "550 5.1.1 no such user");
        EXPECT_EQ(outcomes[3].delivery, Delivery::retry);
        EXPECT_EQ(outcomes[3].reply, "451 4.7.1 come back");
        EXPECT_EQ(outcomes[2].delivery, Delivery::refused);
        EXPECT_EQ(outcomes[4].delivery, Delivery::retry);
        EXPECT_EQ(outcomes[4].reply, "452 disk full");
        EXPECT_EQ(outcomes[5].delivery, Delivery::refused);
        EXPECT_EQ(outcomes[6].delivery, Delivery::retry) << "it means us, not the recipient";
        for (int i : {0, 7, 8, 9}) EXPECT_EQ(outcomes[static_cast<std::size_t>(i)].delivery, Delivery::sent) << i;
        EXPECT_EQ(server.connections(), 1);
        EXPECT_THAT(server.lines(), Contains("RSET"));
    }
}

TEST(Smtp, AMessageOverTheServersSizeIsRefusedWithoutAsking) {
    ScriptedServer server({}, "PIPELINING\nSIZE 1000");
    const auto outcomes = deliver(server, {envelope(0, std::string(900, 'x') + "\r\n" + std::string(900, 'x') + "\r\n"), envelope(1)});
    EXPECT_EQ(outcomes[0].delivery, Delivery::refused);
    EXPECT_THAT(outcomes[0].reply, HasSubstr("the server takes 1000"));
    EXPECT_EQ(outcomes[1].delivery, Delivery::sent);
}

TEST(Smtp, ConnectionsAreReusedAcrossCallsAndReplacedAfterTheirShare) {
    ScriptedServer server;
    const auto smtp = transport("smtp://" + server.address() + "?timeout=5&connections=1&messages=5&idle=60");
    for (int i = 0; i < 4; ++i) EXPECT_EQ(count(smtp->deliver({envelope(i)}), Delivery::sent), 1);
    EXPECT_EQ(server.connections(), 1);
    EXPECT_EQ(count(smtp->deliver(envelopes(8)), Delivery::sent), 8);
    EXPECT_EQ(server.connections(), 3) << "12 messages, 5 a connection";
}

TEST(Smtp, AnIdleConnectionThatTheServerClosedCostsNothing) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper == "MAIL" && asked.messages == 1) return asked.connection == 0 ? drop : std::string("421 4.4.2 timeout\r\n");
        return std::nullopt;
    });
    const auto smtp = transport("smtp://" + server.address() + "?timeout=5&connections=1&idle=60");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(smtp->deliver({envelope(i)})[0].delivery, Delivery::sent) << i;
    EXPECT_EQ(server.connections(), 3);
}

TEST(Smtp, ConcurrentCallersGetTheirOwnOutcomes) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        if (asked.line.find("customer3@") != std::string::npos) return "550 no\r\n";
        return std::nullopt;
    });
    const auto smtp = transport("smtp://" + server.address() + "?timeout=20&connections=3");
    std::atomic<int> right{0};
    std::vector<std::thread> callers;
    for (int c = 0; c < 6; ++c) {
        callers.emplace_back([&] {
            for (int round = 0; round < 5; ++round) {
                const auto outcomes = smtp->deliver(envelopes(6));
                for (std::size_t i = 0; i < 6; ++i) right += outcomes[i].delivery == (i == 3 ? Delivery::refused : Delivery::sent);
            }
        });
    }
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(right, 6 * 5 * 6);
    EXPECT_EQ(server.messages().size(), 6U * 5 * 5);
    EXPECT_LE(server.connections(), 3 + 2) << "three at a time, a new one after 100 messages";
}

TEST(SmtpFaults, AServerThatHangsCostsOneTimeout) {
    for (const char* step : {"CONNECT", "EHLO", "MAIL", "DATA", "."}) {
        ScriptedServer server([&](const Asked& asked) -> std::optional<std::string> {
            return asked.upper == step ? std::optional(hang) : std::nullopt;
        });
        const Stopwatch watch;
        const auto outcomes = deliver(server, envelopes(50), "?timeout=0.3&connections=2");
        EXPECT_LT(watch.seconds(), 3.0) << step;
        EXPECT_EQ(count(outcomes, Delivery::retry), 50) << step;
        EXPECT_THAT(outcomes[0].reply, HasSubstr("no answer in time")) << step;
        const auto maybe = std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return o.reply.substr(0, 15) == "maybe delivered"; });
        EXPECT_EQ(maybe, std::string(step) == "." ? 2 : 0) << step;
    }
}

TEST(SmtpFaults, OneHangingConnectionDoesNotHoldTheOthers) {
    std::atomic<bool> hung{false};
    ScriptedServer server([&](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "." && !hung.exchange(true) ? std::optional(hang) : std::nullopt;
    });
    const Stopwatch watch;
    const auto outcomes = deliver(server, envelopes(200), "?timeout=0.5&connections=4&idle=60");
    EXPECT_LT(watch.seconds(), 3.0) << "what the hanging connection had taken on is done by the idle ones";
    EXPECT_EQ(count(outcomes, Delivery::sent), 199);
    EXPECT_EQ(count(outcomes, Delivery::retry), 1);
}

TEST(SmtpFaults, ADripOfBytesIsNoAnswer) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "EHLO" ? std::optional(testing::drip) : std::nullopt;
    });
    const Stopwatch watch;
    EXPECT_THAT(deliver(server, {envelope(0)}, "?timeout=0.3")[0].reply, HasSubstr("no answer in time (EHLO)"));
    EXPECT_LT(watch.seconds(), 3.0);
}

TEST(SmtpFaults, AReplyWithoutEndIsCutOff) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper != "EHLO") return std::nullopt;
        std::string endless;
        for (int i = 0; i < 5000; ++i) endless += "250-X\r\n";
        return endless;
    });
    EXPECT_THAT(deliver(server, {envelope(0)})[0].reply, HasSubstr("malformed reply (EHLO)"));
}

TEST(SmtpFaults, RepliesInPiecesAndNonsense) {
    ScriptedServer pieces([](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper == "MAIL") return "250-one\r\n250-two\r\n250";  // the rest comes with the next reply
        if (asked.upper == "RCPT") return " three\r\n250 ok\r\n";
        return std::nullopt;
    });
    EXPECT_EQ(deliver(pieces, envelopes(3))[2].delivery, Delivery::sent);
    for (const char* nonsense : {"hello\r\n", "250 bare\n", "250-a\r\n550 b\r\n", "199 x\r\n", "2500 x\r\n", "\r\n"}) {
        ScriptedServer server([&](const Asked& asked) -> std::optional<std::string> {
            return asked.upper == "MAIL" ? std::optional(std::string(nonsense)) : std::nullopt;
        });
        const auto outcomes = deliver(server, envelopes(2), "?timeout=2");
        EXPECT_EQ(count(outcomes, Delivery::retry), 2) << nonsense;
        EXPECT_THAT(outcomes[0].reply, HasSubstr("malformed reply (MAIL)")) << nonsense;
    }
}

TEST(SmtpFaults, AConnectionLostAfterTheMessageMayHaveDeliveredIt) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "." && asked.messages == 2 ? std::optional(drop) : std::nullopt;
    });
    const auto outcomes = deliver(server, envelopes(6), "?timeout=5&connections=1");
    EXPECT_EQ(count(outcomes, Delivery::sent), 4);
    for (std::size_t i : {2U, 5U}) {
        EXPECT_EQ(outcomes[i].delivery, Delivery::retry);
        EXPECT_THAT(outcomes[i].reply, StartsWith("maybe delivered: "));
    }
}

TEST(SmtpFaults, AConnectionLostBeforeIsTriedOnceMoreAtOnce) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "RCPT" && asked.messages == 2 ? std::optional(drop) : std::nullopt;
    });
    EXPECT_EQ(count(deliver(server, envelopes(6), "?timeout=5&connections=1"), Delivery::sent), 6);
    bool closing = false;
    ScriptedServer never([&](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper == "CONNECT") closing = false;
        if (closing) return drop;
        closing = asked.upper == "MAIL";
        return closing ? std::optional(std::string("421 shutting down\r\n")) : std::nullopt;
    });
    const auto outcomes = deliver(never, envelopes(6), "?timeout=5&connections=1");
    EXPECT_EQ(count(outcomes, Delivery::retry), 6);
    EXPECT_THAT(outcomes[0].reply, HasSubstr("421 shutting down"));
    EXPECT_EQ(never.connections(), 1) << "a server that takes nothing is not asked again and again";
}

TEST(SmtpFaults, AServerThatTurnsUsAwayIsARetryForAll) {
    for (const char* greeting : {"554 no service\r\n", "421 too busy\r\n"}) {
        ScriptedServer server([&](const Asked& asked) -> std::optional<std::string> {
            return asked.upper == "CONNECT" ? std::optional(std::string(greeting)) : std::nullopt;
        });
        const auto outcomes = deliver(server, envelopes(5));
        EXPECT_EQ(count(outcomes, Delivery::retry), 5);
        EXPECT_THAT(outcomes[4].reply, HasSubstr(std::string(greeting).substr(0, 10)));
    }
    int port = 0;
    {
        ScriptedServer gone;
        port = gone.port();
    }
    const auto outcomes = transport("smtp://127.0.0.1:" + std::to_string(port))->deliver(envelopes(3));
    EXPECT_EQ(count(outcomes, Delivery::retry), 3);
    EXPECT_THAT(outcomes[0].reply, HasSubstr("refused"));
}

TEST(SmtpFaults, TheServerKilledMidwayLeavesTheUndeliveredToRetry) {
    std::unique_ptr<ScriptedServer> server;
    std::atomic<int> accepted{0};
    std::atomic<bool> kill{false};
    server = std::make_unique<ScriptedServer>([&](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper == "." && ++accepted == 120) kill = true;
        return std::nullopt;
    });
    std::thread killer([&] {
        while (!kill) std::this_thread::yield();
        server->kill();
    });
    const auto outcomes = deliver(*server, envelopes(1000), "?timeout=5&connections=4");
    killer.join();
    const auto got = server->messages();
    const std::set<std::string> arrived(got.begin(), got.end());
    EXPECT_EQ(arrived.size(), got.size()) << "nothing twice";
    int sent = 0, maybe = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto& outcome = outcomes[static_cast<std::size_t>(i)];
        const bool there = arrived.count(envelope(i).data) == 1, unsure = outcome.reply.substr(0, 15) == "maybe delivered";
        sent += outcome.delivery == Delivery::sent;
        maybe += unsure;
        if (!unsure) {
            EXPECT_EQ(there, outcome.delivery == Delivery::sent) << i << outcome.reply;
        }
    }
    EXPECT_GE(sent, 100);
    EXPECT_LT(sent, 1000);
    EXPECT_LE(maybe, 4) << "one a connection";
}

TEST(SmtpFaults, ATransportEndsThoughItsServerHangs) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        return asked.upper == "QUIT" || (asked.connection > 0 && asked.upper == "CONNECT") ? std::optional(hang) : std::nullopt;
    });
    const Stopwatch watch;
    {
        const auto smtp = transport("smtp://" + server.address() + "?timeout=30&connections=4&idle=60");
        EXPECT_EQ(count(smtp->deliver(envelopes(4)), Delivery::sent), 4);
    }
    EXPECT_LT(watch.seconds(), 5.0);
}

}  // namespace verbatim::mail
