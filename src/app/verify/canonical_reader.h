// Reads JSON that must be in RFC 8785 form from left to right: whatever a canonical writer would have written otherwise is
// refused where it stands, so nothing is parsed, written again and compared. Strings and integers only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verbatim::verify {

class CanonicalReader {
public:
    // The text must be UTF-8; the caller has seen to that.
    explicit CanonicalReader(std::string_view text) : rest_(text) {}

    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool at_end() const { return rest_.empty(); }
    bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
    std::optional<std::string> string();          // RFC 8785 section 3.2.2.2
    std::optional<std::int64_t> integer();        // within 53 bits (RFC 7493 section 2.2), no sign but a minus, no leading zero

private:
    std::string_view rest_;
};

}  // namespace verbatim::verify
