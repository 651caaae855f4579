#include "ground/text/hate_sound.h"

#include "ground/text/hate_text.h"

namespace verbatim::text {
namespace {

// 0 for what is not heard.
char sound_of_arabic(unsigned char letter) {
    switch (letter - first_arabic + 0x621) {
        case 0x628: return 'b';
        case 0x62A: case 0x62B: case 0x637: return 't';
        case 0x62C: return 'j';
        case 0x62D: case 0x647: return 'h';
        case 0x62E: return 'x';
        case 0x62F: case 0x636: return 'd';
        case 0x630: case 0x632: case 0x638: return 'z';
        case 0x631: return 'r';
        case 0x633: case 0x635: return 's';
        case 0x634: return 'c';
        case 0x63A: return 'g';
        case 0x641: return 'f';
        case 0x642: case 0x643: return 'k';
        case 0x644: return 'l';
        case 0x645: return 'm';
        case 0x646: return 'n';
        default: return 0;  // alef, waw, ya, ain
    }
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

char sound_of_latin(std::string_view word, std::size_t& i) {
    const char c = word[i], next = i + 1 < word.size() ? word[i + 1] : ' ';
    if (next == 'h' && (c == 's' || c == 'c' || c == 'k' || c == 'g' || c == 't' || c == 'd')) {
        ++i;
        return c == 's' || c == 'c' ? 'c' : c == 'k' ? 'x' : c == 'd' ? 'z' : c;
    }
    switch (c) {
        case '5': return 'x';
        case '6': return 't';
        case '7': return 'h';
        case '8': return 'g';
        case '9': return 's';
        case 'p': return 'b';
        case 'v': return 'f';
        case 'q': case 'c': return 'k';
        case 'g': return 'j';
        case 'x': return 'x';
        default: return c >= 'a' && c <= 'z' && !is_vowel(c) && c != 'y' && c != 'w' ? c : '\0';
    }
}

// Without "the", alone or behind "and", "with", "for".
std::string_view without_article(std::string_view word, bool latin) {
    if (latin) {
        const std::size_t at = word.size() > 5 && (word[0] == 'w' || word[0] == 'b' || word[0] == 'f' || word[0] == 'l') ? 1 : 0;
        if (word.size() > at + 4 && is_vowel(word[at]) && word[at + 1] == 'l') return word.substr(at + 2);
        return word;
    }
    constexpr auto letter = [](char32_t code) { return static_cast<char>(first_arabic + (code - 0x621)); };
    const std::size_t at = word.size() > 4 && (word[0] == letter(0x648) || word[0] == letter(0x628)) ? 1 : 0;
    if (word.size() > at + 3 && word[at] == letter(0x627) && word[at + 1] == letter(0x644)) return word.substr(at + 2);
    return word;
}

void add_sound(std::string_view word, std::string& out) {
    const bool latin = static_cast<unsigned char>(word[0]) < first_arabic;
    const std::string_view whole = without_article(word, latin);
    const std::size_t from = out.size();
    for (std::size_t i = 0; i < whole.size(); ++i) {
        char sound = latin ? 0 : sound_of_arabic(static_cast<unsigned char>(whole[i]));
        if (latin) sound = sound_of_latin(whole, i);
        if (i == 0 && (whole[0] == 'y' || whole[0] == static_cast<char>(first_arabic + (0x64A - 0x621)))) sound = 'y';
        if (i == 0 && (whole[0] == 'w' || whole[0] == static_cast<char>(first_arabic + (0x648 - 0x621)))) sound = 'w';
        // The feminine ending is written "a", "ah" or "eh".
        if (sound == 'h' && i + 1 == whole.size() && out.size() - from > 2) break;
        if (sound != 0 && (out.size() == from || out.back() != sound)) out += sound;
    }
    if (out.size() == from) out += '-';
}

}  // namespace

std::string sound_of(std::string_view letters) {
    std::string out;
    while (!letters.empty()) {
        const std::size_t end = std::min(letters.find(' '), letters.size());
        if (!out.empty()) out += ' ';
        if (end > 0) add_sound(letters.substr(0, end), out);
        letters.remove_prefix(std::min(end + 1, letters.size()));
    }
    return out;
}

}  // namespace verbatim::text
