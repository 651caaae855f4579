#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/mail/dkim_canonical.h"
#include "engine/mail/header_text.h"
#include "engine/mail/mail.h"

namespace verbatim::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Message letter() {
    Message message;
    message.from = {"Nordhaven", "reviews@nordhaven.example"};
    message.to = {"Zoë Müller", "zoe@home.example"};
    message.reply_to = Address{"", "answer@nordhaven.example"};
    message.subject = "How was your visit?";
    message.text = "Hello.\nHow was it?\n";
    message.html = "<p>Hello.</p>\n";
    message.message_id = "i-17@nordhaven.example";
    message.date = 1795255200;
    message.list_unsubscribe_url = "https://nordhaven.example/u/abc";
    message.list_unsubscribe_mailto = "leave+abc@nordhaven.example";
    message.language = "en-GB";
    return message;
}

std::string field(const std::string& composed, std::string_view name) {
    const Parsed parsed = parse_message(composed);
    std::string out;
    for (const auto& f : parsed.fields) {
        if (f.name == name) out += f.raw.substr(name.size() + 2);
    }
    return out;
}

// What another implementation of MIME reads: Python's. Lines: subject, from name, to name, text, html, each as JSON.
std::optional<std::string> read_by_python(const std::string& composed) {
    const auto path = std::filesystem::temp_directory_path() / ("verbatim-mime-" + std::to_string(::getpid()) + ".eml");
    std::ofstream(path, std::ios::binary) << composed;
    const std::string script =
        "import email,email.policy,email.header,email.utils,sys;b=open(sys.argv[1],'rb').read();"
        "m=email.message_from_bytes(b,policy=email.policy.default);c=email.message_from_bytes(b);"
        // Its newer parser leaves a space between the encoded words of a name; the older one reads them as RFC 2047 says.
        "n=lambda f:str(email.header.make_header(email.header.decode_header(email.utils.parseaddr(c[f])[0])));"
        "t=m.get_body(('plain',));h=m.get_body(('html',));"
        "out='|'.join([m['Subject'],n('From'),n('To'),t.get_content(),h.get_content() if h else '',"
        "str(len(m.defects)+sum(len(v.defects) for v in m.values()))]);"
        "sys.stdout.buffer.write(out.replace('\\r\\n','\\n').encode())";
    const std::string command = "/usr/bin/python3 -c \"" + script + "\" " + path.string() + " 2>/dev/null";
    FILE* pipe = ::popen(command.c_str(), "r");
    std::string out;
    char bytes[4096];
    while (const std::size_t size = std::fread(bytes, 1, sizeof bytes, pipe)) out.append(bytes, size);
    const int status = ::pclose(pipe);
    std::filesystem::remove(path);
    if (status != 0) return std::nullopt;
    return out;
}

bool python_is_there() {
    return std::system("/usr/bin/python3 -c 'import email.policy' >/dev/null 2>&1") == 0;
}

void expect_clean_lines(const std::string& composed, std::size_t limit) {
    std::size_t at = 0;
    while (at < composed.size()) {
        const auto end = composed.find("\r\n", at);
        ASSERT_NE(end, std::string::npos) << "the last line ends, too";
        const auto line = composed.substr(at, end - at);
        EXPECT_LE(line.size(), limit) << line;
        for (char c : line) EXPECT_TRUE((c >= ' ' && c <= '~') || c == '\t') << line;
        at = end + 2;
    }
}

}  // namespace

TEST(Compose, OrdersItsHeadersAndIsDeterministic) {
    const std::string composed = compose(letter());
    EXPECT_EQ(composed, compose(letter()));
    std::vector<std::string> names;
    const Parsed parsed = parse_message(composed);
    for (const auto& f : parsed.fields) names.emplace_back(f.name);
    EXPECT_THAT(names, ::testing::ElementsAre("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
                                              "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"));
    EXPECT_EQ(field(composed, "From"), "Nordhaven <reviews@nordhaven.example>");
    EXPECT_EQ(field(composed, "To"), "=?UTF-8?B?Wm/DqyBNw7xsbGVy?= <zoe@home.example>");
    EXPECT_EQ(field(composed, "Reply-To"), "answer@nordhaven.example");
    EXPECT_EQ(field(composed, "Subject"), "How was your visit?");
    EXPECT_EQ(field(composed, "Date"), "Sat, 21 Nov 2026 10:00:00 +0000");
    EXPECT_EQ(field(composed, "Message-ID"), "<i-17@nordhaven.example>");
    EXPECT_EQ(field(composed, "Auto-Submitted"), "auto-generated");
    EXPECT_EQ(field(composed, "Content-Language"), "en-GB");
    Message other = letter();
    other.message_id = "i-18@nordhaven.example";
    EXPECT_NE(field(compose(other), "Content-Type"), field(composed, "Content-Type")) << "the boundary follows the id";
}

TEST(Compose, EML_1_OneHttpsUriAndOneClick) {
    const std::string composed = compose(letter());
    EXPECT_EQ(field(composed, "List-Unsubscribe"), "<https://nordhaven.example/u/abc>,\r\n <mailto:leave+abc@nordhaven.example>");
    EXPECT_EQ(field(composed, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    Message message = letter();
    message.list_unsubscribe_url = "javascript:alert(1)";
    EXPECT_EQ(field(compose(message), "List-Unsubscribe"), "<mailto:leave+abc@nordhaven.example>");
    EXPECT_EQ(field(compose(message), "List-Unsubscribe-Post"), "") << "one click needs a web address";
    message.list_unsubscribe_url = "http://localhost:8080/u/x>, <https://evil.example/\r\nBcc: x";
    EXPECT_EQ(field(compose(message), "List-Unsubscribe"), "<http://localhost:8080/u/x%3E,%20%3Chttps://evil.example/%0D%0ABcc:%20x>,\r\n <mailto:leave+abc@nordhaven.example>");
    message.list_unsubscribe_url.clear();
    message.list_unsubscribe_mailto.clear();
    EXPECT_THAT(compose(message), Not(HasSubstr("List-Unsubscribe")));
}

TEST(Compose, NothingInjectsALine) {
    Message message = letter();
    const std::string evil = "x\r\nBcc: everyone@home.example\r\n\r\nbody\n\r.\r\n";
    message.from.name = message.to.name = message.subject = message.language = message.list_unsubscribe_mailto = message.message_id = evil;
    message.reply_to = Address{evil, evil};
    message.from.email = message.to.email = "a@b.example>\r\nBcc: <c@d.example";
    const std::string composed = compose(message);
    const Parsed parsed = parse_message(composed);
    EXPECT_EQ(parsed.fields.size(), 11U) << "one less: the language is no language tag";
    for (const auto& f : parsed.fields) EXPECT_NE(f.name, "Bcc");
    EXPECT_THAT(field(composed, "To"), HasSubstr("<nobody@invalid>"));
    expect_clean_lines(composed, 998);
}

TEST(Compose, EveryAlphabetArrives) {
    if (!python_is_there()) GTEST_SKIP() << "/usr/bin/python3 is not installed";
    const std::string pieces[] = {
        "Πώς ήταν η επίσκεψή σας στο συνεργείο; Πείτε μας ό,τι θέλετε για το αυτοκίνητο", "Как прошёл ваш визит в сервис? Нам важно каждое ваше слово, правда",
        "Zażółć gęślą jaźń — jak było w serwisie, drogi Świętosławie?", "Comment s’est passée votre visite à l’atelier d’Aÿ ?", "Wie war’s? Größe, Äpfel, Öl",
        "🚗💬⭐️ 👨‍👩‍👧‍👦 emoji 🇬🇷 and more 🚗💬⭐️ 👨‍👩‍👧‍👦 🇬🇷🚗💬⭐️ 👨‍👩‍👧‍👦 🇬🇷", "سيارتك الجديدة، كيف كانت؟", "ご来店ありがとうございます。ご感想をお聞かせください。よろしくお願いします", "plain, with \"quotes\", commas; and (brackets) \\ backslash",
        "a=?b?= looks like =?UTF-8?Q?an_encoded_word?= but is none", "two  spaces   inside and a word of " + std::string(120, 'w') + " letters",
        "a subject of many plain words that is much longer than one line of a header may be and so has to be folded somewhere", ". starts with a dot", "=3D equals = and trailing"};
    for (const auto& piece : pieces) {
        Message message = letter();
        message.subject = message.from.name = message.to.name = piece;
        message.text = piece + "\n.\n.dot\nFrom the start\n" + piece + " " + piece + "\n\ntrailing space \ntab\t\n";
        message.html = "<p lang=\"x\">" + piece + "</p>\n" + std::string(200, 'x') + "\n";
        const std::string composed = compose(message);
        expect_clean_lines(composed, 78);
        const auto read = read_by_python(composed);
        ASSERT_TRUE(read) << piece;
        EXPECT_TRUE(*read == piece + "|" + piece + "|" + piece + "|" + message.text + "|" + message.html + "|0") << *read;
    }
}

TEST(Compose, WithAFileEveryLineIsStillClean) {
    Message message = letter();
    message.attachments = {{"report.pdf", "application/pdf", std::string(100000, '\xA9')}};
    const auto composed = compose(message);
    expect_clean_lines(composed, 998);
    if (python_is_there()) {
        EXPECT_EQ(read_by_python(composed), "How was your visit?|Nordhaven|Zoë Müller|Hello.\nHow was it?\n|<p>Hello.</p>\n|0");
    }
}

TEST(Compose, TextAloneNeedsNoMultipart) {
    Message message = letter();
    message.html.clear();
    message.automatic = false;
    const std::string composed = compose(message);
    EXPECT_EQ(field(composed, "Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(field(composed, "Content-Transfer-Encoding"), "quoted-printable");
    EXPECT_EQ(parse_message(composed).body, "Hello.\r\nHow was it?\r\n");
    EXPECT_THAT(composed, Not(HasSubstr("Auto-Submitted")));
    message.text = "Как прошёл ваш визит?\n";
    EXPECT_EQ(field(compose(message), "Content-Transfer-Encoding"), "base64") << "shorter than three bytes a byte";
    message.text = "a few plain words, so that x\xFFy\xC3\n";
    EXPECT_EQ(parse_message(compose(message)).body, "a few plain words, so that x=EF=BF=BDy=EF=BF=BD\r\n") << "malformed UTF-8 is shown as such";
}

TEST(Compose, EncodedWordsKeepCodePointsWholeAndLinesShort) {
    for (const std::string unit : {"é", "語", "🚗", "ж ", "a🚗", "x"}) {
        for (std::size_t count = 1; count < 120; count += 7) {
            std::string text;
            for (std::size_t i = 0; i < count; ++i) text += unit;
            std::string out;
            append_text_header(out, "Subject", text);
            std::size_t at = 0;
            while ((at = out.find("=?UTF-8?", at)) != std::string::npos) {
                const auto end = out.find("?=", at + 10);
                const auto word = out.substr(at, end + 2 - at);
                EXPECT_LE(word.size(), 75U);
                if (word[8] == 'Q') {
                    // A word that starts with a continuation byte has had its code point cut.
                    EXPECT_FALSE(word[10] == '=' && (word[11] == '8' || word[11] == '9' || word[11] == 'A' || word[11] == 'B')) << word;
                }
                at = end + 2;
            }
            expect_clean_lines(out, 76);
        }
    }
}

TEST(Address, AcceptsMailboxesAndNothingElse) {
    for (const char* good : {"a@b.example", "first.last+tag@sub.domain.example", "o'hara!#$%&*@x-y.example", "root@localhost", "a@xn--mller-kva.example", "A@B.Example"}) EXPECT_TRUE(valid_address(good)) << good;
    const std::string longest = std::string(64, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(57, 'd') + ".ex";
    EXPECT_EQ(longest.size(), 253U);
    EXPECT_TRUE(valid_address(longest));
    for (const std::string& bad : {std::string(""), std::string("a"), std::string("@b.example"), std::string("a@"), std::string("a@b"), std::string("a@@b.example"), std::string("a@b@c.example"), std::string("a b@c.example"),
                                  std::string("a@b.example\r\nRCPT"), std::string("a\0b@c.example", 13), std::string("<a@b.example>"), std::string("a@b..example"), std::string("a@.example"), std::string("a@b.example."),
                                  std::string(".a@b.example"), std::string("a.@b.example"), std::string("a..b@c.example"), std::string("a@-b.example"), std::string("a@b_c.example"), std::string("a@[127.0.0.1]"),
                                  std::string("a@127.0.0.1"), std::string("\"a b\"@c.example"), std::string("ä@b.example"), std::string("a@b,c@d.example"), std::string(65, 'a') + "@b.example", longest + "xx"}) {
        EXPECT_FALSE(valid_address(bad)) << bad;
    }
}

}  // namespace verbatim::mail
