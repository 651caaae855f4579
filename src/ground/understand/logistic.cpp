#include "ground/understand/logistic.h"

#include "ground/understand/subspace.h"

#include <algorithm>
#include <cmath>

namespace verbatim::understand {
namespace {

double odds(const std::vector<double>& weights, std::span<const float> row) {
    double sum = 0;
    for (std::size_t d = 0; d < row.size(); ++d) sum += weights[d] * static_cast<double>(row[d]);
    return sum;
}

double share(double log_odds) { return 1 / (1 + std::exp(-std::clamp(log_odds, -30.0, 30.0))); }

}  // namespace

std::vector<float> logistic(const DenseRows& rows, const std::vector<bool>& truth, std::span<const std::uint32_t> use, std::span<const double> penalties) {
    constexpr int most_steps = 25;
    const std::size_t width = rows.width;
    std::vector<double> weights(width), gradient(width), bend(width * width);
    const auto loss = [&](const std::vector<double>& at) {
        double sum = 0;
        for (std::size_t d = 0; d < width; ++d) sum += 0.5 * penalties[d] * at[d] * at[d];
        for (const std::uint32_t i : use) {
            const double log_odds = odds(at, rows[i]) * (truth[i] ? 1 : -1);
            sum += log_odds > 0 ? std::log1p(std::exp(-log_odds)) : std::log1p(std::exp(log_odds)) - log_odds;
        }
        return sum;
    };
    double before = loss(weights);
    for (int step = 0; step < most_steps; ++step) {
        for (std::size_t d = 0; d < width; ++d) gradient[d] = penalties[d] * weights[d];
        std::fill(bend.begin(), bend.end(), 0.0);
        for (std::size_t d = 0; d < width; ++d) bend[d * width + d] = penalties[d] + 1e-6;
        for (const std::uint32_t i : use) {
            const auto row = rows[i];
            const double p = share(odds(weights, row)), error = p - (truth[i] ? 1 : 0), weight = p * (1 - p);
            for (std::size_t d = 0; d < width; ++d) {
                const double value = static_cast<double>(row[d]);
                if (value == 0) continue;
                gradient[d] += error * value;
                for (std::size_t e = 0; e <= d; ++e) bend[d * width + e] += weight * value * static_cast<double>(row[e]);
            }
        }
        cholesky(bend, width);
        std::vector<double> move = gradient;
        for (std::size_t d = 0; d < width; ++d) {
            for (std::size_t e = 0; e < d; ++e) move[d] -= bend[d * width + e] * move[e];
            move[d] /= bend[d * width + d];
        }
        for (std::size_t d = width; d-- > 0;) {
            for (std::size_t e = d + 1; e < width; ++e) move[d] -= bend[e * width + d] * move[e];
            move[d] /= bend[d * width + d];
        }
        double length = 1, after = 0;
        std::vector<double> tried(width);
        for (; length > 1e-3; length /= 2) {  // a whole step may go too far
            for (std::size_t d = 0; d < width; ++d) tried[d] = weights[d] - length * move[d];
            if ((after = loss(tried)) < before) break;
        }
        if (length <= 1e-3) break;
        weights = tried;
        if (before - after < 1e-6 * before) break;
        before = after;
    }
    return {weights.begin(), weights.end()};
}

double likelihood(std::span<const float> weights, std::span<const float> row) {
    double sum = 0;
    for (std::size_t d = 0; d < row.size(); ++d) sum += static_cast<double>(weights[d]) * static_cast<double>(row[d]);
    return share(sum);
}

}  // namespace verbatim::understand
