#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/mail/outbox.h"
#include "engine/mail/smtp_data.h"
#include "engine/mail/smtp_reply.h"
#include "engine/mail/smtp_settings.h"

namespace verbatim::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Outbox : public ::testing::Test {
protected:
    Outbox() { std::filesystem::remove_all(directory_); }
    ~Outbox() override { std::filesystem::remove_all(directory_); }

    std::set<std::string> files() const {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
            if (entry.is_regular_file()) names.insert(entry.path().filename());
        }
        return names;
    }
    std::string content(const std::string& name) const {
        std::ostringstream out;
        out << std::ifstream(directory_ / name, std::ios::binary).rdbuf();
        return out.str();
    }

    std::filesystem::path directory_ = std::filesystem::temp_directory_path() / ("verbatim-outbox-" + std::to_string(::getpid())) / "deep";
};

std::string with_id(const std::string& id, const std::string& body = "x") {
    return "Subject: s\r\nmessage-id: <" + id + ">\r\n\r\n" + body + "\r\n";
}

}  // namespace

TEST_F(Outbox, AMessageIsAFileNamedByItsId) {
    auto made = make_transport("outbox:" + directory_.string());
    ASSERT_TRUE(made.ok()) << made.error().message;
    const auto outcomes = made.value()->deliver({{"a@b.example", "c@d.example", with_id("i-17@brand.example")}, {"", "c@d.example", with_id("../../etc/passwd")}, {"", "c@d.example", "no id\r\n"}});
    ASSERT_EQ(outcomes.size(), 3U);
    for (const auto& outcome : outcomes) EXPECT_EQ(outcome.delivery, Delivery::sent) << outcome.reply;
    const auto names = files();
    EXPECT_EQ(names.size(), 3U);
    EXPECT_EQ(content("i-17@brand.example.eml"), with_id("i-17@brand.example"));
    for (const auto& name : names) EXPECT_NE(name.front(), '.');
    EXPECT_TRUE(std::filesystem::is_empty(directory_ / ".tmp"));
}

TEST_F(Outbox, TheSameIdReplacesAndOthersDoNotCollide) {
    auto made = make_transport("outbox:" + directory_.string());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(made.value()->deliver({{"", "c@d.example", with_id("same@x", std::to_string(i))}})[0].delivery, Delivery::sent);
    EXPECT_EQ(files().size(), 1U);
    EXPECT_THAT(content("same@x.eml"), HasSubstr("\r\n2\r\n"));
    EXPECT_NE(outbox_name(with_id("a/b@x")), outbox_name(with_id("a_b@x")));
    EXPECT_NE(outbox_name(with_id(std::string(300, 'a') + "1")), outbox_name(with_id(std::string(300, 'a') + "2")));
    EXPECT_LT(outbox_name(with_id(std::string(3000, 'a'))).size(), 255U);
    EXPECT_NE(outbox_name("a: 1\r\n\r\n"), outbox_name("a: 2\r\n\r\n"));
    EXPECT_EQ(outbox_name(with_id("a/b@x")), outbox_name(with_id("a/b@x", "other body")));
}

TEST_F(Outbox, AFolderThatCannotBeWrittenIsAnErrorAndALostOneARetry) {
    const auto made = make_transport("outbox:/proc/none");
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, "mail_outbox");
    auto good = make_transport("outbox:" + directory_.string());
    std::filesystem::remove_all(directory_);
    const auto outcome = good.value()->deliver({{"", "c@d.example", with_id("x@y")}})[0];
    EXPECT_EQ(outcome.delivery, Delivery::retry);
    EXPECT_THAT(outcome.reply, HasSubstr("No such file"));
}

TEST(MailUrl, EveryPartIsRead) {
    const auto made = parse_smtp_url("smtp://us%40er:p%3Aw@mail.example:2525?connections=9&timeout=1.5&tls=none&messages=7&idle=2&helo=me.example&data_timeout=600");
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->host, "mail.example");
    EXPECT_EQ(made->port, "2525");
    EXPECT_EQ(made->user, "us@er");
    EXPECT_EQ(made->password, "p:w");
    EXPECT_EQ(made->connections, 9);
    EXPECT_EQ(made->messages, 7);
    EXPECT_EQ(made->timeout, std::chrono::milliseconds(1500));
    EXPECT_EQ(made->data_timeout, std::chrono::milliseconds(600'000));
    EXPECT_EQ(made->helo, "me.example");
    EXPECT_EQ(made->tls, Tls::none);
}

TEST(MailUrl, DefaultsAreSafe) {
    EXPECT_EQ(parse_smtp_url("smtp://h.example")->port, "25");
    EXPECT_EQ(parse_smtp_url("smtp://h.example")->tls, Tls::opportune);
    EXPECT_EQ(parse_smtp_url("smtp://u:p@h.example")->port, "587");
    EXPECT_EQ(parse_smtp_url("smtp://u:p@h.example")->tls, Tls::require);
    EXPECT_EQ(parse_smtp_url("smtps://h.example/")->port, "465");
    EXPECT_EQ(parse_smtp_url("smtps://h.example")->tls, Tls::require);
    EXPECT_EQ(parse_smtp_url("smtp://[::1]:26")->host, "::1");
    EXPECT_EQ(parse_smtp_url("smtp://h.example?timeout=3")->data_timeout, std::chrono::milliseconds(3000));
}

TEST(MailUrl, MistakesAreNamedAndPasswordsAreNot) {
    for (const char* bad : {"", "smtp:", "smtp://", "ftp://h", "outbox:", "smtp://h:", "smtp://h:0", "smtp://h:99999", "smtp://h:25x", "smtp://secret@h", "smtp://u:sec%0Aret@h", "smtp://u:sec%zret@h", "smtp://:secret@h",
                            "smtp://h?connections=0", "smtp://h?connections=1000", "smtp://h?timeout=x", "smtp://h?timeout=-1", "smtp://h?timeout=nan", "smtp://h?tls=maybe", "smtp://h?speed=9", "smtp://[::1", "smtp://[::1]x",
                            "smtp://a:b:c", "smtp://h h", "smtps://h?tls=none", "smtp://u:secret@h?ca=/none&tls=later", "smtp://u:secret@h?ca=/none"}) {
        const auto made = make_transport(bad);
        ASSERT_FALSE(made.ok()) << bad;
        EXPECT_EQ(made.error().field, "mail") << bad;
        EXPECT_THAT(made.error().message, Not(HasSubstr("secret"))) << bad;
    }
}

TEST(SmtpReply, ReadsWholeRepliesOnly) {
    EXPECT_EQ(read_reply("").state, ReplyState::partial);
    const std::string text = "250-first\r\n250-second\r\n250 third\r\nnext";
    for (std::size_t i = 0; i < 34; ++i) EXPECT_EQ(read_reply(text.substr(0, i)).state, ReplyState::partial) << i;
    const auto read = read_reply(text);
    EXPECT_EQ(read.state, ReplyState::complete);
    EXPECT_EQ(read.used, 34U);
    EXPECT_EQ(read.reply.code, 250);
    EXPECT_EQ(read.reply.text, "first\nsecond\nthird");
    EXPECT_EQ(read.reply.last_line(), "250 third");
    EXPECT_EQ(read_reply("250\r\n").reply.code, 250);
    EXPECT_EQ(read_reply("250 \x1b[1m\xC3\xA9\r\n").reply.text, "?[1m??");
}

TEST(SmtpReply, IsStrictAndBounded) {
    for (const std::string bad : {"25\r\n", "250 x\n", "\r\n", "abc x\r\n", "150 x\r\n", "600 x\r\n", "2500 x\r\n", "250_x\r\n", "250-a\r\n251 b\r\n", " 250 x\r\n"}) EXPECT_EQ(read_reply(bad).state, ReplyState::malformed) << bad;
    EXPECT_EQ(read_reply("250 " + std::string(2042, 'x') + "\r\n").state, ReplyState::complete);
    EXPECT_EQ(read_reply("250 " + std::string(2043, 'x') + "\r\n").state, ReplyState::malformed);
    EXPECT_EQ(read_reply(std::string(2049, '2')).state, ReplyState::malformed) << "not waited for for ever";
    std::string many;
    for (int i = 0; i < 99; ++i) many += "250-x\r\n";
    EXPECT_EQ(read_reply(many + "250 x\r\n").state, ReplyState::complete);
    EXPECT_EQ(read_reply(many + "250-x\r\n250 x\r\n").state, ReplyState::malformed);
}

TEST(SmtpData, FaultsAreFoundWhereverTheyAre) {
    for (std::size_t size : {3U, 10U, 64U, 65U, 130U, 700U}) {
        std::string good(size, 'a');
        good += "\r\n";
        EXPECT_EQ(check_data(good).fault, "");
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (const char wrong : {'\n', '\r', '\0', '\x80'}) {
                std::string bad = good;
                if (bad[at] == wrong) continue;
                bad[at] = wrong;
                EXPECT_NE(check_data(bad).fault, "") << size << " " << at << " " << static_cast<int>(wrong);
            }
        }
    }
    EXPECT_EQ(check_data(std::string(998, 'x') + "\r\n" + std::string(998, 'y') + "\r\n" + std::string(998, 'z')).fault, "");
    EXPECT_NE(check_data(std::string(999, 'x') + "\r\n").fault, "");
    EXPECT_NE(check_data("a\r\n" + std::string(999, 'x') + "\r\nb\r\n").fault, "");
    EXPECT_NE(check_data("a\r\n" + std::string(999, 'x')).fault, "");
    for (std::size_t size : {0U, 1U, 62U, 63U, 64U, 65U, 200U}) {
        EXPECT_TRUE(check_data(std::string(size, 'x') + "\r\n.").dots) << size;
        EXPECT_FALSE(check_data(std::string(size, 'x') + "..\r\nx.\r\n").dots && size > 0) << size;
    }
}

}  // namespace verbatim::mail
