#include "ground/understand/copies.h"

namespace verbatim::understand {

std::array<std::uint64_t, band_count> Sketch::bands() const {
    std::array<std::uint64_t, band_count> all{};
    constexpr std::size_t rows = sketch_size / band_count;
    for (std::size_t b = 0; b < band_count; ++b) {
        std::uint64_t hash = 1469598103934665603ull + b;
        for (std::size_t r = 0; r < rows; ++r) hash = (hash ^ least[b * rows + r]) * 1099511628211ull;
        all[b] = hash;
    }
    return all;
}

std::optional<Sketch> sketch_of(const Tokens& tokens) {
    Sketch sketch;
    sketch.least.fill(~std::uint32_t{0});
    std::size_t words = 0;
    std::uint32_t before = 0, before_that = 0;
    for (const Token& token : tokens.all) {
        if (token.kind != TokenKind::word && token.kind != TokenKind::number) continue;
        if (++words >= 3) {
            const std::uint32_t run = hash_pair(hash_pair(before_that, before), token.hash);
            std::uint64_t mixed = run;
            for (std::uint32_t& least : sketch.least) {
                mixed = mixed * 0x5851F42D4C957F2Dull + 0x14057B7EF767814Full;
                least = std::min(least, spread(static_cast<std::uint32_t>(mixed >> 32)));
            }
        }
        before_that = before;
        before = token.hash;
    }
    if (words < fewest_words) return std::nullopt;
    return sketch;
}

double likeness(const Sketch& left, const Sketch& right) {
    std::size_t same = 0;
    for (std::size_t i = 0; i < sketch_size; ++i) same += left.least[i] == right.least[i] ? 1 : 0;
    return static_cast<double>(same) / static_cast<double>(sketch_size);
}

std::optional<Copies::Found> Copies::look(const std::string& id, const Tokens& tokens) {
    const auto sketch = sketch_of(tokens);
    if (!sketch) return std::nullopt;
    std::optional<Found> found;
    const auto bands = sketch->bands();
    for (const std::uint64_t band : bands) {
        const auto at = by_band_.find(band);
        if (at == by_band_.end() || at->second < first_) continue;
        Seen& other = seen_[at->second - first_];
        const double alike = likeness(other.sketch, *sketch);
        if (alike < 0.5 || (found && found->likeness >= alike)) continue;
        found = Found{other.id, alike, other.copies + 1};
        ++other.copies;
    }
    if (!found) {  // a copy is remembered by its first
        const std::size_t number = first_ + seen_.size();
        seen_.push_back({id, *sketch, 0});
        for (const std::uint64_t band : bands) by_band_[band] = number;
        if (seen_.size() > most_) {
            for (const std::uint64_t band : seen_.front().sketch.bands()) {
                const auto at = by_band_.find(band);
                if (at != by_band_.end() && at->second == first_) by_band_.erase(at);
            }
            seen_.pop_front();
            ++first_;
        }
    }
    return found;
}

}  // namespace verbatim::understand
