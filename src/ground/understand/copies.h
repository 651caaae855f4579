// Near-copies among the texts of one file: those whose sketches (ground/text/sketch.h) agree in half of their runs of words or more,
// whoever signed them. Found by the bands of the sketch, in bounded memory.
#pragma once

#include "ground/text/sketch.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace verbatim::understand {

// The texts seen lately.
class Copies {
public:
    explicit Copies(std::size_t most = 50'000) : most_(most) {}
    struct Found {
        std::string id;          // of the first text that is alike
        double likeness = 0;
        std::size_t copies = 0;  // seen before, this one not counted
    };
    // Looks, and remembers. Needs valid UTF-8.
    std::optional<Found> look(const std::string& id, std::string_view utf8);

private:
    struct Seen {
        std::string id;
        text::Sketch sketch;
        std::size_t copies = 0;
    };
    std::size_t most_, first_ = 0;  // number of the oldest kept
    std::deque<Seen> seen_;
    std::unordered_map<std::int64_t, std::size_t> by_band_;
};

}  // namespace verbatim::understand
