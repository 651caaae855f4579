// When may a comparison of variants end, though somebody looks at it every day? A test that is valid at any moment: an e-value, the
// likelihood ratio of a mixture against "no difference", may be read as often as one likes, and says "different" falsely with
// probability `alpha` at most over all looks together (J. Ville, Étude critique de la notion de collectif, 1939; H. Robbins, Statistical
// methods related to the law of the iterated logarithm, Ann. Math. Stat. 41, 1970; P. Grünwald, R. de Heide, W. Koolen, Safe testing, JRSS B 86, 2024).
//
// Each person gets a variant by chance, in the given shares. If no variant is better, each conversion carries variant i with
// probability share i, whatever the rate of conversion is and however it changes: so the variants of the conversions alone are a
// sequence of draws whose law is known exactly, and nothing is approximated. Against it stands a Dirichlet mixture round the shares.
#pragma once

#include <cstdint>
#include <span>

namespace verbatim::stats {

// How many imagined conversions the mixture is concentrated by: more finds small differences, fewer finds large ones sooner.
inline constexpr double mixture_weight = 40;

// The natural logarithm of the evidence that conversions do not follow the shares (which make 1). 0 without conversions.
double log_evidence(std::span<const std::int64_t> conversions, std::span<const double> shares);

// May the comparison end with "there is a difference"? Ville: the evidence ever reaches 1 / alpha with probability alpha at most.
bool differs(std::span<const std::int64_t> conversions, std::span<const double> shares, double alpha);

}  // namespace verbatim::stats
