// The few directions a large sparse matrix mostly stretches in: randomised subspace iteration (Halko, Martinsson and Tropp 2011,
// "Finding structure with randomness"), made orthonormal by a Cholesky factor after each step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace verbatim::understand {

struct SparseRows {
    std::size_t columns = 0;
    std::vector<std::size_t> begins{0};
    std::vector<std::uint32_t> places;
    std::vector<float> values;
    std::size_t size() const { return begins.size() - 1; }
};

// One vector of `dimensions` numbers a row, side by side: the left singular vectors, up to a turn of them all. The same seed gives
// the same numbers.
std::vector<float> left_subspace(const SparseRows& matrix, unsigned dimensions, unsigned rounds, std::uint64_t seed);

// The lower Cholesky factor of a symmetric matrix, in place; a direction that is hardly there is made one of its own.
void cholesky(std::vector<double>& matrix, std::size_t size);

}  // namespace verbatim::understand
