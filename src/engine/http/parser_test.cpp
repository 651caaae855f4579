#include "engine/http/parser.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace verbatim::http {
namespace {

constexpr std::size_t room = 16 * 1024;

struct Case {
    const char* what;
    std::string bytes;
    int status;  // 0: accepted
};

class Heads : public testing::TestWithParam<Case> {};

TEST_P(Heads, are_read_or_refused) {
    const auto& [what, bytes, status] = GetParam();
    HeadParser parser(room);
    const auto step = parser.parse(bytes);
    if (status == 0) {
        EXPECT_EQ(step, Step::done) << what << ": " << parser.fault();
    } else {
        ASSERT_EQ(step, Step::bad) << what;
        EXPECT_EQ(parser.status(), status) << what << ": " << parser.fault();
    }
    // A sender of single bytes gets the same verdict.
    HeadParser slow(room);
    auto slow_step = Step::more;
    for (std::size_t length = 1; length <= bytes.size() && slow_step == Step::more; ++length) slow_step = slow.parse(std::string_view(bytes).substr(0, length));
    EXPECT_EQ(slow_step, step) << what;
    if (step == Step::bad) {
        EXPECT_EQ(slow.status(), status) << what;
    }
}

std::string get(const std::string& fields, const std::string& line = "GET / HTTP/1.1") { return line + "\r\nHost: a\r\n" + fields + "\r\n"; }
std::string with_line(const std::string& line) { return get("", line); }

const Case cases[] = {
    {"plain", get(""), 0},
    {"one empty line before", "\r\n" + get(""), 0},
    {"two empty lines before", "\r\n\r\n" + get(""), 400},
    {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"bare LF in fields", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400},
    {"bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400},
    {"bare CR in a value", get("X: a\rTransfer-Encoding: chunked\r\n"), 400},
    {"bare CR in the target", with_line("GET /\ra HTTP/1.1"), 400},
    {"NUL in a value", get(std::string("X: a\0b\r\n", 8)), 400},
    {"NUL in the target", with_line(std::string("GET /\0 HTTP/1.1", 15)), 400},
    {"DEL in a value", get("X: a\x7f\r\n"), 400},
    {"obs-text in a value", get("X: caf\xe9\r\n"), 0},
    {"high byte in the target", with_line("GET /\xc3\xa9 HTTP/1.1"), 400},
    {"folded field", get("X: a\r\n b\r\n"), 400},
    {"folded with tab", get("Transfer-Encoding:\r\n\tchunked\r\n"), 400},
    {"first field folded", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
    {"space before colon", get("Content-Length : 5\r\n"), 400},
    {"tab before colon", get("Content-Length\t: 5\r\n"), 400},
    {"no colon", get("nonsense\r\n"), 400},
    {"empty name", get(": a\r\n"), 400},
    {"name with parenthesis", get("X(y): a\r\n"), 400},
    {"empty value", get("X:\r\n"), 0},
    {"Host missing", "GET / HTTP/1.1\r\nX: a\r\n\r\n", 400},
    {"Host missing in 1.0", "GET / HTTP/1.0\r\n\r\n", 0},
    {"Host twice", get("host: b\r\n"), 400},
    {"Host empty", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
    {"Host with a port", "GET / HTTP/1.1\r\nHost: a.example:8080\r\n\r\n", 0},
    {"Host with a bad port", "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n", 400},
    {"Host IPv6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 0},
    {"Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"two spaces", with_line("GET  / HTTP/1.1"), 400},
    {"space at the end of the line", with_line("GET / HTTP/1.1 "), 400},
    {"tab for space", with_line("GET\t/ HTTP/1.1"), 400},
    {"space in the target", with_line("GET /a b HTTP/1.1"), 400},
    {"no version", with_line("GET /"), 400},
    {"version in lower case", with_line("GET / http/1.1"), 400},
    {"version 1.2", with_line("GET / HTTP/1.2"), 505},
    {"version 2.0", with_line("PRI * HTTP/2.0"), 505},
    {"version 0.9", with_line("GET / HTTP/0.9"), 505},
    {"version 1.10", with_line("GET / HTTP/1.10"), 400},
    {"unknown method", with_line("BREW / HTTP/1.1"), 501},
    {"method in lower case", with_line("get / HTTP/1.1"), 501},
    {"CONNECT", with_line("CONNECT a:80 HTTP/1.1"), 501},
    {"TRACE", with_line("TRACE / HTTP/1.1"), 501},
    {"malformed method", with_line("GE(T / HTTP/1.1"), 400},
    {"TLS hello", std::string("\x16\x03\x01\x02\n", 5), 400},
    {"fragment", with_line("GET /a#b HTTP/1.1"), 400},
    {"relative target", with_line("GET a HTTP/1.1"), 400},
    {"authority target", with_line("GET a:80 HTTP/1.1"), 400},
    {"absolute target", with_line("GET http://a/b?c HTTP/1.1"), 0},
    {"absolute target with a user", with_line("GET http://u@a/b HTTP/1.1"), 400},
    {"absolute target without host", with_line("GET http:///b HTTP/1.1"), 400},
    {"asterisk of OPTIONS", with_line("OPTIONS * HTTP/1.1"), 0},
    {"asterisk of GET", with_line("GET * HTTP/1.1"), 400},
    {"Content-Length", get("Content-Length: 5\r\n"), 0},
    {"Content-Length twice, differing", get("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
    {"Content-Length twice, alike", get("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
    {"Content-Length list", get("Content-Length: 5, 5\r\n"), 400},
    {"Content-Length with a sign", get("Content-Length: +5\r\n"), 400},
    {"Content-Length negative", get("Content-Length: -1\r\n"), 400},
    {"Content-Length hexadecimal", get("Content-Length: 0x5\r\n"), 400},
    {"Content-Length empty", get("Content-Length:\r\n"), 400},
    {"Content-Length with a space inside", get("Content-Length: 1 0\r\n"), 400},
    {"Content-Length too long", get("Content-Length: 99999999999999999999\r\n"), 400},
    {"CL.TE", get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
    {"TE.CL", get("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
    {"chunked", get("Transfer-Encoding: chunked\r\n"), 0},
    {"chunked in capitals", get("TRANSFER-ENCODING: Chunked\r\n"), 0},
    {"chunked twice", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
    {"chunked and identity", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"), 400},
    {"chunked list", get("Transfer-Encoding: chunked, chunked\r\n"), 501},
    {"gzip, chunked", get("Transfer-Encoding: gzip, chunked\r\n"), 501},
    {"xchunked", get("Transfer-Encoding: xchunked\r\n"), 501},
    {"chunked with vertical tab", get("Transfer-Encoding: \x0b" "chunked\r\n"), 400},
    {"chunked in quotes", get("Transfer-Encoding: \"chunked\"\r\n"), 501},
    {"empty Transfer-Encoding", get("Transfer-Encoding:\r\n"), 501},
    {"chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"unknown expectation", get("Expect: tea\r\n"), 417},
    {"known expectation", get("Expect: 100-Continue\r\n"), 0},
    {"101 fields", [] { std::string fields; for (int i = 0; i < 101; ++i) fields += "X: y\r\n"; return get(fields); }(), 431},
    {"large header", get("X: " + std::string(room, 'a') + "\r\n"), 431},
    {"large target", with_line("GET /" + std::string(room, 'a') + " HTTP/1.1"), 431},
};
INSTANTIATE_TEST_SUITE_P(Table, Heads, testing::ValuesIn(cases));

TEST(HeadParser, reads_what_the_connection_needs) {
    HeadParser parser(room);
    const std::string bytes =
        "POST http://x.example/a?b HTTP/1.0\r\nhost: x\r\nCONNECTION: foo, Keep-Alive\r\ncontent-length: 7\r\nIf-None-Match: \"a\"\r\n"
        "accept-encoding:gzip \r\nX-Forwarded-For: 1.2.3.4\r\nContent-Type: text/plain\r\n\r\nrest";
    ASSERT_EQ(parser.parse(bytes), Step::done);
    const auto& head = parser.head();
    EXPECT_EQ(head.method, Method::post);
    EXPECT_EQ(head.target, "/a?b");
    EXPECT_TRUE(head.http_1_0);
    EXPECT_TRUE(head.keep_alive);
    EXPECT_EQ(head.content_length, 7u);
    EXPECT_EQ(head.if_none_match, "\"a\"");
    EXPECT_EQ(head.accept_encoding, "gzip");
    EXPECT_EQ(head.forwarded_for, "1.2.3.4");
    EXPECT_EQ(head.fields.size(), 7u);
    EXPECT_EQ(bytes.substr(parser.length()), "rest");
}

TEST(HeadParser, keep_alive_by_version_and_word) {
    const auto kept = [](const std::string& bytes) {
        HeadParser parser(room);
        EXPECT_EQ(parser.parse(bytes), Step::done);
        return parser.head().keep_alive;
    };
    EXPECT_TRUE(kept("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_FALSE(kept("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n"));
    EXPECT_FALSE(kept("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n"));
    EXPECT_FALSE(kept("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_TRUE(kept("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

struct Chunks {
    Step step;
    std::string body, rest;
    int status;
};
Chunks read_chunks(const std::string& bytes, std::size_t piece, std::size_t most = 1000) {
    ChunkedReader reader(most);
    Chunks result{Step::more, {}, {}, 0};
    std::size_t at = 0;
    while (at < bytes.size() && result.step == Step::more) {
        auto view = std::string_view(bytes).substr(at, piece);
        const auto before = view.size();
        result.step = reader.feed(view, result.body);
        at += before - view.size();
        if (result.step == Step::more && !view.empty()) ADD_FAILURE() << "bytes left over";
    }
    result.rest = bytes.substr(at);
    result.status = reader.status();
    return result;
}

TEST(ChunkedReader, reads_chunks_in_any_pieces) {
    const std::string bytes = "5\r\nhello\r\n1;name=\"value\"\r\n \r\n00A\r\n0123456789\r\n0\r\nX-Trailer: a\r\n\r\nGET";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const auto result = read_chunks(bytes, piece);
        EXPECT_EQ(result.step, Step::done) << piece;
        EXPECT_EQ(result.body, "hello 0123456789");
        EXPECT_EQ(result.rest, "GET");
    }
}

TEST(ChunkedReader, refuses_tricks) {
    const std::pair<std::string, int> tricks[] = {
        {"5\nhello\r\n0\r\n\r\n", 400},          {"5\r\nhello\n0\r\n\r\n", 400},       {"5\r\nhelloX\r\n0\r\n\r\n", 400},
        {"0x5\r\nhello\r\n0\r\n\r\n", 400},      {"+5\r\nhello\r\n0\r\n\r\n", 400},    {"-5\r\nhello\r\n0\r\n\r\n", 400},
        {" 5\r\nhello\r\n0\r\n\r\n", 400},       {"5 \r\nhello\r\n0\r\n\r\n", 400},    {"\r\nhello\r\n0\r\n\r\n", 400},
        {"000000005\r\nhello\r\n0\r\n\r\n", 400}, {"FFFFFFFFFFFFFFFF\r\n", 400},       {"FFFFFFFF\r\n", 413},
        {"3e9\r\n", 413},                        {"5;a\rb\r\nhello\r\n", 400},         {"0\r\nno colon\r\n\r\n", 400},
        {"0\r\nX : a\r\n\r\n", 400},             {"0\r\n folded: a\r\n\r\n", 400},     {"5;" + std::string(300, 'a') + "\r\nhello\r\n", 400},
    };
    for (const auto& [bytes, status] : tricks)
        for (std::size_t piece : {std::size_t{1}, std::size_t{2}, bytes.size()}) {
            const auto result = read_chunks(bytes, piece);
            EXPECT_EQ(result.step, Step::bad) << bytes;
            EXPECT_EQ(result.status, status) << bytes;
        }
}

TEST(ChunkedReader, bounds_the_sum_and_the_trailers) {
    std::string many;
    for (int i = 0; i < 101; ++i) many += "a\r\n0123456789\r\n";
    EXPECT_EQ(read_chunks(many, many.size()).status, 413);
    std::string trailers = "0\r\n";
    for (int i = 0; i < 200; ++i) trailers += "X: " + std::string(100, 'a') + "\r\n";
    EXPECT_EQ(read_chunks(trailers, trailers.size()).step, Step::bad);
}

// What a stream means does not depend on how it was cut into reads.
TEST(Property, any_split_of_a_stream_gives_the_same_requests) {
    const auto read = [](const std::string& stream, const std::vector<std::size_t>& cuts) {
        std::vector<std::string> seen;
        HeadParser parser(room);
        std::string buffer, body;
        std::optional<ChunkedReader> chunks;
        std::optional<std::uint64_t> length;
        const auto consume = [&] {
            while (true) {
                if (chunks) {
                    std::string_view view = buffer;
                    const auto step = chunks->feed(view, body);
                    buffer.erase(0, buffer.size() - view.size());
                    if (step == Step::bad) seen.push_back("bad");
                    if (step != Step::done) return;
                } else if (length) {
                    const auto take = std::min<std::size_t>(*length - body.size(), buffer.size());
                    body += buffer.substr(0, take);
                    buffer.erase(0, take);
                    if (body.size() < *length) return;
                } else {
                    const auto step = parser.parse(buffer);
                    if (step == Step::bad) seen.push_back("bad");
                    if (step != Step::done) return;
                    const auto& head = parser.head();
                    seen.push_back(std::string(head.target));
                    for (const auto& field : head.fields) seen.push_back(std::string(field.name) + "=" + std::string(field.value));
                    if (head.chunked) chunks.emplace(100'000);
                    length = head.content_length.value_or(0);
                    buffer.erase(0, parser.length());
                    parser.reset();
                    continue;
                }
                seen.push_back(body);
                body.clear();
                chunks.reset();
                length.reset();
            }
        };
        std::size_t at = 0;
        for (auto cut : cuts) {
            const auto end = std::min(stream.size(), at + 1 + cut % 40);
            buffer += stream.substr(at, end - at);
            at = end;
            consume();
        }
        buffer += stream.substr(at);
        consume();
        return seen;
    };
    const bool held = rc::check([&] {
        std::string stream;
        const auto count = *rc::gen::inRange(1, 6);
        for (int i = 0; i < count; ++i) {
            const auto body = *rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'));
            stream += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nX-Number: " + std::to_string(*rc::gen::arbitrary<int>()) + "\r\n";
            if (*rc::gen::arbitrary<bool>()) {
                stream += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
            } else {
                stream += "Transfer-Encoding: chunked\r\n\r\n";
                for (std::size_t at = 0; at < body.size(); at += 7) {
                    const auto piece = body.substr(at, 7);
                    stream += std::to_string(piece.size()) + "\r\n" + piece + "\r\n";
                }
                stream += "0\r\n\r\n";
            }
        }
        const auto cuts = *rc::gen::arbitrary<std::vector<std::size_t>>();
        const auto whole = read(stream, {});
        RC_ASSERT(whole.size() >= static_cast<std::size_t>(count) * 4);
        RC_ASSERT(read(stream, cuts) == whole);
        RC_ASSERT(read(stream, std::vector<std::size_t>(stream.size(), 0)) == whole);
    });
    EXPECT_TRUE(held);
}

}  // namespace
}  // namespace verbatim::http
