// The words the composed rules (hate.h) put together, by role, one file a language (assets/hate). The format:
//
//   # a comment
//   words = en                       head lines, each once: words, version, source, licence
//   let s = (|s)                     a named piece, used as {s}
//   [group]                          a section: the role of its entries
//   women, black (people|men)        entries, parted by commas; (a|b|) are alternatives
//   disgust*                         a star at the end: the word may go on
//
// Parsing is strict: an unknown section or piece, an empty entry, a stray bracket or too many forms is an error with its line.
#pragma once

#include "ground/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::text {

enum class Role : unsigned char {
    group,     // people the law protects, in neutral words
    slur,      // a contemptuous word for such people
    emotion,   // hate, disgust: whose object is the group
    bad,       // what is said of the group: inferior, filthy, scum
    vermin,    // animals, diseases, rubbish
    violence,  // kill, burn, gas
    exclude,   // deport, go back, get rid of
    imply,     // all the same, take our jobs, too many
    swear,     // rough words, hateful right before the group
    curse,     // strong language, hateful in one sentence with the group
    good,      // people, equal, rights, respect: hateful when denied
    fond,      // like, want, need: hateful when denied of the group
    no,        // not, never, nobody
    counter,   // wrong, unacceptable, racist: somebody speaks against it
    say,       // say, call, claim
    they,      // they, them, these people
    will,      // going to, should, must, deserve
    plain,     // shadows what stands inside it: Black Friday, nothing but
    own,       // I am a, we, proud: a hard word said of oneself
    common,    // any word of the language; only to take apart what was written without spaces
};
inline constexpr std::size_t role_count = 20;
std::string_view role_name(Role role);
constexpr std::uint32_t bit(Role role) { return 1u << static_cast<unsigned>(role); }

// A tree of the letters of all entries.
class HateWords {
public:
    // Errors: ErrorKind::invalid, code "bad_words", message "line N: ...".
    // `by_sound`: Arabic entries by the consonants that are heard (hate_sound.h), for Arabic written in Latin letters.
    static Result<HateWords> parse(std::string_view text, bool by_sound = false);

    struct Found {
        std::uint32_t roles = 0;
        std::size_t length = 0;  // letters covered, 0 when nothing stands here
        std::size_t fixed = 0;   // of them, letters the entry itself has
    };
    // The longest entry that begins at `at` of the letters and ends with a word.
    Found longest(std::string_view letters, std::size_t at) const;
    // The longest entry that begins at `at`, wherever it ends, its spaces left out: for words written without any.
    Found inside(std::string_view letters, std::size_t at, std::size_t least) const;
    // The wanted roles of an entry that begins with a word which differs from this one by two neighbours exchanged, a letter left
    // out or letters drawn out; `before` is the word in front with its
    // space, or nothing; `rest` is what follows, its space first.
    std::uint32_t near(std::string_view before, std::string_view word, std::string_view rest, std::uint32_t wanted) const;

    // Takes a word apart where spaces are missing, with as few unknown letters as may be. `ends` are where the parts end; returns
    // how many letters are of no known word.
    std::size_t split(std::string_view letters, std::vector<std::uint32_t>& ends) const;

    const std::string& language() const { return language_; }
    const std::string& version() const { return version_; }
    std::size_t size() const { return forms_; }

private:
    friend class HateWordsReader;
    struct Node {
        std::uint32_t child = 0, sibling = 0;
        std::uint32_t whole = 0, open = 0;  // roles of what ends here; of what may go on
        unsigned char letter = 0;
    };
    void add(std::string_view letters, bool open, Role role);
    void finish();
    std::uint32_t child(std::uint32_t node, unsigned char letter) const;
    std::uint32_t entry(std::string_view letters, std::size_t at) const;

    std::string language_, version_, source_, licence_;
    std::vector<Node> nodes_{1};
    std::vector<std::uint32_t> pairs_;  // node of the first two letters, 0 none
    std::size_t forms_ = 0;
};

}  // namespace verbatim::text
