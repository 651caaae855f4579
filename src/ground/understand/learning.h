// Learning a line through hashed features: L2-regularised linear machines by dual coordinate descent (Hsieh et al. 2008, "A dual
// coordinate descent method for large-scale linear SVM"; Ho and Lin 2012 for the regression), each feature scaled by how unevenly
// it falls on both sides (Wang and Manning 2012, "Baselines and bigrams"). The same examples, order and seed give the same weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace verbatim::understand {

// Examples as rows of places in a table of weights; a place that stands twice in a row counts twice.
struct Rows {
    std::vector<std::uint32_t> places;
    std::vector<std::size_t> begins{0};

    void add(std::span<const std::uint32_t> row);
    std::size_t size() const { return begins.size() - 1; }
    std::span<const std::uint32_t> operator[](std::size_t i) const { return {places.data() + begins[i], begins[i + 1] - begins[i]}; }
};

struct Line {
    std::vector<float> weights;
    float bias = 0;
    float score(std::span<const std::uint32_t> row) const;  // bias + sum of weights / length_of(row)
};
float length_of(std::size_t features);  // sqrt: a long text is not surer because it is long

struct Descent {
    std::uint64_t seed = 1;
    double cost = 1;         // of an error, against the size of the weights
    unsigned rounds = 30;
    double scaling = 1;      // of the log-count ratio: 0 none, 1 whole
    bool balanced = false;   // both sides weigh the same
};
// targets: +1 or -1. `use`: which rows (empty: all).
Line separate(const Rows& rows, const std::vector<std::int8_t>& targets, std::size_t table, const Descent& how, std::span<const std::uint32_t> use = {});
// Targets are numbers; the sum of absolute errors beyond `slack` counts.
Line regress(const Rows& rows, const std::vector<float>& targets, std::size_t table, float slack, const Descent& how, std::span<const std::uint32_t> use = {});

// xorshift64*: the standard's shuffles differ from library to library.
struct Dice {
    std::uint64_t state;
    explicit Dice(std::uint64_t seed) : state(seed * 0x9E3779B97F4A7C15ull + 1) {}
    std::uint64_t next() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state;
    }
};

}  // namespace verbatim::understand
