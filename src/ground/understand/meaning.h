// Search by meaning: what a passage is about as a short vector, so that "bruit à froid" finds "claquement au démarrage le matin".
// Words that belong to a concept of ours (assets/themes/meaning.concepts: car noises, cold start ...) point where the concept points,
// in every language; any other word points by the pieces it is spelled with, more weakly. Directions are random and fixed
// (Kanerva 2000, "Random indexing"); concepts that go together share a part of theirs.
#pragma once

#include "ground/understand/tokens.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

inline constexpr std::size_t meaning_size = 128;
using MeaningVector = std::array<std::int8_t, meaning_size>;

MeaningVector meaning_vector(std::string_view text);
MeaningVector meaning_vector(const Tokens& tokens, std::size_t begin, std::size_t end);

// -1..1, the cosine.
double likeness(const MeaningVector& one, const MeaningVector& other);
inline constexpr double surely_alike = 0.4;  // a hit worth showing

// The signs of a vector. Two of them differ in as many places as their vectors' angle is wide (Charikar 2002, "Similarity estimation
// techniques from rounding algorithms"), so sixteen bytes tell which of a million sentences are worth a closer look.
using MeaningSketch = std::array<std::uint64_t, meaning_size / 64>;
MeaningSketch sketch_of(const MeaningVector& vector);
double likeness(const MeaningSketch& one, const MeaningSketch& other);  // -1..1, the cosine of that angle, some 0.1 about the true one

struct Passage {
    std::size_t start = 0, end = 0;  // code points
    MeaningVector vector{};
};
// Sentence by sentence: a long review speaks of many things.
std::vector<Passage> passages_of(std::string_view text);

// The sketches of a text's sentences, one behind the other, for keeping; and the likest of such to a question's, -1 where there is none.
std::string meanings_of(std::string_view text);
double likest(const MeaningSketch& question, std::string_view meanings);

// Changes when vectors do: stored ones are made again then.
std::string meaning_version();

}  // namespace verbatim::understand
