#include <algorithm>

#include "app/demo/words.h"

namespace verbatim::demo {
namespace {

bool letter(char c) { return (c >= 'a' && c <= 'z'); }

// Two neighbouring letters inside a longer word change places, or one of them is lost.
void slip(std::string& text, Dice& dice) {
    std::vector<std::size_t> places;
    for (std::size_t i = 2; i + 2 < text.size(); ++i) {
        if (letter(text[i - 2]) && letter(text[i - 1]) && letter(text[i]) && letter(text[i + 1]) && letter(text[i + 2]) && text[i] != text[i + 1]) places.push_back(i);
    }
    // Not inside an address: what a detector must find stays findable.
    if (places.empty() || text.find('@') != std::string::npos) return;
    const std::size_t at = dice.pick(places);
    if (dice.chance(.6)) std::swap(text[at], text[at + 1]);
    else text.erase(at, 1);
}

// Somebody in a hurry writes "tres" for "très".
void lose_accents(std::string& text) {
    struct Letter {
        std::string_view utf8, plain;
    };
    static constexpr Letter letters[] = {{"à", "a"}, {"â", "a"}, {"á", "a"}, {"ç", "c"}, {"é", "e"}, {"è", "e"}, {"ê", "e"}, {"í", "i"}, {"ì", "i"}, {"î", "i"}, {"ó", "o"}, {"ò", "o"},
                                         {"ô", "o"}, {"ú", "u"}, {"ù", "u"}, {"û", "u"}, {"É", "E"}, {"À", "A"}, {"È", "E"}};
    for (const Letter& entry : letters) {
        for (std::size_t at = 0; (at = text.find(entry.utf8, at)) != std::string::npos;) text.replace(at, entry.utf8.size(), entry.plain);
    }
}

}  // namespace

std::string mistype(std::string text, std::string_view lang, Dice& dice) {
    if (text.empty()) return text;
    if (dice.chance(.10)) slip(text, dice);
    if (dice.chance(.02)) slip(text, dice);
    if ((lang == "fr" || lang == "es" || lang == "it") && dice.chance(.06)) lose_accents(text);
    if (dice.chance(.04) && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    if (dice.chance(.10) && text.back() == '.') text.pop_back();
    if (dice.chance(.03)) {
        if (const std::size_t space = text.find(' ', text.size() / 2); space != std::string::npos) text.insert(space, " ");
    }
    return text;
}

}  // namespace verbatim::demo
