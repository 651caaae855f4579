#include "ground/text/alone.h"

#include <algorithm>

namespace verbatim::text {
namespace {

// Do the last one to four words before `end` say what follows ("called me a")?
bool said_before(const Lexicon& lexicon, const std::string& chars, std::size_t end, std::uint16_t language) {
    constexpr std::size_t most = 40;
    char words[most];
    std::size_t begin = most;
    for (int count = 0; count < 4 && end > 0; ++count) {
        if (begin < most) words[--begin] = ' ';
        while (end > 0 && (chars[end - 1] == ' ' || chars[end - 1] == '\'')) --end;
        const std::size_t last = begin;
        while (end > 0 && chars[end - 1] >= 'a' && chars[end - 1] <= 'z' && begin > 1) words[--begin] = chars[--end];
        if (begin == last || begin <= 1) return false;
        if (lexicon.is(std::string_view(words + begin, most - begin), Kind::says, language)) return true;
    }
    return false;
}

bool one_word(const std::string& chars, std::size_t begin, std::size_t end) {
    while (begin < end && chars[begin] == ' ') ++begin;
    while (end > begin && chars[end - 1] == ' ') --end;
    return end > begin && std::find(chars.begin() + static_cast<std::ptrdiff_t>(begin), chars.begin() + static_cast<std::ptrdiff_t>(end), ' ') == chars.begin() + static_cast<std::ptrdiff_t>(end);
}

}  // namespace

bool stands_alone(const Lexicon& lexicon, const Folded& text, std::size_t start, std::size_t end, std::uint16_t language) {
    const std::string& chars = text.chars;
    std::size_t before = start, after = end;
    while (before > 0 && chars[before - 1] == ' ') --before;
    while (after < chars.size() && chars[after] == ' ') ++after;
    if (before > 0 && !parts_clauses(chars[before - 1])) return said_before(lexicon, chars, before, language);
    if (before == 0 && after == chars.size()) return false;  // a text of one word addresses nobody
    if (after < chars.size() && !parts_clauses(chars[after])) return false;
    if (before > 0 && chars[before - 1] == ',') {
        std::size_t begin = before - 1;
        while (begin > 0 && !parts_clauses(chars[begin - 1])) --begin;
        if (one_word(chars, begin, before - 1)) return false;
    }
    if (after < chars.size() && chars[after] == ',') {
        std::size_t finish = after + 1;
        while (finish < chars.size() && !parts_clauses(chars[finish])) ++finish;
        if (one_word(chars, after + 1, finish)) return false;
    }
    return true;
}

}  // namespace verbatim::text
