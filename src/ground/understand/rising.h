// What is new: words and phrases that rise between two windows of time where no theme covers them. Log-odds with an informative
// Dirichlet prior (Monroe, Colaresi, Quinn 2008, "Fightin' Words"), grouped by the texts they stand in together, named by their own
// words. Counts texts, not words: a customer who repeats himself is one customer. Deterministic; memory is bounded.
#pragma once

#include "ground/understand/themes.h"
#include "ground/understand/tokens.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace verbatim::understand {

struct RisingPhrase {
    std::string words;            // as customers wrote them
    std::size_t before = 0, after = 0;  // texts
    double z = 0;
};
struct RisingGroup {
    std::vector<RisingPhrase> phrases;      // the surest first: it names the group
    std::size_t before = 0, after = 0;      // texts with its first phrase
    double times = 0;                       // how many times likelier than before
    std::vector<std::size_t> texts;         // of the later window, in the order they were given; at most ten
};

class Rising {
public:
    struct Wish {
        std::size_t fewest = 5;        // texts of the later window
        double surest = 3.5;           // z: about 1 false in 4,000 phrases, and the customers of a month say thousands
        std::size_t most_groups = 20;
        std::size_t most_phrases = 400'000;  // kept counting; beyond, those seen once are forgotten
    };
    Rising() : Rising(Wish{}) {}
    explicit Rising(Wish wish) : wish_(wish) {}

    // `covered`: places that a theme found already (Understanding::read().themes); words there are not counted.
    void before(std::string_view text, const std::vector<ThemeSpan>& covered = {}) { count(text, covered, false); }
    void after(std::string_view text, const std::vector<ThemeSpan>& covered = {}) { count(text, covered, true); }
    std::vector<RisingGroup> groups() const;
    std::size_t phrases() const { return phrases_.size(); }

private:
    struct Phrase {
        std::uint32_t before = 0, after = 0;
        std::uint32_t length = 0;
        std::string words;
        std::vector<std::uint32_t> texts;  // of the later window, the first hundred
    };
    void count(std::string_view text, const std::vector<ThemeSpan>& covered, bool later);
    void forget();

    Wish wish_;
    std::unordered_map<std::uint64_t, Phrase> phrases_;
    std::uint32_t texts_before_ = 0, texts_after_ = 0;
};

}  // namespace verbatim::understand
