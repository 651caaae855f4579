#include "record/reviews/segments.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

namespace verbatim::reviews {

std::string segments(std::string_view words, std::string_view findings, std::string_view field) {
    using nlohmann::json;
    struct Mark {
        std::size_t start, end;
        std::string reason;
    };
    std::vector<Mark> marks;
    if (!findings.empty()) {
        for (const auto& finding : json::parse(findings)) {
            if (finding.value("field", "body") != field) continue;
            marks.push_back({finding.value("start", std::size_t{0}), finding.value("end", std::size_t{0}), finding.value("reason", "")});
        }
    }
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.start < b.start; });
    // Offsets count code points; walk the bytes once.
    json out = json::array();
    std::size_t point = 0, from = 0, byte = 0;
    const auto advance = [&](std::size_t to) {
        while (byte < words.size() && point < to) {
            ++byte;
            while (byte < words.size() && (static_cast<unsigned char>(words[byte]) & 0xc0) == 0x80) ++byte;
            ++point;
        }
    };
    const auto put = [&](std::string_view reason) {
        if (byte > from) out.push_back({{"TEXT", words.substr(from, byte - from)}, {"REASON", reason}});
        from = byte;
    };
    for (const auto& mark : marks) {
        if (mark.end <= mark.start || mark.end <= point) continue;  // inside the one before
        advance(mark.start);
        put("");
        advance(mark.end);
        put(mark.reason);
    }
    advance(words.size());
    put("");
    return out.dump();
}

}  // namespace verbatim::reviews
