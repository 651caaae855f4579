#include "ground/text/sketch.h"

#include <algorithm>
#include <vector>

#include "ground/text/folded.h"

namespace verbatim::text {
namespace {

constexpr std::size_t run_length = 4;

// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014): its output function mixes every bit into every other.
constexpr std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return mixed(hash);
}

std::vector<std::uint64_t> word_hashes(std::string_view utf8) {
    Folded folded;
    fold(utf8, folded);
    std::vector<std::uint64_t> words;
    for (std::size_t i = 0; i < folded.size();) {
        if (!is_word(folded.chars[i])) {
            ++i;
            continue;
        }
        const auto from = i;
        while (i < folded.size() && is_word(folded.chars[i])) ++i;
        const std::string_view word(folded.chars.data() + from, i - from);
        // Letters of no Latin shape are one character when folded: such a word is what was written.
        const bool foreign = word.find(other_letter) != std::string_view::npos;
        words.push_back(hash_of(foreign ? utf8.substr(folded.offset(from), folded.end_offset(i) - folded.offset(from)) : word));
    }
    return words;
}

}  // namespace

std::optional<Sketch> sketch(std::string_view utf8) {
    const auto words = word_hashes(utf8);
    if (words.size() < sketch_words) return std::nullopt;
    static constexpr auto multipliers = [] {
        std::array<std::uint64_t, sketch_size> all{};
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = mixed(i + 1) | 1;
        return all;
    }();
    Sketch out;
    out.least.fill(0xffffffff);
    for (std::size_t i = 0; i + run_length <= words.size(); ++i) {
        std::uint64_t run = 0;
        for (std::size_t w = 0; w < run_length; ++w) run = mixed(run ^ words[i + w]);
        for (std::size_t k = 0; k < sketch_size; ++k) {
            const auto value = static_cast<std::uint32_t>((run * multipliers[k]) >> 32);
            out.least[k] = std::min(out.least[k], value);
        }
    }
    return out;
}

double resemblance(const Sketch& one, const Sketch& other) {
    std::size_t same = 0;
    for (std::size_t k = 0; k < sketch_size; ++k) same += one.least[k] == other.least[k];
    return static_cast<double>(same) / sketch_size;
}

std::array<std::int64_t, sketch_bands> bands(const Sketch& sketch) {
    constexpr std::size_t rows = sketch_size / sketch_bands;
    std::array<std::int64_t, sketch_bands> all{};
    for (std::size_t band = 0; band < sketch_bands; ++band) {
        std::uint64_t hash = mixed(band);
        for (std::size_t row = 0; row < rows; ++row) hash = mixed(hash ^ sketch.least[band * rows + row]);
        all[band] = static_cast<std::int64_t>(hash);
    }
    return all;
}

std::string to_bytes(const Sketch& sketch) {
    std::string bytes;
    bytes.reserve(sketch_size * 4);
    for (const auto value : sketch.least) {
        for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift);
    }
    return bytes;
}

std::optional<Sketch> sketch_from(std::string_view bytes) {
    if (bytes.size() != sketch_size * 4) return std::nullopt;
    Sketch out;
    for (std::size_t i = 0; i < bytes.size(); ++i) out.least[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * (i % 4));
    return out;
}

}  // namespace verbatim::text
