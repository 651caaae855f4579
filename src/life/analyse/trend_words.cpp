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
std::string of(const Share& share, const char* between) { return std::to_string(share.k) + between + std::to_string(share.n); }

}  // namespace

std::string trend_title(const TrendWords& words, std::string_view language) {
    const char* more = language == "fr" ? " : davantage de plaintes, " : language == "de" ? ": mehr Klagen, " : ": more complaints, ";
    auto title = words.theme + more + words.place;
    while (code_points(title) > title_limit) {  // a name longer than a title is cut, letter by letter
        bool inside = true;
        while (inside) {
            inside = (static_cast<unsigned char>(title.back()) & 0xc0) == 0x80;
            title.pop_back();
        }
    }
    return title;
}

std::string trend_text(const TrendWords& w, std::string_view language) {
    if (language == "fr") {
        return "Depuis le " + w.since + " environ, " + of(w.now, " avis sur ") + " s'en plaignent (" + percent(w.now) + " %, 28 derniers jours), contre " + of(w.before, " sur ") + " (" + percent(w.before) +
               " %) dans l'année qui précède. Un tel écart n'est guère dû au hasard. Relevé par une machine dans les mots des clients ; les avis les plus nets sont joints.";
    }
    if (language == "de") {
        return "Seit etwa " + w.since + " klagen " + of(w.now, " von ") + " Bewertungen darüber (" + percent(w.now) + " %, letzte 28 Tage); im Jahr davor waren es " + of(w.before, " von ") + " (" + percent(w.before) +
               " %). Zufall erklärt das kaum. Von einer Maschine in den Worten der Kunden gefunden; die deutlichsten Bewertungen liegen bei.";
    }
    return "Since about " + w.since + ", " + of(w.now, " of ") + " reviews complain of it (" + percent(w.now) + " %, last 28 days); in the year before it were " + of(w.before, " of ") + " (" + percent(w.before) +
           " %). Chance hardly explains that. Found by a machine in customers' words; the plainest reviews are attached.";
}

}  // namespace verbatim::analyse
