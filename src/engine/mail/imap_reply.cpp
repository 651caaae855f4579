#include "engine/mail/imap_reply.h"

#include <charconv>

namespace verbatim::mail {
namespace {

// The count of "...{12}" or "...{12+}" at a line's end.
std::optional<std::size_t> literal_of(std::string_view line) {
    if (!line.ends_with('}')) return std::nullopt;
    const auto open = line.rfind('{');
    if (open == std::string_view::npos) return std::nullopt;
    auto digits = line.substr(open + 1, line.size() - open - 2);
    if (digits.ends_with('+')) digits.remove_suffix(1);
    std::size_t count = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return count;
}

}  // namespace

std::optional<ImapReply> ImapReplies::next() {
    while (!broken_) {
        if (in_literal_) {
            if (held_.size() < awaited_) return std::nullopt;
            begun_.literals.push_back(held_.substr(0, awaited_));
            held_.erase(0, awaited_);
            in_literal_ = false;
            continue;
        }
        const auto end = held_.find('\n');
        if (end == std::string::npos) {
            broken_ = held_.size() > most_of_a_line;
            return std::nullopt;
        }
        std::string_view line = std::string_view(held_).substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.size() + begun_.text.size() > most_of_a_line) {
            broken_ = true;
            return std::nullopt;
        }
        const auto literal = literal_of(line);
        begun_.text += line;
        held_.erase(0, end + 1);
        if (!literal) return std::exchange(begun_, {});
        if (*literal > most_of_a_literal_ || begun_.literals.size() == most_literals) {
            broken_ = true;
            return std::nullopt;
        }
        awaited_ = *literal;
        in_literal_ = true;
    }
    return std::nullopt;
}

std::optional<std::vector<std::uint32_t>> read_search(std::string_view text) {
    constexpr std::string_view begin = "* SEARCH";
    if (!text.starts_with(begin)) return std::nullopt;
    std::vector<std::uint32_t> all;
    text.remove_prefix(begin.size());
    while (!text.empty()) {
        if (text.front() == ' ') {
            text.remove_prefix(1);
            continue;
        }
        std::uint32_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec != std::errc() || number == 0) return all;  // "(MODSEQ 917)" may follow
        all.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    }
    return all;
}

}  // namespace verbatim::mail
