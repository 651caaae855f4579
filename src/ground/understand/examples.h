// Lines of review files and labelled files as examples to learn from: what docs/formats.md calls the review form, and the forms
// of the open sets (docs/understanding.md).
#pragma once

#include "ground/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::understand {

struct Example {
    std::string lang, text;
    std::optional<double> stars;   // 1..5
    std::optional<bool> good;      // where the label is only that, or follows from the stars (not of about 3)
    std::optional<bool> machine;   // written by a machine
    std::optional<bool> deceptive; // written by somebody who was not there
    bool composed = false;         // of sayings, not somebody's review
    std::string group;             // what must not be parted between learning and testing: the hotel, the subject
};

// One JSON object a line. `apart`: what is praised and what is blamed, where a form asks for both, become two examples.
// Nothing where the line is none; `why` says so.
std::vector<Example> read_example(std::string_view line, bool apart, std::string& why);

// Sayings of our own: "[good]" and "[bad]" heads, one saying a line; "[either]": what the one would tell as the other does; "[words]": a
// language's most frequent words, between blanks; "#" begins a comment.
struct Sayings {
    std::string lang;
    std::vector<std::string> good, bad, words, either;
};
Result<Sayings> read_sayings(std::string_view text, std::string_view lang);
// Those that ship (assets/models/polarity).
const std::vector<Sayings>& shipped_sayings();
// The sayings alone and put together; a text of three good and one bad ones has four stars. Half of the texts tell something
// besides that the happy and the unhappy tell alike, so that telling is not learned as blame. The same seed gives the same texts.
std::vector<Example> compose(const Sayings& sayings, std::size_t texts, std::uint64_t seed);
// Rows of three to nine of the words: no sentences, and enough to tell languages apart.
std::vector<Example> compose_words(const Sayings& sayings, std::size_t texts, std::uint64_t seed);
// Texts of one or two of the lines: a language whose lines are few weighs as much as the others.
std::vector<Example> compose_lines(const std::vector<std::string>& lines, std::string_view lang, std::size_t texts, std::uint64_t seed);

}  // namespace verbatim::understand
