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

// How many words stand between, counted to three.
int count_words(const std::string& chars, std::size_t begin, std::size_t end) {
    int words = 0;
    for (std::size_t i = begin; i < end && words < 3; ++i) words += chars[i] != ' ' && (i == begin || chars[i - 1] == ' ') ? 1 : 0;
    return words;
}

bool quotes(char c) { return c == '"' || c == other_sign; }

}  // namespace

bool stands_alone(const Lexicon& lexicon, const Folded& text, std::size_t start, std::size_t end, std::uint16_t language) {
    const std::string& chars = text.chars;
    if (lexicon.is(std::string_view(chars).substr(start, end - start), Kind::everyday, language)) return false;
    std::size_t before = start, after = end;
    while (before > 0 && chars[before - 1] == ' ') --before;
    while (after < chars.size() && chars[after] == ' ') ++after;
    if (before > 0 && !parts_clauses(chars[before - 1])) return said_before(lexicon, chars, before, language);
    // A text of one word addresses nobody, nor does such a heading.
    if (before == 0 && (after == chars.size() || chars[after] == '\n')) return false;
    if (after < chars.size() && !parts_clauses(chars[after])) return false;
    // In brackets a word explains the one before; between quotation marks it is a name or a manner of speaking, unless somebody said it.
    if (before > 0 && chars[before - 1] == '(' && after < chars.size() && chars[after] == ')') return false;
    if (before > 0 && quotes(chars[before - 1]) && after < chars.size() && quotes(chars[after])) {
        std::size_t said = before - 1;
        while (said > 0 && chars[said - 1] == ' ') --said;
        return said > 0 && (chars[said - 1] == ':' || said_before(lexicon, chars, said, language));
    }
    // An item of a list: one word beside it, or two on both sides ("new oil, filter, brake pads").
    int left = 3, right = 3;
    if (before > 0 && chars[before - 1] == ',') {
        std::size_t begin = before - 1;
        while (begin > 0 && !parts_clauses(chars[begin - 1])) --begin;
        left = count_words(chars, begin, before - 1);
    }
    if (after < chars.size() && chars[after] == ',') {
        std::size_t finish = after + 1;
        while (finish < chars.size() && !parts_clauses(chars[finish])) ++finish;
        right = count_words(chars, after + 1, finish);
    }
    if (left == 1 || right == 1 || (left == 2 && right == 2)) return false;
    return true;
}

}  // namespace verbatim::text
