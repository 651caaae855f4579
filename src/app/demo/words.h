// From what happened to what somebody writes about it: stars, then the themes that earned them, then sentences that say so.
#pragma once

#include "app/demo/life.h"

namespace verbatim::demo {

// What weighs on one experience besides the site's ordinary quality.
struct Mood {
    double quality = 0;      // of the site, about -1..1
    bool declining = false;  // the site has lost its people
    bool waiting = false;    // for parts that do not come
    bool rattling = false;   // the car rattles on cold starts and the visit was about it
};

Words write_words(const Content& content, const Visit& visit, const Scene& scene, const Mood& mood, Dice& dice);
// The same person's words after the dealer put things right.
Words write_correction(const Content& content, const Words& before, const Visit& visit, const Scene& scene, Dice& dice);

// Slips of the finger and lost accents, as people make them.
std::string mistype(std::string text, std::string_view lang, Dice& dice);

std::size_t count_words(std::string_view text);

inline constexpr std::size_t least_words = 5, most_words = 120;

}  // namespace verbatim::demo
