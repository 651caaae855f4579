// Against a mail server that is not ours: postfix's smtp-sink, which writes down what it gets.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/mail/mail.h"

namespace verbatim::mail {
namespace {

constexpr const char* sink_program = "/usr/sbin/smtp-sink";

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&place), size), 0);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&place), &size);
    ::close(socket);
    return ntohs(place.sin_port);
}

class SmtpSink : public ::testing::Test {
protected:
    void SetUp() override {
        if (::access(sink_program, X_OK) != 0) GTEST_SKIP() << sink_program << " is not installed (package postfix)";
        std::filesystem::create_directories(directory_);
        std::filesystem::permissions(directory_, std::filesystem::perms::all);
    }
    ~SmtpSink() override {
        kill();
        std::filesystem::remove_all(directory_);
    }

    void start(std::vector<std::string> options = {}) {
        port_ = port_ == 0 ? free_port() : port_;
        std::vector<std::string> arguments = {sink_program, "-d", directory_.string() + "/m."};
        if (::geteuid() == 0) arguments.insert(arguments.end(), {"-u", "nobody"});
        arguments.insert(arguments.end(), options.begin(), options.end());
        arguments.insert(arguments.end(), {"127.0.0.1:" + std::to_string(port_), "100"});
        process_ = ::fork();
        if (process_ == 0) {
            std::vector<char*> words;
            for (auto& argument : arguments) words.push_back(argument.data());
            words.push_back(nullptr);
            ::execv(sink_program, words.data());
            ::_exit(127);
        }
        for (int tries = 0; tries < 500 && !answers(); ++tries) ::usleep(10'000);
    }
    void kill() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }
    std::string url(const std::string& options) const { return "smtp://127.0.0.1:" + std::to_string(port_) + options; }

    // The messages it has, without the headers it puts before them; each file is one.
    std::vector<std::string> received() const {
        std::vector<std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
            std::ostringstream text;
            text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            const std::string all = text.str();
            const auto start = all.find("Message-ID:");
            if (start != std::string::npos && all.size() > 2 && all.substr(all.size() - 2) == "\n\n") out.push_back(all.substr(start, all.size() - start - 1));
        }
        return out;
    }

private:
    bool answers() const {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(static_cast<std::uint16_t>(port_));
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool connected = ::connect(socket, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0;
        ::close(socket);
        return connected;
    }

    std::filesystem::path directory_ = std::filesystem::temp_directory_path() / ("verbatim-sink-" + std::to_string(::getpid()));
    pid_t process_ = 0;
    int port_ = 0;
};

Envelope envelope(int number) {
    const std::string n = std::to_string(number);
    return {"bounce+" + n + "@brand.example", "customer" + n + "@home.example", "Message-ID: <" + n + "@brand.example>\r\n\r\n.\r\n..\r\nbody " + n + "\r\n.dot\r\n"};
}

std::string unix_lines(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
    return text;
}

}  // namespace

TEST_F(SmtpSink, AThousandMessagesOverFourConnectionsArriveExactlyOnce) {
    start();
    std::vector<Envelope> mail;
    for (int i = 0; i < 1000; ++i) mail.push_back(envelope(i));
    const auto outcomes = make_transport(url("?timeout=10&connections=4")).value()->deliver(mail);
    std::multiset<std::string> expected;
    for (std::size_t i = 0; i < mail.size(); ++i) {
        EXPECT_EQ(outcomes[i].delivery, Delivery::sent) << outcomes[i].reply;
        expected.insert(unix_lines(mail[i].data));
    }
    const auto got = received();
    EXPECT_EQ(std::multiset<std::string>(got.begin(), got.end()), expected);
}

TEST_F(SmtpSink, WithoutExtensionsToo) {
    start({"-e"});
    std::vector<Envelope> mail;
    for (int i = 0; i < 20; ++i) mail.push_back(envelope(i));
    for (const auto& outcome : make_transport(url("?timeout=10")).value()->deliver(mail)) EXPECT_EQ(outcome.delivery, Delivery::sent) << outcome.reply;
    EXPECT_EQ(received().size(), 20U);
}

TEST_F(SmtpSink, HardAndSoftRefusals) {
    start({"-f", "RCPT"});
    const auto refused = make_transport(url("?timeout=10")).value()->deliver({envelope(1), envelope(2)});
    EXPECT_EQ(refused[1].delivery, Delivery::refused) << refused[1].reply;
    kill();
    start({"-r", "."});
    const auto later = make_transport(url("?timeout=10")).value()->deliver({envelope(1), envelope(2)});
    EXPECT_EQ(later[1].delivery, Delivery::retry) << later[1].reply;
    EXPECT_THAT(later[1].reply, ::testing::StartsWith("450 "));
}

TEST_F(SmtpSink, KilledAndStartedAgainTheSameTransportGoesOn) {
    start();
    const auto smtp = make_transport(url("?timeout=10&idle=60")).value();
    EXPECT_EQ(smtp->deliver({envelope(1)})[0].delivery, Delivery::sent);
    kill();
    EXPECT_EQ(smtp->deliver({envelope(2)})[0].delivery, Delivery::retry);
    start();
    EXPECT_EQ(smtp->deliver({envelope(2)})[0].delivery, Delivery::sent);
    EXPECT_EQ(received().size(), 2U);
}

}  // namespace verbatim::mail
