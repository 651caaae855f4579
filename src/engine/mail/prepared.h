// A letter many people get, made ahead: of each part the lines that are the same for all are coded once, those with a place for
// something personal are kept as text and coded message by message. Quoted-printable codes line by line, so the bytes are those that
// compose() makes of the whole text.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/mail/mail.h"

namespace verbatim::mail {

inline constexpr std::size_t most_values = 26;

// Stands in a text where value number n will be: written as it is into plain text, escaped into HTML as every value is.
std::string mark(std::size_t n);

class Prepared {
public:
    // Nothing where a mark stands where no plain HTML escaping was done to it (in a URL's query, in a script).
    static std::optional<Prepared> make(std::string_view marked, bool html);

    // The lines after the part's headers. False where base64 would be shorter, or a value has a line break: then the text must be
    // composed as a whole. `escaped`: the values as HTML.
    bool append(std::string& out, std::span<const std::string> values, std::span<const std::string> escaped) const;
    std::size_t bytes() const;

private:
    struct Place {
        std::string before;  // of the same line
        std::size_t value = 0;
    };
    struct Line {
        std::string coded;  // whole lines before it, for the wire
        std::vector<Place> places;
        std::string after;
        bool ended = true;  // by a line break
    };
    bool html_ = false;
    std::vector<Line> lines_;
    std::string last_;
    std::size_t fixed_bytes_ = 0, fixed_coded_ = 0;
};

// compose() of the message with its text and HTML made of these; nothing where that cannot be.
std::optional<std::string> compose_prepared(const Message& message, const Prepared& text, const Prepared& html, std::span<const std::string> values);

}  // namespace verbatim::mail
