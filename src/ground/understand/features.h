// What of a text the linear models weigh: its distinct words, its distinct pairs and triples of neighbours, and the pieces of its distinct
// words. Distinct, because a customer who writes "never" three times is not three customers.
#pragma once

#include "ground/understand/tokens.h"

#include <cstdint>
#include <vector>

namespace verbatim::understand {

struct Shape {
    unsigned bits = 18;                   // of a place in the table of weights
    bool pairs = true;
    bool triples = true;                  // three words in a row, and two with one between
    unsigned shortest = 3, longest = 5;   // pieces of words; longest 0: none
};

// A set of hashes that is emptied in no time.
class Distinct {
public:
    void begin(std::size_t expected);
    bool add(std::uint32_t hash);  // false where it was there

private:
    struct Slot {
        std::uint32_t hash = 0, turn = 0;
    };
    std::vector<Slot> slots_;
    std::uint32_t turn_ = 0;
    std::size_t mask_ = 0;
};

// visit(hash) for each piece of a word, its begin and end marked.
template <class Visit>
void each_piece(const char16_t* letters, std::size_t size, const Shape& shape, Visit&& visit) {
    const auto at = [&](std::size_t i) { return i == 0 ? u'^' : i <= size ? letters[i - 1] : u'$'; };
    for (std::size_t i = 0; i < size + 2; ++i) {
        std::uint32_t hash = 0x1234567u;
        for (std::size_t n = 0; n < shape.longest && i + n < size + 2; ++n) {
            hash = hash_letter(hash, at(i + n));
            if (n + 1 >= shape.shortest) visit(spread(hash));
        }
    }
}
constexpr std::size_t longest_word = 40;  // letters; of a longer one no pieces are read

inline constexpr std::uint32_t shouting_hash = 0x51A3E001u;

// Of the tokens [begin, end): word(token) for each distinct word with pieces to be read, place(hash) for each other feature.
template <class Word, class Place>
void each_feature(const Tokens& tokens, std::size_t begin, std::size_t end, const Shape& shape, Distinct& distinct, Word&& word, Place&& place) {
    distinct.begin(4 * (end - begin) + 1);
    std::uint32_t before = 0x7E57u, before_that = 0x7E58u;
    for (std::size_t i = begin; i < end; ++i) {
        const Token& token = tokens.all[i];
        if (token.kind == TokenKind::stop && tokens.letters[token.from] == u'\n') continue;  // how a form joins its fields says nothing
        if (distinct.add(token.hash)) {
            place(token.hash);
            if (shape.longest > 0 && token.kind == TokenKind::word && token.size <= longest_word) word(token);
        }
        if (shape.pairs) {
            const std::uint32_t pair = hash_pair(before, token.hash);
            if (distinct.add(pair)) place(pair);
        }
        if (shape.triples) {
            const std::uint32_t triple = hash_pair(hash_pair(before_that, before), token.hash), over = hash_pair(before_that ^ 0x55u, token.hash);
            if (distinct.add(triple)) place(triple);
            if (distinct.add(over)) place(over);
        }
        before_that = before;
        before = token.hash;
    }
    if (tokens.shouting) place(shouting_hash);
}

// The same as places of a row, for learning.
void features_of(const Tokens& tokens, const Shape& shape, Distinct& distinct, std::vector<std::uint32_t>& places);

}  // namespace verbatim::understand
