// Hate composed of innocent words: a group of people the law protects, and beside it contempt, a wish to harm or to drive out, a
// denial of what belongs to everybody. Reads negation ("no woman deserves that"), counter-speech ("who says that is wrong"),
// "they" for a group named before, and the usual disguises. Finds reasons `hate` and `threat` (MOD-3); it asks a human, no more.
#pragma once

#include "ground/text/hate_words.h"
#include "ground/text/names.h"

#include <memory>
#include <string_view>

namespace verbatim::text {

class HateRules {
public:
    // The word lists of assets/hate, built into the program; a language is read when first asked for.
    static const HateRules& shipped();
    // One language from a text in the form of hate_words.h.
    static Result<std::unique_ptr<HateRules>> from_words(std::string_view words);
    ~HateRules();

    // `language` is ISO 639-1; nothing is found in a text of another language.
    void find(std::string_view utf8, const Folded& folded, std::string_view language, std::vector<Mark>& marks) const;
    std::string version() const;  // of the word lists: "en-2026.11.1 ..."
    std::vector<std::string> languages() const;

private:
    struct Parts;
    explicit HateRules(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace verbatim::text
