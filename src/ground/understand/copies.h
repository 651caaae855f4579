// Near-copies: texts that share most of their runs of three words, whoever signed them. MinHash (Broder 1997) of sixteen hashes in
// bands of two: two texts that share seven runs of ten meet in a band nearly always; how alike they are is then counted.
#pragma once

#include "ground/understand/tokens.h"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace verbatim::understand {

inline constexpr std::size_t fewest_words = 8;  // shorter texts are alike because there is little to say
inline constexpr std::size_t sketch_size = 16, band_count = 8;

struct Sketch {
    std::array<std::uint32_t, sketch_size> least{};
    std::array<std::uint64_t, band_count> bands() const;  // equal in one: worth a look
};
// Nothing of a text too short to be a copy of another.
std::optional<Sketch> sketch_of(const Tokens& tokens);
// How much of their runs two texts share, 0..1, as far as sixteen hashes tell.
double likeness(const Sketch& left, const Sketch& right);

// The texts seen lately, in bounded memory.
class Copies {
public:
    explicit Copies(std::size_t most = 100'000) : most_(most) {}
    struct Found {
        std::string id;          // of the first text that is alike
        double likeness = 0;
        std::size_t copies = 0;  // seen before, this one not counted
    };
    // Looks, and remembers.
    std::optional<Found> look(const std::string& id, const Tokens& tokens);

private:
    struct Seen {
        std::string id;
        Sketch sketch;
        std::size_t copies = 0;
    };
    std::size_t most_, first_ = 0;  // number of the oldest kept
    std::deque<Seen> seen_;
    std::unordered_map<std::uint64_t, std::size_t> by_band_;
};

}  // namespace verbatim::understand
