// Norm INC-5: who is asked for an opinion is not told which. The patterns are ours, in the languages the plan ships with: a number of
// stars at the top, "good rating", "recommend us", "if you were satisfied", and stars drawn.
#include <array>

#include "life/plan/read.h"

namespace verbatim::plan {
namespace {

using namespace std::string_view_literals;

constexpr std::array leading{
    "★★★"sv, "⭐⭐⭐"sv,
    // en
    "5 star"sv, "five star"sv, "5-star"sv, "five-star"sv, "top rating"sv, "good rating"sv, "great review"sv, "good review"sv, "positive review"sv, "recommend us"sv, "if you were satisfied"sv, "if you are happy"sv, "happy with us"sv,
    // fr
    "5 étoiles"sv, "cinq étoiles"sv, "bonne note"sv, "meilleure note"sv, "avis positif"sv, "bon avis"sv, "recommandez-nous"sv, "si vous êtes satisfait"sv, "si vous avez été satisfait"sv,
    // de
    "5 sterne"sv, "fünf sterne"sv, "5-sterne"sv, "gute bewertung"sv, "positive bewertung"sv, "bestnote"sv, "empfehlen sie uns"sv, "wenn sie zufrieden"sv,
    // es
    "5 estrellas"sv, "cinco estrellas"sv, "buena nota"sv, "buena valoración"sv, "opinión positiva"sv, "recomiéndenos"sv, "si está satisfecho"sv,
    // it
    "5 stelle"sv, "cinque stelle"sv, "buon voto"sv, "recensione positiva"sv, "buona recensione"sv, "se è soddisfatto"sv, "ci consigli"sv,
    // pt
    "5 estrelas"sv, "cinco estrelas"sv, "boa nota"sv, "boa avaliação"sv, "avaliação positiva"sv, "recomende-nos"sv, "se ficou satisfeito"sv,
    // nl
    "5 sterren"sv, "vijf sterren"sv, "goede beoordeling"sv, "positieve beoordeling"sv, "beveel ons aan"sv, "als u tevreden"sv,
    // pl
    "5 gwiazdek"sv, "pięć gwiazdek"sv, "dobrą ocenę"sv, "dobra ocena"sv, "pozytywną opinię"sv, "poleć nas"sv, "jeśli jest pan zadowolony"sv, "jeśli jesteś zadowolon"sv,
};

// Small letters of ASCII and of the two-byte letters À..Þ, which is what the list above needs.
std::string small(std::string_view text) {
    std::string made(text);
    for (std::size_t i = 0; i < made.size(); ++i) {
        const auto byte = static_cast<unsigned char>(made[i]);
        if (byte >= 'A' && byte <= 'Z') made[i] = static_cast<char>(byte + 0x20);
        else if (byte == 0xc3 && i + 1 < made.size()) {
            const auto next = static_cast<unsigned char>(made[i + 1]);
            if (next >= 0x80 && next <= 0x9e && next != 0x97) made[i + 1] = static_cast<char>(next + 0x20);
            ++i;
        }
    }
    return made;
}

}  // namespace

std::string leading_words(std::string_view text) {
    const auto searched = small(text);
    for (const auto words : leading)
        if (searched.find(words) != std::string::npos) return std::string(words);
    return "";
}

}  // namespace verbatim::plan
