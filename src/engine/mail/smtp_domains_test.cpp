// Recipient domains side by side: none gets more than its share of the connections, and one that lets others wait waits itself.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>

#include "engine/mail/mail.h"
#include "engine/mail/scripted_server.h"
#include "engine/mail/slow.h"

namespace verbatim::mail {
namespace {

using testing::Asked;
using testing::hang;
using testing::ScriptedServer;

std::vector<Envelope> letters(const std::string& domain, int count) {
    std::vector<Envelope> out;
    for (int i = 0; i < count; ++i) out.push_back({"b@brand.example", "c" + std::to_string(i) + "@" + domain, "Message-ID: <" + std::to_string(i) + "@" + domain + ">\r\n\r\nHello.\r\n"});
    return out;
}

std::unique_ptr<Transport> transport(const ScriptedServer& server, const std::string& options) {
    auto made = make_transport("smtp://" + server.address() + "?" + options);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
    return std::move(made).value();
}

int with(const std::vector<Outcome>& outcomes, Delivery delivery) {
    return static_cast<int>(std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& one) { return one.delivery == delivery; }));
}

TEST(SmtpDomains, OneDomainHasNoMoreMessagesUnderWayThanItsLimit) {
    std::atomic<int> under_way{0}, most{0};
    ScriptedServer server([&](const Asked& asked) -> std::optional<std::string> {
        if (asked.line.find("@busy.example") != std::string::npos) most = std::max<int>(most, ++under_way);
        if (asked.line == ".") std::this_thread::sleep_for(std::chrono::milliseconds(3)), --under_way;
        return std::nullopt;
    });
    const auto post = transport(server, "timeout=5&connections=8&domain_connections=2");
    EXPECT_EQ(with(post->deliver(letters("busy.example", 60)), Delivery::sent), 60);
    EXPECT_LE(most, 2);
    EXPECT_GE(most, 1);
    EXPECT_EQ(server.messages().size(), 60u);
}

TEST(SmtpDomains, ASlowDomainHoldsUpNobodyElse) {
    ScriptedServer server([](const Asked& asked) -> std::optional<std::string> {
        if (asked.upper == "RCPT" && asked.line.find("@tar.example") != std::string::npos) return hang;
        return std::nullopt;
    });
    const auto post = transport(server, "timeout=9&connections=3&domain_connections=2");
    const auto begun = std::chrono::steady_clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(); };
    // Two of these hang; the eight others are given back as soon as that is seen.
    auto tar = std::async(std::launch::async, [&] { return post->deliver(letters("tar.example", 10)); });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_EQ(with(post->deliver(letters("quick.example", 40)), Delivery::sent), 40);
    EXPECT_LT(seconds(), 4);
    std::this_thread::sleep_for(std::chrono::milliseconds(7200) - std::chrono::milliseconds(static_cast<int>(seconds() * 1000)));
    const auto late = post->deliver(letters("tar.example", 5));
    EXPECT_LT(seconds(), 8.8) << "they did not wait for the two that hang";
    for (const auto& one : late) EXPECT_EQ(one.reply, domain_is_slow);
    const auto first = tar.get();
    EXPECT_EQ(with(first, Delivery::retry), 10);
    EXPECT_EQ(std::count_if(first.begin(), first.end(), [](const Outcome& one) { return one.reply == domain_is_slow; }), 8);
}

}  // namespace
}  // namespace verbatim::mail
