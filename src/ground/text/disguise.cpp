#include "ground/text/disguise.h"

#include <algorithm>

namespace verbatim::text {
namespace {

constexpr std::size_t longest_word = 24;

bool plain(char c) { return c >= 'a' && c <= 'z'; }
bool sign(char c) { return c == '@' || c == '$' || c == '!'; }
// Digits that stand for a letter by their shape; 2, 6, 8 and 9 are those of models, engines and sizes.
bool digit_for_letter(char c) { return c == '0' || c == '1' || c == '3' || c == '4' || c == '5' || c == '7'; }

// Letters with strangers between them. One digit alone must stand deep inside, or every "i30n" would be one.
bool disguised(std::string_view word) {
    std::size_t letters = 0, digits = 0, signs = 0, groups = 0, inner = 0, run = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (plain(c)) {
            ++letters;
            run = 0;
            continue;
        }
        if (!sign(c) && !digit_for_letter(c)) return false;
        const bool within = i > 0 && i + 1 < word.size();
        if (sign(c)) {
            // Signs in a row shout, and a sum of money is no letter.
            if (!within || sign(word[i + 1]) || (c != '@' && is_digit(word[i + 1])) || (c == '!' && is_digit(word[i - 1]))) return false;
            // "chic@s" greets both sexes, "office@example" lacks an ending.
            if (c == '@' && (word.substr(i + 1) == "s" || (i >= 4 && word.size() - i >= 5))) return false;
            ++signs;
            run = 0;
        } else {
            ++digits;
            if (++run == 1) ++groups;
            if (run > 2 || (run == 2 && (c != '0' || word[i - 1] != '0'))) return false;  // "5ft10ins", not "w00dy"
        }
        if (within) ++inner;
    }
    if (letters < 2 || inner == 0 || letters < digits || word.size() < 4) return false;
    if (word.find("4x4") != std::string_view::npos || word.find("4wd") != std::string_view::npos) return false;
    if (signs > 0 && signs + groups >= 2) return true;
    if (signs == 1) return letters >= 3 && word.find('!') == std::string_view::npos;  // "super!merci" lacks a space only
    if (groups >= 2) return letters >= 3 && word.size() >= 5;
    if (const std::size_t eyes = word.find("00"); digits == 2 && eyes != std::string_view::npos && eyes > 0 && eyes + 3 < word.size()) return true;  // "w00dy"
    if (digits != 1) return false;
    const std::size_t at = word.find_first_of("01345");
    return at != std::string_view::npos && at >= 2 && at + 3 <= word.size() && letters >= 5;
}

}  // namespace

void find_disguises(const Folded& text, std::vector<Mark>& marks) {
    const std::string& chars = text.chars;
    if (!text.digits && !text.at && chars.find('!') == std::string::npos && chars.find('$') == std::string::npos) return;
    const auto part = [&](std::size_t i) { return plain(chars[i]) || is_digit(chars[i]) || sign(chars[i]); };
    for (std::size_t i = 0; i < chars.size(); ++i) {
        if (!part(i)) continue;
        const std::size_t begin = i;
        while (i < chars.size() && part(i)) ++i;
        std::size_t end = i;
        while (end > begin && sign(chars[end - 1])) --end;  // "lol!!"
        const bool joined = (begin > 0 && (chars[begin - 1] == other_letter || chars[begin - 1] == '-' || chars[begin - 1] == '.' || chars[begin - 1] == '/')) ||
                            (i + 1 < chars.size() && (chars[i] == '.' || chars[i] == '/' || chars[i] == '-' || chars[i] == other_letter) && is_word(chars[i + 1]));
        // A raised figure is a power or a letter damaged on its way ("dÃ³lares").
        bool raised = false;
        for (std::size_t k = begin; k < end; ++k) raised = raised || (is_digit(chars[k]) && (text.flags[k] & Folded::marked) != 0);
        if (joined || raised || end - begin > longest_word || !disguised(std::string_view(chars).substr(begin, end - begin))) continue;
        marks.push_back({begin, end, "insult", 0.5, "disguise.letters"});
    }
}

}  // namespace verbatim::text
