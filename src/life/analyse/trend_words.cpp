#include "life/analyse/trend_words.h"

#include <cstdio>

#include "ground/formats/utf8.h"
#include "life/analyse/findings.h"

namespace verbatim::analyse {
namespace {

std::string percent(const Share& share) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f", share.n == 0 ? 0.0 : 100.0 * static_cast<double>(share.k) / static_cast<double>(share.n));
    return text;
}

// Of the marks, $s is since when, $k and $n are the complaints and reviews now, $p their share; $l, $m and $q the same of the year before.
// What got better has a title and an end of its own: its text ends behind the last semicolon.
struct Texts {
    std::string_view language, title, text, fewer, praised;
};
constexpr Texts texts[] = {
    {"de", ": mehr Klagen, ",
     "Seit etwa $s klagen $k von $n Bewertungen darüber ($p %, letzte 28 Tage); im Jahr davor waren es $l von $m ($q %). Zufall erklärt das kaum. "
     "Von einer Maschine in den Worten der Kunden gefunden; die deutlichsten Bewertungen liegen bei.",
     ": weniger Klagen, ", "Bewertungen, die es loben, liegen bei."},
    {"en", ": more complaints, ",
     "Since about $s, $k of $n reviews complain of it ($p %, last 28 days); in the year before it were $l of $m ($q %). Chance hardly explains that. "
     "Found by a machine in customers' words; the plainest reviews are attached.",
     ": fewer complaints, ", "reviews that praise it are attached."},
    {"es", ": más quejas, ",
     "Desde el $s aproximadamente, $k de $n reseñas se quejan de ello ($p %, últimos 28 días); en el año anterior eran $l de $m ($q %). El azar apenas lo explica. "
     "Lo ha encontrado una máquina en las palabras de los clientes; se adjuntan las reseñas más claras.",
     ": menos quejas, ", "se adjuntan reseñas que lo elogian."},
    {"fr", " : davantage de plaintes, ",
     "Depuis le $s environ, $k avis sur $n s'en plaignent ($p %, 28 derniers jours), contre $l sur $m ($q %) dans l'année qui précède. Un tel écart n'est guère dû au hasard. "
     "Relevé par une machine dans les mots des clients ; les avis les plus nets sont joints.",
     " : moins de plaintes, ", "des avis qui en disent du bien sont joints."},
    {"it", ": più lamentele, ",
     "Dal $s circa se ne lamentano $k recensioni su $n ($p %, ultimi 28 giorni); nell'anno precedente erano $l su $m ($q %). Il caso lo spiega a stento. "
     "Trovato da una macchina nelle parole dei clienti; le recensioni più nette sono allegate.",
     ": meno lamentele, ", "sono allegate recensioni che lo elogiano."},
    {"nl", ": meer klachten, ",
     "Sinds ongeveer $s klagen $k van de $n beoordelingen hierover ($p %, laatste 28 dagen); in het jaar ervoor waren het er $l van de $m ($q %). Toeval verklaart dat nauwelijks. "
     "Door een machine gevonden in de woorden van klanten; de duidelijkste beoordelingen zijn bijgevoegd.",
     ": minder klachten, ", "beoordelingen die het prijzen zijn bijgevoegd."},
    {"pl", ": więcej skarg, ",
     "Mniej więcej od $s skarży się na to $k z $n opinii ($p %, ostatnie 28 dni); w roku poprzedzającym było to $l z $m ($q %). Przypadek raczej tego nie tłumaczy. "
     "Wykryła to maszyna w słowach klientów; najwyraźniejsze opinie są dołączone.",
     ": mniej skarg, ", "dołączone są opinie, które to chwalą."},
    {"pt", ": mais queixas, ",
     "Desde cerca de $s, $k de $n avaliações queixam-se disso ($p %, últimos 28 dias); no ano anterior eram $l de $m ($q %). O acaso dificilmente o explica. "
     "Encontrado por uma máquina nas palavras dos clientes; as avaliações mais claras vão em anexo.",
     ": menos queixas, ", "seguem em anexo avaliações que o elogiam."},
};
constexpr std::size_t english = 1;

const Texts& texts_in(std::string_view language) {
    for (const Texts& one : texts)
        if (one.language == language) return one;
    return texts[english];
}

}  // namespace

bool trend_language(std::string_view language) { return texts_in(language).language == language; }

std::string trend_title(const TrendWords& words, std::string_view language) {
    auto title = words.theme + std::string(words.better ? texts_in(language).fewer : texts_in(language).title) + words.place;
    while (code_points(title) > title_limit) {  // a name longer than a title is cut, letter by letter
        bool inside = true;
        while (inside) {
            inside = (static_cast<unsigned char>(title.back()) & 0xc0) == 0x80;
            title.pop_back();
        }
    }
    return title;
}

std::string trend_text(const TrendWords& words, std::string_view language) {
    std::string out;
    const std::string_view text = texts_in(language).text;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$') {
            out += text[i];
            continue;
        }
        switch (text[++i]) {
            case 's': out += words.since; break;
            case 'k': out += std::to_string(words.now.k); break;
            case 'n': out += std::to_string(words.now.n); break;
            case 'p': out += percent(words.now); break;
            case 'l': out += std::to_string(words.before.k); break;
            case 'm': out += std::to_string(words.before.n); break;
            default: out += percent(words.before);
        }
    }
    if (words.better) out = out.substr(0, out.rfind(';') + 2) + std::string(texts_in(language).praised);
    return out;
}

}  // namespace verbatim::analyse
