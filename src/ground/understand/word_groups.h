// Words used alike, as numbered groups: a rare word then says what its group says, in every language learned from. Each word is a
// place in the space of the sentences it stands in, and a sentence and its translations are one sentence: cross-language latent
// semantic indexing (Dumais, Letsche, Littman and Landauer 1997); groups by spherical k-means (Dhillon and Modha 2001).
#pragma once

#include "ground/base/result.h"
#include "ground/understand/tokens.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

class WordGroups {
public:
    static constexpr std::size_t levels = 2, most_words = 400'000;
    static constexpr std::uint16_t none = 0;  // groups count from 1
    using Numbers = std::array<std::uint16_t, levels>;  // coarse, fine

    struct Sentence {
        std::uint32_t lang = 0;       // language_hash()
        std::uint64_t same = 0;       // equal for translations of each other
        std::vector<std::uint32_t> words;
    };
    static std::uint32_t language_hash(std::string_view lang);

    // The same sentences, in order, and seed give the same groups. Few sentences: no groups.
    static WordGroups learn(const std::vector<Sentence>& sentences, std::uint64_t seed);
    static Result<WordGroups> read(std::string_view& bytes);
    void write(std::string& into) const;

    Numbers of(std::uint32_t lang, std::uint32_t word) const;
    std::size_t size() const { return words_.size(); }

private:
    struct Word {
        std::uint32_t key = 0;
        Numbers numbers{};
    };
    void index();
    std::vector<Word> words_;          // sorted by key
    std::vector<std::uint32_t> table_; // open addressing: index + 1
};

}  // namespace verbatim::understand
