#include "ground/understand/features.h"

#include <bit>

namespace verbatim::understand {

void Distinct::begin(std::size_t expected) {
    const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(64, 2 * expected));
    if (slots_.size() < wanted || slots_.size() > 64 * wanted) {
        slots_.assign(wanted, {});
        turn_ = 0;
    }
    mask_ = slots_.size() - 1;
    if (++turn_ == 0) {
        slots_.assign(slots_.size(), {});
        turn_ = 1;
    }
}

bool Distinct::add(std::uint32_t hash) {
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
        Slot& slot = slots_[at];
        if (slot.turn != turn_) {
            slot = {hash, turn_};
            return true;
        }
        if (slot.hash == hash) return false;
    }
}

void features_of(const Tokens& tokens, const Shape& shape, Distinct& distinct, std::vector<std::uint32_t>& places) {
    places.clear();
    const std::uint32_t mask = (1u << shape.bits) - 1;
    each_feature(
        tokens, 0, tokens.all.size(), shape, distinct,
        [&](const Token& token) { each_piece(tokens.letters.data() + token.from, token.size, shape, [&](std::uint32_t hash) { places.push_back(hash & mask); }); },
        [&](std::uint32_t hash) { places.push_back(hash & mask); });
}

}  // namespace verbatim::understand
