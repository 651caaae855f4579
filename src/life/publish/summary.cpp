#include "life/publish/summary.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "ground/formats/utf8.h"

namespace verbatim::publish {
namespace {

constexpr double worth_hearing = 0.1;  // of the stars: a smaller side may be silent

int side_of(int stars) { return stars >= 4 ? 0 : stars == 3 ? 1 : 2; }

// Byte of each code point, and of the end.
std::vector<std::size_t> places_of(std::string_view text) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) places.push_back(i);
    }
    places.push_back(text.size());
    return places;
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Behind this byte a sentence ends: a stop with white space or nothing behind it ("4.5" goes on), or the end of a line.
bool ends_at(std::string_view text, std::size_t at) {
    if (text[at] == '\n') return true;
    if (text[at] != '.' && text[at] != '!' && text[at] != '?') return false;
    return at + 1 == text.size() || blank(text[at + 1]);
}

// Sentences for each side: by largest remainder, at least one where the side is worth hearing.
std::array<std::size_t, 3> seats_of(const std::array<std::int64_t, 5>& stars, std::size_t sentences) {
    std::array<double, 3> share{};
    double all = 0;
    for (int star = 1; star <= 5; ++star) {
        const auto count = static_cast<double>(stars[static_cast<std::size_t>(star - 1)]);
        share[static_cast<std::size_t>(side_of(star))] += count;
        all += count;
    }
    std::array<std::size_t, 3> seats{};
    if (all == 0) return seats;
    std::size_t given = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        share[i] /= all;
        seats[i] = static_cast<std::size_t>(std::floor(share[i] * static_cast<double>(sentences)));
        if (seats[i] == 0 && share[i] >= worth_hearing) seats[i] = 1;
        given += seats[i];
    }
    while (given < sentences) {
        std::size_t best = 0;
        const auto lacks = [&](std::size_t i) { return share[i] * static_cast<double>(sentences) - static_cast<double>(seats[i]); };
        for (std::size_t i = 1; i < 3; ++i) {
            if (lacks(i) > lacks(best)) best = i;
        }
        ++seats[best];
        ++given;
    }
    while (given > sentences) {
        --*std::max_element(seats.begin(), seats.end());
        --given;
    }
    return seats;
}

}  // namespace

std::string sentence_around(std::string_view text, std::size_t start, std::size_t end) {
    const auto places = places_of(text);
    if (start >= end || end >= places.size()) return {};
    auto from = places[start], to = places[end];
    while (from > 0 && !ends_at(text, from - 1)) --from;
    while (to < text.size() && !(to > 0 && ends_at(text, to - 1))) ++to;
    while (from < to && blank(text[from])) ++from;
    while (to > from && blank(text[to - 1])) --to;
    return std::string(text.substr(from, to - from));
}

std::vector<SummarySentence> summary_of(const std::vector<readings::Words>& words, const std::array<std::int64_t, 5>& stars, std::size_t sentences) {
    auto seats = seats_of(stars, sentences);
    std::map<std::string, std::int64_t> spoken_of;
    std::set<std::pair<std::string, std::string>> once;
    for (const auto& one : words) {
        if (once.emplace(one.theme, one.review).second) ++spoken_of[one.theme];
    }
    struct Candidate {
        const readings::Words* words;
        int side;
        double weight;
    };
    std::vector<Candidate> candidates;
    for (const auto& one : words) {
        if (!one.rating) continue;
        const int side = side_of(*one.rating);
        // Who gave five stars speaks here for what pleased, who gave one for what did not.
        if ((side == 0 && one.polarity <= 0) || (side == 2 && one.polarity >= 0)) continue;
        candidates.push_back({&one, side, std::sqrt(static_cast<double>(spoken_of[one.theme])) * (0.2 + std::abs(one.polarity))});
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
    std::vector<std::pair<int, SummarySentence>> chosen;
    std::set<std::string> heard;
    std::set<std::pair<int, std::string>> themes;
    std::set<std::string> said;
    for (const auto& one : candidates) {
        auto& left = seats[static_cast<std::size_t>(one.side)];
        if (left == 0 || heard.contains(one.words->review) || themes.contains({one.side, one.words->theme})) continue;
        auto text = sentence_around(one.words->body, one.words->start, one.words->end);
        const auto length = code_points(text);
        if (length < shortest_sentence || length > longest_sentence || !said.insert(text).second) continue;
        --left;
        heard.insert(one.words->review);
        themes.emplace(one.side, one.words->theme);
        chosen.push_back({one.side, {one.words->review, std::move(text), one.words->lang, one.words->theme, *one.words->rating, one.words->polarity, one.words->published_at}});
    }
    std::stable_sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<SummarySentence> out;
    for (auto& [side, one] : chosen) out.push_back(std::move(one));
    return out;
}

}  // namespace verbatim::publish
