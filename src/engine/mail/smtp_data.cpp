#include "engine/mail/smtp_data.h"

namespace verbatim::mail {
namespace {

constexpr std::size_t line_limit = 998;  // without CRLF

// Counted without branches in blocks of fixed size, which compilers turn into vector instructions.
struct Faults {
    unsigned char eight_bit = 0, nul = 0, broken_line = 0;
};

Faults faults_of(std::string_view data) {
    Faults faults;
    const auto look = [&](std::size_t i) {
        const char before = data[i - 1], c = data[i];
        faults.eight_bit = static_cast<unsigned char>(faults.eight_bit | (static_cast<unsigned char>(c) & 0x80U));
        faults.nul = static_cast<unsigned char>(faults.nul | (c == '\0'));
        faults.broken_line = static_cast<unsigned char>(faults.broken_line | ((before == '\r') != (c == '\n')));
    };
    constexpr std::size_t block = 64;
    std::size_t i = 1;
    for (; i + block <= data.size(); i += block) {
        for (std::size_t j = 0; j < block; ++j) look(i + j);
    }
    for (; i < data.size(); ++i) look(i);
    return faults;
}

// Looks back from the farthest place the line may end, so that short lines are skipped a dozen at a time.
bool has_long_line(std::string_view data) {
    std::size_t start = 0;
    while (data.size() - start > line_limit) {
        const std::size_t end = data.substr(0, std::min(data.size(), start + line_limit + 2)).rfind('\n');
        if (end == std::string_view::npos || end < start) return true;
        start = end + 1;
    }
    return false;
}

}  // namespace

std::string data_fault(std::string_view data) {
    if (data.empty()) return "the message is empty";
    const Faults faults = faults_of(data);
    const auto first = static_cast<unsigned char>(data.front());
    if (faults.eight_bit || faults.nul || first >= 0x80 || first == 0) return "the message is not 7-bit text";
    if (faults.broken_line || first == '\n' || data.back() == '\r') return "the message has a CR or LF alone";
    if (has_long_line(data)) return "the message has a line of more than 998 bytes";
    return {};
}

bool needs_stuffing(std::string_view data) {
    return data.substr(0, 1) == "." || data.find("\n.") != std::string_view::npos;
}

std::string stuffed(std::string_view data) {
    std::string out;
    out.reserve(data.size() + data.size() / 64 + 8);
    bool line_start = true;
    for (char c : data) {
        if (line_start && c == '.') out += '.';
        out += c;
        line_start = c == '\n';
    }
    return out;
}

}  // namespace verbatim::mail
