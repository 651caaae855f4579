// The classifier: a linear model over hashed words and pieces of words, small enough to lie in the program. It speaks where
// neither packs nor frames do, in the languages it was trained for. Made by `verbatim train moderation` (learn.h); the shipped one
// is assets/models/moderation.model, described in the card beside it.
#pragma once

#include "ground/base/result.h"
#include "ground/text/names.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

// What a window of the text looks like to the model: hashed features in the order of the text, with the word each ends at.
struct Features {
    struct One {
        std::uint32_t hash = 0;
        std::uint32_t at = 0;  // index into the folded text
    };
    std::vector<One> all;
};
// Words, pairs of words and pieces of three to five letters of chars [from, to); `language` parts the hashes.
void features_of(const Folded& text, std::size_t from, std::size_t to, std::string_view language, Features& out);

// [from, to) of the folded text: whole sentences, together no longer than a short message where that is possible.
struct Window {
    std::size_t from = 0, to = 0;
};
void windows_of(const Folded& text, std::vector<Window>& out);

class Model {
public:
    struct Language {
        std::string code;
        float bias = 0, hate_bias = 0;
        float threshold = 0;  // of the score; above it a human is asked
    };
    struct Score {
        float offence = 0, hate = 0;  // log odds
    };

    // The text form of a model file: head lines "name = value", an empty line, then one signed byte a weight, two tables.
    // Errors: ErrorKind::invalid, code "bad_model". The bytes must outlive the model.
    static Result<Model> open(std::string_view bytes);
    static std::string write(const std::string& version, unsigned bits, float scale, const std::vector<Language>& languages, const std::vector<std::int8_t>& weights);

    const Language* language(std::string_view code) const;
    Score score(const Features& features, const Language& language) const;
    // Marks the sentence that weighs most of each window above the threshold.
    void find(const Folded& text, std::string_view language, std::vector<Mark>& marks) const;

    const std::string& version() const { return version_; }
    const std::vector<Language>& languages() const { return languages_; }

    static constexpr unsigned most_bits = 22;

private:
    std::string version_;
    unsigned bits_ = 0;
    float scale_ = 0;
    std::vector<Language> languages_;
    std::string_view weights_;  // table of offence, then of hate
};

std::string_view shipped_model();

}  // namespace verbatim::text
