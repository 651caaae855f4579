// The places a sentence and a target in it have in the tables of the aspect machines.
#pragma once

#include "ground/understand/aspect_examples.h"
#include "ground/understand/features.h"
#include "ground/understand/word_groups.h"

namespace verbatim::understand {

inline constexpr unsigned aspect_bits = 18, word_bits = 16;

// `domain`: each feature is there once for every domain and language and once for this one (Daumé 2007, "Frustratingly easy domain
// adaptation"), so that other sets teach what they can and no more.
void target_features(const Tokens& tokens, std::string_view lang, std::string_view domain, const Target& target, std::vector<std::uint32_t>& row);

// What the categories of a sentence are told from: of the sentence, and of each word of it by itself, with what stands round it.
class CategoryFeatures {
public:
    CategoryFeatures(const Tokens& tokens, std::string_view lang, std::string_view domain, const WordGroups& groups);
    static bool is_word(const Token& token) { return token.kind == TokenKind::word || token.kind == TokenKind::number; }
    void sentence(std::vector<std::uint32_t>& row) const;
    void word(std::size_t at, std::vector<std::uint32_t>& row) const;

    // The same rows in parts, for who keeps what a word that comes again adds to them. sentence() is around() and the sentence_pieces()
    // of each word in `words`; word() is what stands at each step, word_pairs() and word_pieces().
    static constexpr std::uint32_t steps = 5, middle = 2;  // two words before, itself, two after
    static constexpr std::uint32_t no_word = 7;            // the hash of what stands before the first word and after the last
    void around(std::vector<std::uint32_t>& row, std::vector<std::uint32_t>& words) const;
    void sentence_pieces(const Token& token, std::vector<std::uint32_t>& row) const;
    void word_at_step(std::uint32_t step, std::uint32_t hash, const WordGroups::Numbers& numbers, std::vector<std::uint32_t>& row) const;
    void word_pairs(std::size_t at, std::vector<std::uint32_t>& row) const;
    void word_pieces(const Token& token, std::vector<std::uint32_t>& row) const;
    std::uint32_t own_domain() const { return own_domain_; }
    const WordGroups::Numbers& numbers(std::size_t at) const { return numbers_[at]; }

private:
    std::uint32_t hash_at(std::size_t i) const { return i < tokens_.all.size() ? tokens_.all[i].hash : no_word; }  // before the first is after the last
    void repeat_as_own(std::vector<std::uint32_t>& row) const;
    const Tokens& tokens_;
    std::uint32_t own_domain_ = 0;  // 0: none
    std::vector<WordGroups::Numbers> numbers_;
};

}  // namespace verbatim::understand
