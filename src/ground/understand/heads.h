// Several linear machines over the same hashed places, kept as one signed byte a weight: what themes by example, aspects and
// taught themes are read with. Unlike LinearModel it takes places made by its caller, and more heads.
#pragma once

#include "ground/base/result.h"
#include "ground/understand/learning.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

class Heads {
public:
    static constexpr std::size_t most_heads = 128;
    static constexpr unsigned most_bits = 20;

    Heads() = default;
    Heads(unsigned bits, std::vector<std::string> names, const std::vector<Line>& lines);
    // The form write() gives: a head line, then the weights. `bytes` is moved past what was read.
    static Result<Heads> read(std::string_view& bytes);
    void write(std::string& into) const;

    const std::vector<std::string>& names() const { return names_; }
    std::size_t size() const { return names_.size(); }
    std::uint32_t mask() const { return (1u << bits_) - 1; }
    // One score a head: bias + sum of weights / length_of(row).
    void score(std::span<const std::uint32_t> row, std::vector<float>& scores) const;
    // The same in two steps, for who keeps sums of places that come again: the weights of `row` onto `sums`, stride() of them; then
    // one score a head of what `places` places summed up to, stride() of them too.
    std::size_t stride() const { return stride_; }
    void add(std::span<const std::uint32_t> row, std::int32_t* sums) const;
    void score_sums(const std::int32_t* sums, std::size_t places, float* scores) const;

    static constexpr std::size_t block = 16;  // heads added in one go: stride() is a multiple of it

private:
    static std::size_t padded(std::size_t heads) { return (heads + block - 1) / block * block; }
    unsigned bits_ = 1;
    std::vector<std::string> names_;
    std::vector<float> biases_, scales_;  // stride_ of them
    std::size_t stride_ = 0;            // heads of a place, filled up to whole blocks
    std::vector<std::int8_t> weights_;  // the heads of a place side by side, stride_ of them
};

}  // namespace verbatim::understand
