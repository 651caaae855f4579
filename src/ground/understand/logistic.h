// Logistic regression over a few dense numbers, by Newton's steps: small enough to be exact.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace verbatim::understand {

struct DenseRows {
    std::size_t width = 0;
    std::vector<float> values;  // row by row
    std::size_t size() const { return width == 0 ? 0 : values.size() / width; }
    std::span<const float> operator[](std::size_t i) const { return {values.data() + i * width, width}; }
};

// Of the rows in `use`. `penalties`: what half of each weight's square costs.
std::vector<float> logistic(const DenseRows& rows, const std::vector<bool>& truth, std::span<const std::uint32_t> use, std::span<const double> penalties);

double likelihood(std::span<const float> weights, std::span<const float> row);

}  // namespace verbatim::understand
