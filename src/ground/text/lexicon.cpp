#include "ground/text/lexicon.h"

#include <algorithm>

namespace verbatim::text {
namespace {

constexpr unsigned space_letter = 26;

unsigned letter_number(char c) { return c == ' ' ? space_letter : static_cast<unsigned>(c - 'a'); }

}  // namespace

std::uint16_t language_number(std::string_view code) {
    if (code.size() < 2 || (code.size() > 2 && code[2] != '-' && code[2] != '_')) return 0;
    const auto small = [](char c) { return static_cast<unsigned>(c >= 'A' && c <= 'Z' ? c + 32 : c); };
    return static_cast<std::uint16_t>(small(code[0]) << 8 | small(code[1]));
}

std::uint32_t Lexicon::child(std::span<const Node> nodes, std::uint32_t node, unsigned letter) const {
    const std::uint32_t bit = 1u << letter;
    const Node& from = nodes[node];
    return (from.children & bit) == 0 ? 0 : from.first + count_bits(from.children & (bit - 1));
}

bool Lexicon::is(std::string_view word, Kind kind, std::uint16_t language) const {
    std::uint32_t node = 0;
    for (const char c : word) {
        if (c != ' ' && !(c >= 'a' && c <= 'z')) return false;
        node = child(context_, node, letter_number(c));
        if (node == 0) return false;
    }
    for (std::uint32_t item = context_[node].items; item != 0; item = items_[item].last ? 0 : item + 1) {
        if (items_[item].kind == kind && items_[item].applies(language)) return true;
    }
    return false;
}

void Lexicon::find_tails(const Folded& text, std::size_t end, std::uint16_t language, std::vector<Hit>& hits) const {
    std::uint32_t node = 0;
    for (std::size_t i = end; i > 0 && text.chars[i - 1] >= 'a' && text.chars[i - 1] <= 'z'; --i) {
        node = child(backward_, node, letter_number(text.chars[i - 1]));
        if (node == 0) return;
        for (std::uint32_t item = backward_[node].items; item != 0; item = items_[item].last ? 0 : item + 1) {
            if (!items_[item].applies(language)) continue;
            std::size_t start = i - 1;
            while (start > 0 && is_word(text.chars[start - 1])) --start;
            hits.push_back({start, end, &rules_[items_[item].rule], false});
        }
    }
}

}  // namespace verbatim::text
