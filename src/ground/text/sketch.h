// How much of one text stands in another, whatever the length of either and without keeping the words: a sketch of its runs of four
// words by min-wise hashing (A. Broder, On the resemblance and containment of documents, 1997). Two sketches agree in about the share of
// runs that the texts have in common; texts that share enough of them share a band, which an index finds (P. Indyk, R. Motwani,
// Approximate nearest neighbors, 1998).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verbatim::text {

inline constexpr std::size_t sketch_size = 48, sketch_bands = 16;  // three places a band: found at 0.65 in common with 0.99, at 0.5 with 0.88, at 0.3 with 0.35
inline constexpr std::size_t sketch_words = 12;                    // "Très bien, merci à toute l'équipe." is everybody's: shorter says nothing

struct Sketch {
    std::array<std::uint32_t, sketch_size> least{};
};

// Nothing for a text of fewer than `sketch_words` words. Case, accents, look-alikes and punctuation are not looked at. Needs valid UTF-8.
std::optional<Sketch> sketch(std::string_view utf8);
// 0..1: the estimated share of runs in common (Jaccard).
double resemblance(const Sketch& one, const Sketch& other);
// One number a band, different from band to band.
std::array<std::int64_t, sketch_bands> bands(const Sketch& sketch);

std::string to_bytes(const Sketch& sketch);
std::optional<Sketch> sketch_from(std::string_view bytes);

}  // namespace verbatim::text
