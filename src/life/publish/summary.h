// A summary of many reviews in customers' own sentences: nothing is written, sentences are chosen. Pure. As many of each mind as
// the stars are (largest remainder), every mind of a tenth at least is heard, no customer and no theme speaks twice on the same side;
// what most customers speak of comes first, said as plainly as anybody said it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "record/readings/readings.h"

namespace verbatim::publish {

struct SummarySentence {
    std::string review, text, lang, theme;
    int rating = 0;
    double polarity = 0;
    Seconds published_at = 0;
};

inline constexpr std::size_t shortest_sentence = 15, longest_sentence = 200;  // code points

// `words`: places of themes, `stars`: how many gave 1 to 5. Whole sentences around the places.
std::vector<SummarySentence> summary_of(const std::vector<readings::Words>& words, const std::array<std::int64_t, 5>& stars, std::size_t sentences);

// The sentence that holds the code points [start, end), without the white space around it.
std::string sentence_around(std::string_view text, std::size_t start, std::size_t end);

}  // namespace verbatim::publish
