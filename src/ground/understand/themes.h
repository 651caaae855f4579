// Themes: what customers speak of, as a tree a brand can edit (assets/themes). A finding is a span of the customer's own words, a
// clause, with what the words of that clause say of it.
//
// The file: "[branch.theme]" begins a theme; "name fr Attente | en Waiting | ..." its names; "fr attente; attend*; file d attente"
// its cues in a language, one to three words each, * ends a word that may go on. "#" begins a comment.
#pragma once

#include "ground/understand/opinion.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

struct ThemeSpan {
    std::string theme;               // "service.waiting"
    double polarity = 0;             // -1..1, of these words
    std::size_t start = 0, end = 0;  // code points of the text
};

class Themes {
public:
    struct Theme {
        std::string id;
        std::map<std::string, std::string> names;  // by language
    };
    static constexpr std::size_t most_themes = 500, most_cues = 50'000, most_bytes = 4u << 20;

    // The tree of a car brand (assets/themes/car.themes).
    static const Themes& shipped();
    // Every mistake, as "line N: what is wrong", joined by line ends: ErrorKind::invalid, code "bad_themes".
    static Result<Themes> parse(std::string_view file);

    // In the order of the text; a theme once a clause. Cues of `lang` alone, of every language where it is "" or unknown to the file.
    void find(const Tokens& tokens, std::string_view lang, const Sides& polarity, Scratch& scratch, std::vector<ThemeSpan>& spans) const;

    const std::vector<Theme>& all() const { return themes_; }
    const Theme* theme(std::string_view id) const;
    const std::string& version() const { return version_; }  // of the bytes of the file

private:
    struct Cue {
        std::uint32_t hash = 0;       // of the first word, or of its beginning
        std::uint16_t theme = 0;
        std::uint16_t prefix = 0;     // letters of the beginning; 0: the whole word
        std::uint32_t languages = 0;  // a bit each
        std::uint32_t more = 0;       // index + 1 into phrases_, where words follow
    };
    struct Word {
        std::uint32_t hash = 0;
        std::uint16_t prefix = 0;
        bool last = true;
    };
    bool word_fits(const Tokens& tokens, const Token& token, const Word& word) const;
    bool phrase_fits(const Tokens& tokens, std::size_t at, std::size_t end, std::uint32_t more) const;
    void index();

    std::string version_;
    std::vector<Theme> themes_;
    std::map<std::string, std::uint32_t, std::less<>> language_bits_;
    std::vector<Cue> cues_;            // sorted by hash
    std::vector<Word> phrases_;        // the words after the first, the last one marked
    std::vector<std::uint32_t> table_; // open addressing: index + 1 of the first cue of a hash
    std::uint64_t prefix_lengths_ = 0; // which lengths of beginnings there are
};

// Clauses: [begin, end) of the tokens, parted at stops and at words of contrast ("but", "mais", "aber").
struct Clause {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t sentence = 0;
};
void clauses_of(const Tokens& tokens, std::vector<Clause>& clauses);

}  // namespace verbatim::understand
