#include "app/demo/people.h"

#include <array>
#include <cstdio>

namespace verbatim::demo {
namespace {

struct Speaks {
    std::string_view place;  // a site's code, or a country
    std::array<double, 5> weights;  // fr en de es it
};
constexpr Speaks speakers[] = {
    {"IT-BZO", {0, 0, .6, 0, .4}}, {"CH-GVA", {.95, .05, 0, 0, 0}}, {"CH-LUG", {0, 0, .1, 0, .9}}, {"BE-ANR", {.3, .7, 0, 0, 0}},
    {"FR", {.97, .03, 0, 0, 0}}, {"DE", {0, .04, .96, 0, 0}}, {"GB", {0, 1, 0, 0, 0}},      {"ES", {0, .04, 0, .96, 0}}, {"IT", {0, .03, 0, 0, .97}},
    {"BE", {.88, .12, 0, 0, 0}}, {"CH", {.1, .05, .8, 0, .05}}, {"AT", {0, .03, .97, 0, 0}}, {"LU", {.6, .1, .3, 0, 0}},  {"PT", {.15, .45, 0, .4, 0}},
    {"CZ", {0, .6, .4, 0, 0}},   {"RO", {.25, .55, 0, 0, .2}}, {"IE", {0, 1, 0, 0, 0}},
};

std::string format(const char* pattern, int number) {
    char text[32];
    std::snprintf(text, sizeof text, "%0*d", pattern[0] - '0', number);
    return text;
}

// Numbers kept for films and novels: ARCEP decision 2018-0881, Ofcom, Bundesnetzagentur, PTS, ComReg. Elsewhere a number that
// begins with 00 inside the country, which no numbering plan can give.
std::string invent_phone(std::string_view country, int number) {
    const auto two = [](int n) { return format("2", n % 100); };
    if (country == "FR") return "+33 6 39 98 " + two(number / 100) + " " + two(number);
    if (country == "GB") return "+44 7700 900" + format("3", number % 1000);
    if (country == "DE") {
        static constexpr std::string_view blocks[] = {"40 66969 ", "69 90009 ", "89 99998 "};
        return "+49 " + std::string(blocks[number / 1000 % 3]) + format("3", number % 1000);
    }
    if (country == "SE") {
        static constexpr std::string_view blocks[] = {"31 390 06 ", "40 628 04 "};
        return "+46 " + std::string(blocks[number / 100 % 2]) + two(number);
    }
    if (country == "IE") return "+353 20 91" + std::to_string(number / 10000 % 10) + " " + format("4", number % 10000);
    struct Code {
        std::string_view country, code;
    };
    static constexpr Code codes[] = {{"ES", "34"}, {"IT", "39"}, {"BE", "32"}, {"NL", "31"}, {"PL", "48"}, {"CH", "41"}, {"AT", "43"}, {"PT", "351"},
                                     {"DK", "45"}, {"NO", "47"}, {"FI", "358"}, {"CZ", "420"}, {"RO", "40"}, {"GR", "30"}, {"LU", "352"}};
    for (const Code& entry : codes) {
        if (entry.country == country) return "+" + std::string(entry.code) + " 00 55 " + two(number / 100) + " " + two(number);
    }
    return {};
}

// Lower-case ASCII letters of a name, for an address: "Élodie" is "elodie", "Łukasz" is "lukasz".
std::string ascii(std::string_view name) {
    struct Letter {
        std::string_view utf8, plain;
    };
    static constexpr Letter letters[] = {
        {"à", "a"}, {"á", "a"}, {"â", "a"}, {"ã", "a"}, {"ä", "ae"}, {"å", "a"}, {"Å", "a"}, {"Á", "a"}, {"ă", "a"}, {"ą", "a"}, {"æ", "ae"}, {"ç", "c"}, {"Č", "c"}, {"č", "c"}, {"ć", "c"},
        {"è", "e"}, {"é", "e"}, {"É", "e"}, {"ê", "e"}, {"ë", "e"}, {"ě", "e"}, {"ę", "e"}, {"í", "i"}, {"Í", "i"}, {"ï", "i"}, {"î", "i"}, {"ı", "i"}, {"ł", "l"}, {"Ł", "l"},
        {"ñ", "n"}, {"ň", "n"}, {"ń", "n"}, {"ó", "o"}, {"Ó", "o"}, {"ô", "o"}, {"ö", "oe"}, {"Ö", "oe"}, {"ø", "o"}, {"Ø", "o"}, {"ř", "r"}, {"š", "s"}, {"ș", "s"}, {"ß", "ss"}, {"ť", "t"}, {"ț", "t"},
        {"ú", "u"}, {"ü", "ue"}, {"ů", "u"}, {"ý", "y"}, {"ž", "z"}, {"ź", "z"}, {"ż", "z"}};
    std::string plain;
    while (!name.empty()) {
        const char first = name.front();
        if (static_cast<unsigned char>(first) < 0x80) {
            if (first >= 'A' && first <= 'Z') plain += static_cast<char>(first - 'A' + 'a');
            if (first >= 'a' && first <= 'z') plain += first;
            name.remove_prefix(1);
            continue;
        }
        std::size_t length = 1;
        while (length < name.size() && (static_cast<unsigned char>(name[length]) & 0xC0) == 0x80) ++length;
        for (const Letter& letter : letters) {
            if (letter.utf8 == name.substr(0, length)) plain += letter.plain;
        }
        name.remove_prefix(length);
    }
    return plain;
}

}  // namespace

std::string language_of_customer(const Site& site, Dice& dice) {
    for (const Speaks& entry : speakers) {
        if (entry.place == site.code || entry.place == site.country) return std::string(languages[dice.weighted(entry.weights)]);
    }
    return "en";
}

void invent_customer(Visit& visit, const Content& content, const Site& site, std::string_view lang, int number, int of_country, Dice& dice) {
    const bool feminine = dice.chance(0.47);
    visit.salutation = feminine ? "ms" : "mr";
    visit.country = site.country;
    visit.locale = std::string(lang) + "-" + site.country;
    visit.first_name = dice.pick(content.names.lines(site.country + (feminine ? ".first.f" : ".first.m"))).text;
    visit.last_name = dice.pick(content.names.lines(site.country + ".last")).text;
    if (const std::size_t slash = visit.last_name.find('/'); slash != std::string::npos) {
        visit.last_name = feminine ? visit.last_name.substr(slash + 1) : visit.last_name.substr(0, slash);
    }
    visit.customer = "C" + format("6", 100000 + number);
    visit.email = ascii(visit.first_name) + "." + ascii(visit.last_name) + "." + std::to_string(number) + "@post.example";
    if (dice.chance(0.7)) visit.phone = invent_phone(site.country, of_country);
}

void invent_address(Visit& visit, const Site& site, Dice& dice) {
    struct Streets {
        std::string_view country, names[6];
        bool number_first;
    };
    static constexpr Streets known[] = {
        {"FR", {"rue des Noisetiers", "chemin du Lavoir", "allée des Merisiers", "rue du Four Banal", "impasse des Glycines", "avenue des Platanes"}, true},
        {"DE", {"Ahornweg", "Am Mühlbach", "Gartenstraße", "Kirschallee", "Zum Steinbruch", "Wiesengrund"}, false},
        {"AT", {"Ahorngasse", "Am Anger", "Bachgasse", "Kirschenweg", "Weinbergstraße", "Wiesenzeile"}, false},
        {"GB", {"Orchard Lane", "Mill Row", "Rowan Close", "Quarry Road", "Heath View", "Ferry Walk"}, true},
        {"IE", {"Orchard Rise", "Mill Lane", "Rowan Drive", "Quarry Road", "Heather Grove", "Ferry Walk"}, true},
        {"ES", {"Calle del Almendro", "Calle de la Fuente", "Camino de la Vega", "Calle del Molino", "Paseo de los Tilos", "Calle de la Era"}, false},
        {"IT", {"Via dei Gelsi", "Via della Fornace", "Vicolo del Pozzo", "Via dei Salici", "Viale delle Acacie", "Via del Mulino"}, false},
    };
    for (const Streets& streets : known) {
        if (streets.country != site.country) continue;
        const std::string name(streets.names[dice.below(std::size(streets.names))]), number = std::to_string(dice.between(1, 96));
        visit.street = streets.number_first ? number + " " + name : name + " " + number;
        visit.postcode = site.postcode, visit.city = site.city;
    }
}

std::string invent_vin(std::string_view model, int number, Dice& dice) {
    std::string vin = "AUR";
    for (const char c : model.substr(0, 3)) vin += c == 'I' ? '1' : c == 'O' ? '0' : c == 'Q' ? '9' : c;
    vin += format("3", dice.between(0, 999));
    vin += "TL";
    return vin + format("6", number);
}

std::string invent_consent(std::string_view country, Dice& dice) {
    std::string basis = "legitimate_interest";
    if (country == "DE" || country == "AT") basis = dice.chance(0.72) ? "soft_optin" : dice.chance(0.7) ? "yes" : "legitimate_interest";
    if (dice.chance(0.015)) basis = "no";
    return "invitation=" + basis + ";marketing=" + (dice.chance(0.38) ? "yes" : "no") + ";tracking=" + (dice.chance(0.22) ? "yes" : "no");
}

}  // namespace verbatim::demo
