#include "ground/understand/subspace.h"

#include "ground/understand/learning.h"

#include <cmath>

namespace verbatim::understand {
namespace {

// Columns of `all` (rows of `dimensions` numbers) made orthonormal.
void orthonormal(std::vector<float>& all, std::size_t dimensions) {
    std::vector<double> gram(dimensions * dimensions);
    for (std::size_t row = 0; row < all.size(); row += dimensions)
        for (std::size_t i = 0; i < dimensions; ++i) {
            const double value = all[row + i];
            double* const line = gram.data() + i * dimensions;
            for (std::size_t j = 0; j <= i; ++j) line[j] += value * static_cast<double>(all[row + j]);
        }
    cholesky(gram, dimensions);
    std::vector<double> solved(dimensions);
    for (std::size_t row = 0; row < all.size(); row += dimensions)
        for (std::size_t i = 0; i < dimensions; ++i) {
            double value = all[row + i];
            for (std::size_t j = 0; j < i; ++j) value -= gram[i * dimensions + j] * solved[j];
            solved[i] = value / gram[i * dimensions + i];
            all[row + i] = static_cast<float>(solved[i]);
        }
}

}  // namespace

void cholesky(std::vector<double>& matrix, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        const double whole = matrix[i * size + i];
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix[i * size + j];
            for (std::size_t k = 0; k < j; ++k) sum -= matrix[i * size + k] * matrix[j * size + k];
            if (i == j) matrix[i * size + i] = sum > 1e-12 * (whole + 1e-30) ? std::sqrt(sum) : 1;
            else matrix[i * size + j] = sum / matrix[j * size + j];
        }
        for (std::size_t j = i + 1; j < size; ++j) matrix[i * size + j] = 0;
    }
}

std::vector<float> left_subspace(const SparseRows& matrix, unsigned dimensions, unsigned rounds, std::uint64_t seed) {
    std::vector<float> left(matrix.size() * dimensions), right(matrix.columns * dimensions);
    Dice dice(seed);
    for (float& one : right) one = static_cast<float>(static_cast<double>(dice.next() >> 11) / 9007199254740992.0 - 0.5);
    for (unsigned round = 0; round <= rounds; ++round) {
        if (round > 0) {
            std::fill(right.begin(), right.end(), 0.0f);
            for (std::size_t row = 0; row < matrix.size(); ++row)
                for (std::size_t at = matrix.begins[row]; at < matrix.begins[row + 1]; ++at) {
                    float* const into = right.data() + static_cast<std::size_t>(matrix.places[at]) * dimensions;
                    const float* const from = left.data() + row * dimensions;
                    for (unsigned i = 0; i < dimensions; ++i) into[i] += matrix.values[at] * from[i];
                }
        }
        std::fill(left.begin(), left.end(), 0.0f);
        for (std::size_t row = 0; row < matrix.size(); ++row)
            for (std::size_t at = matrix.begins[row]; at < matrix.begins[row + 1]; ++at) {
                float* const into = left.data() + row * dimensions;
                const float* const from = right.data() + static_cast<std::size_t>(matrix.places[at]) * dimensions;
                for (unsigned i = 0; i < dimensions; ++i) into[i] += matrix.values[at] * from[i];
            }
        orthonormal(left, dimensions);
    }
    return left;
}

}  // namespace verbatim::understand
