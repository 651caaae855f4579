// What a server says and what an address says. A whole server, dovecot, is in the stories (bounces_fetched_by_imap).
// Norms: EML-7
#include "engine/mail/imap.h"

#include <gmock/gmock.h>

#include "engine/mail/imap_reply.h"

namespace verbatim::mail {
namespace {

using ::testing::ElementsAre;

TEST(ImapReplies, lines_and_literals_however_they_are_cut) {
    const std::string said = "* OK ready\r\n* 1 FETCH (UID 7 BODY[]<0> {14}\r\nSubject: a\r\n\r\n FLAGS ())\r\nv1 OK done\r\n";
    for (std::size_t step = 1; step < said.size(); ++step) {
        ImapReplies replies(100);
        std::vector<ImapReply> all;
        for (std::size_t at = 0; at < said.size(); at += step) {
            replies.feed(std::string_view(said).substr(at, step));
            while (auto one = replies.next()) all.push_back(std::move(*one));
        }
        ASSERT_EQ(all.size(), 3u) << step;
        EXPECT_EQ(all[1].text, "* 1 FETCH (UID 7 BODY[]<0> {14} FLAGS ())");
        EXPECT_THAT(all[1].literals, ElementsAre("Subject: a\r\n\r\n"));
        EXPECT_EQ(all[2].text, "v1 OK done");
    }
}

TEST(ImapReplies, what_is_too_much_breaks_it) {
    ImapReplies literal(100);
    literal.feed("* 1 FETCH (BODY[] {101}\r\n");
    EXPECT_FALSE(literal.next());
    EXPECT_TRUE(literal.broken());
    ImapReplies line(100);
    line.feed(std::string(ImapReplies::most_of_a_line + 1, 'x'));
    EXPECT_FALSE(line.next());
    EXPECT_TRUE(line.broken());
    ImapReplies many(100);
    for (int i = 0; i < 20; ++i) many.feed("{1}\r\na");
    EXPECT_FALSE(many.next());
    EXPECT_TRUE(many.broken());
}

TEST(ImapReplies, numbers_of_a_search) {
    EXPECT_THAT(*read_search("* SEARCH 3 7 12"), ElementsAre(3u, 7u, 12u));
    EXPECT_THAT(*read_search("* SEARCH 3 (MODSEQ 9)"), ElementsAre(3u));
    EXPECT_TRUE(read_search("* SEARCH")->empty());
    EXPECT_FALSE(read_search("* 3 EXISTS"));
}

TEST(ImapUrl, names_a_mailbox_and_never_a_password) {
    const auto box = parse_imap_url("imaps://bounces%40example.org@mail.example.org/INBOX");
    ASSERT_TRUE(box.ok());
    EXPECT_EQ(box->user, "bounces@example.org");
    EXPECT_EQ(box->host + " " + box->port + " " + box->mailbox, "mail.example.org 993 INBOX");
    EXPECT_TRUE(box->tls_first);
    EXPECT_FALSE(box->loopback);
    const auto near_by = parse_imap_url("imap://b@127.0.0.1:1143");
    ASSERT_TRUE(near_by.ok());
    EXPECT_TRUE(near_by->loopback);
    EXPECT_FALSE(near_by->tls_first);
    for (const char* bad : {"", "http://a@b/", "imaps://host/INBOX", "imaps://a:secret@host/INBOX", "imaps://a@/INBOX", "imaps://a@h:0/", "imaps://a@h:99999/", "imaps://a@h/%0d%0a", "imaps://a@h o/"}) {
        const auto refused = parse_imap_url(bad);
        ASSERT_FALSE(refused.ok()) << bad;
        EXPECT_EQ(refused.error().message.find("secret@"), std::string::npos);
    }
}

TEST(ImapBox, nobody_there_is_an_error_and_no_more) {
    auto box = *parse_imap_url("imaps://b@127.0.0.1:1/INBOX");
    box.timeout_seconds = 2;
    const auto opened = ImapBox::open(box);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace verbatim::mail
