// What an IMAP server says (RFC 9051 section 7), taken apart: lines, and the literals in them. Somebody else wrote it: everything is bounded,
// and what breaks a bound breaks the connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::mail {

// "* 3 FETCH (UID 7 BODY[] {12}": where a literal stood in `text` its count in braces is left, and its bytes are in `literals`.
struct ImapReply {
    std::string text;
    std::vector<std::string> literals;
};

class ImapReplies {
public:
    explicit ImapReplies(std::size_t most_of_a_literal) : most_of_a_literal_(most_of_a_literal) {}
    void feed(std::string_view bytes) { held_.append(bytes); }
    // The next whole one; nothing where more bytes are needed, or where it is broken.
    std::optional<ImapReply> next();
    bool broken() const { return broken_; }

    static constexpr std::size_t most_of_a_line = 1 << 20, most_literals = 16;

private:
    std::size_t most_of_a_literal_;
    std::string held_;
    ImapReply begun_;
    std::size_t awaited_ = 0;  // bytes of a literal
    bool in_literal_ = false;
    bool broken_ = false;
};

// The numbers of "* SEARCH 3 7 12"; nothing where it is another reply.
std::optional<std::vector<std::uint32_t>> read_search(std::string_view text);

}  // namespace verbatim::mail
