// Arabic by its consonants as they are heard, so that a word in Arabic letters and the same word in Latin letters and digits
// ("7ayawanat") come out alike: vowels and the weak letters fall, what sounds alike is one letter, "the" before a word falls.
#pragma once

#include <string>
#include <string_view>

namespace verbatim::text {

// `letters` as HateText has them, words parted by one space; a word of which nothing is left keeps a "-".
std::string sound_of(std::string_view letters);

}  // namespace verbatim::text
