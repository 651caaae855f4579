#include "ground/stats/sequential.h"

#include <cmath>

namespace verbatim::stats {

double log_evidence(std::span<const std::int64_t> conversions, std::span<const double> shares) {
    // Dirichlet-multinomial against multinomial; the number of orders is in both and falls out.
    double sum = 0;
    std::int64_t total = 0;
    for (std::size_t i = 0; i < conversions.size(); ++i) {
        const double weight = mixture_weight * shares[i];
        const auto count = static_cast<double>(conversions[i]);
        sum += std::lgamma(weight + count) - std::lgamma(weight) - count * std::log(shares[i]);
        total += conversions[i];
    }
    return sum + std::lgamma(mixture_weight) - std::lgamma(mixture_weight + static_cast<double>(total));
}

bool differs(std::span<const std::int64_t> conversions, std::span<const double> shares, double alpha) {
    return log_evidence(conversions, shares) >= -std::log(alpha);
}

}  // namespace verbatim::stats
