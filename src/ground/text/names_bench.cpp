#include "ground/text/names_bench.h"

#include "ground/text/bench_data.h"
#include "ground/text/bench_sections.h"
#include "ground/text/folded.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace verbatim::text::bench {
namespace {

using Words = std::vector<std::string>;

// In the sentences: @ the family name, # a first name, ~ a thing (a street's namesake, a town, a car).
struct Frames {
    std::string places;  // of names_by_country: countries and locales, a space between
    Words honorific, small, shouted, position, full, initial, letter, particle, hyphen, by_verb, role_after;
    Words first_alone, first_titled, street, town, car, month, words;
};

const std::map<std::string, Frames>& all_frames() {
    static const std::map<std::string, Frames> frames = {
        {"en", {"en US GB AU IE CA NZ",
                {"Mr @ was very helpful.", "I dealt with Mrs. @ at the front desk.", "Ask for Ms @, she knows.", "Dr @ looked at the gearbox himself."},
                {"mr @ never called back.", "i spoke to mrs @ yesterday."},
                {"MR @ NEVER CALLED ME BACK.", "Many thanks to MRS @ for the quick repair."},
                {"The service manager @ ignored us.", "Our salesman, @, was rude."},
                {"# @ sold us the car.", "Thanks to # @ for everything.", "I was served by # @ on Monday."},
                {"#! @ took the keys.", "Please speak to #! @ about it."},
                {"Mr. @! was rude to my wife.", "I blame Mrs @! for the delay."},
                {"Mr van der @ explained the bill.", "Mrs de @ was kind."},
                {"Mrs @-% called us.", "# @-% repaired it."},
                {"@ promised to call and never did.", "I spoke with @ about the brakes."},
                {"@, the workshop manager, refused.", "Talk to @, their mechanic."},
                {"# was great, thank you.", "Thanks # for the coffee!", "I asked # and she helped.", "Our advisor # explained everything."},
                {"Miss # was lovely.", "Mr # at the desk smiled."},
                {"The garage in @ Street is closed.", "They moved to 12 @ Road last year.", "Turn left at @ Avenue."},
                {"We drove from ~ to the dealer.", "The branch in ~ is better.", "I live near ~ and came by bus."},
                {"My ~ was ready on time.", "They repaired the ~ in a day.", "I bought a ~ here in 2019."},
                {"In May I came back, in August again.", "On Monday and Friday they close early.", "Since September nothing happened."},
                {"Baker next door has good bread.", "Great service, Long wait.", "King of the road, this car.", "Young team, Old building.", "White paint, Brown seats, Black roof.", "Summer tyres and Winter tyres are stored.", "Parker pens were on the desk.", "Happy with the Cooper tyres."}}},
        {"fr", {"fr fr-BE fr-CH FR",
                {"Monsieur @ nous a bien reçus.", "Merci à Mme @ pour son aide.", "J'ai vu M. @ hier.", "Le docteur @ est venu."},
                {"monsieur @ ne rappelle jamais.", "j'ai eu mme @ au téléphone."},
                {"MONSIEUR @ NE RAPPELLE JAMAIS.", "Un grand merci à Mme @ pour son accueil."},
                {"Le conseiller @ a refusé.", "Notre vendeur, @, était désagréable."},
                {"# @ nous a vendu la voiture.", "Merci à # @ pour tout.", "J'ai été reçu par # @ lundi."},
                {"#! @ a pris les clés.", "Voyez cela avec #! @ directement."},
                {"M. @! m'a mal parlé.", "Mme @! ne répond pas."},
                {"Mme Le @ est charmante.", "M. de @ a expliqué la facture.", "Madame de la @ était là."},
                {"Mme @-% nous a appelés.", "# @-% a tout réparé."},
                {"@ a promis de rappeler, en vain.", "J'ai parlé avec @ des freins."},
                {"@, le chef d'atelier, a refusé.", "Voyez @, leur mécanicien."},
                {"# a été parfaite, merci.", "Merci # pour le café !", "J'ai demandé à # qui m'a aidé.", "Notre conseillère # explique bien."},
                {"Madame # est adorable.", "Monsieur # à l'accueil sourit."},
                {"Le garage de la rue @ est fermé.", "Ils sont au 12 avenue @ depuis un an.", "Tournez à gauche boulevard @."},
                {"Nous venons de ~ pour ce garage.", "L'agence de ~ est meilleure.", "J'habite à ~ et je viens en bus."},
                {"Ma ~ était prête à l'heure.", "Ils ont réparé la ~ en un jour.", "J'ai acheté une ~ ici en 2019."},
                {"En Mai je suis revenu, en Août aussi.", "Le Lundi et le Vendredi ils ferment tôt.", "Depuis Septembre, rien."},
                {"Petit garage mais bon accueil.", "Boulanger vend aussi des batteries.", "Le Bon Coin annonce moins cher.", "Grand choix, Gros délais.", "Leclerc est à côté.", "Blanc ou Noir, le prix est le même.", "Moreau est une avenue.", "Bonjour, Merci de votre aide."}}},
        {"de", {"de de-AT de-CH DE AT CH",
                {"Herr @ war sehr freundlich.", "Vielen Dank an Frau @ für die Hilfe.", "Ich habe Hrn. @ gestern gesehen.", "Mit Dr. @ habe ich gesprochen."},
                {"herr @ ruft nie zurück.", "ich hatte frau @ am telefon."},
                {"HERR @ RUFT NIE ZURÜCK.", "Ein großes Lob an Frau @ für den Empfang."},
                {"Der Serviceberater @ war unhöflich.", "Unser Verkäufer, @, hat gelogen."},
                {"# @ hat uns das Auto verkauft.", "Danke an # @ für alles.", "Ich wurde am Montag von # @ bedient."},
                {"#! @ nahm die Schlüssel.", "Sprechen Sie mit #! @ darüber."},
                {"Herr @! war unfreundlich.", "Frau @! antwortet nicht."},
                {"Frau von @ ist nett.", "Herr von der @ hat die Rechnung erklärt.", "Herr zu @ war da."},
                {"Frau @-% rief uns an.", "# @-% hat alles repariert."},
                {"@ hat versprochen zurückzurufen.", "Ich habe mit @ über die Bremsen gesprochen."},
                {"@, der Werkstattmeister, lehnte ab.", "Fragen Sie @, den Mechaniker."},
                {"# war toll, danke.", "Danke # für den Kaffee!", "Ich fragte # und sie half.", "Unser Berater # erklärt gut."},
                {"Frau # ist sehr lieb.", "Herr # am Empfang lächelt."},
                {"Die Werkstatt in der @straße ist zu.", "Sie sind jetzt in der @-Straße 12.", "Am @platz links abbiegen."},
                {"Wir kommen aus ~ in diese Werkstatt.", "Die Filiale in ~ ist besser.", "Ich wohne bei ~ und komme mit dem Bus."},
                {"Mein ~ war pünktlich fertig.", "Sie haben den ~ an einem Tag repariert.", "Ich habe hier 2019 einen ~ gekauft."},
                {"Im Mai kam ich wieder, im August auch.", "Am Montag und Freitag schließen sie früh.", "Seit September passiert nichts."},
                {"Der Bäcker nebenan hat gute Brötchen.", "Kurzer Weg, Lange Wartezeit.", "Koch und Kellner gibt es hier nicht.", "Der König der Straße, dieses Auto.", "Der Winter kommt, der Sommer geht.", "Ein Wolf im Schafspelz, dieser Motor.", "Der Kaiser hätte gestaunt.", "Zum Glück war der Schmied nebenan."}}},
        {"es", {"es ES MX AR CL PE CO VE DO CU SV PY UY BO EC",
                {"El señor @ fue muy amable.", "Gracias a la Sra. @ por su ayuda.", "Ayer vi al Sr. @ en el taller.", "La doctora @ vino también."},
                {"el señor @ nunca devuelve la llamada.", "hablé con la sra @ por teléfono."},
                {"EL SEÑOR @ NUNCA LLAMA.", "Muchas gracias a la Sra. @ por la rapidez."},
                {"El asesor @ se negó.", "Nuestro vendedor, @, fue grosero."},
                {"# @ nos vendió el coche.", "Gracias a # @ por todo.", "Fui atendido por # @ el lunes."},
                {"#! @ cogió las llaves.", "Hable con #! @ del asunto."},
                {"El Sr. @! fue grosero.", "La Sra. @! no contesta."},
                {"La señora de la @ es simpática.", "El Sr. de @ explicó la factura.", "El señor del @ estaba allí."},
                {"La Sra. @-% nos llamó.", "# @-% lo arregló todo."},
                {"@ prometió llamar y no llamó.", "Hablé con @ de los frenos."},
                {"@, el jefe de taller, se negó.", "Pregunte a @, su mecánico."},
                {"# fue estupenda, gracias.", "¡Gracias # por el café!", "Pregunté a # y me ayudó.", "Nuestra asesora # explica bien."},
                {"La señora # es encantadora.", "Don # en recepción sonríe."},
                {"El taller de la calle @ está cerrado.", "Están en la avenida @ 12 desde hace un año.", "Gire a la izquierda en la plaza @."},
                {"Venimos de ~ a este taller.", "La sucursal de ~ es mejor.", "Vivo cerca de ~ y vengo en autobús."},
                {"Mi ~ estaba listo a tiempo.", "Repararon el ~ en un día.", "Compré aquí un ~ en 2019."},
                {"En Mayo volví, en Agosto también.", "El Lunes y el Viernes cierran pronto.", "Desde Septiembre, nada."},
                {"Blanco o Rojo, el precio es igual.", "Bueno y barato.", "Moreno llegué de la playa.", "Rubio o Delgado, da igual.", "Cruz Roja está al lado.", "Leal a la marca desde siempre.", "Bravo por el equipo.", "Corte Inglés está enfrente."}}},
        {"it", {"it IT it-CH",
                {"Il signor @ è stato gentilissimo.", "Grazie alla sig.ra @ per l'aiuto.", "Ieri ho visto il Sig. @ in officina.", "Il dottor @ è venuto."},
                {"il signor @ non richiama mai.", "ho parlato con la signora @ al telefono."},
                {"IL SIGNOR @ NON RICHIAMA MAI.", "Un grande grazie alla Sig.ra @ per la rapidità."},
                {"Il consulente @ ha rifiutato.", "Il nostro venditore, @, è stato scortese."},
                {"# @ ci ha venduto la macchina.", "Grazie a # @ per tutto.", "Sono stato servito da # @ lunedì."},
                {"#! @ ha preso le chiavi.", "Parlate con #! @ di questo."},
                {"Il Sig. @! è stato scortese.", "La Sig.ra @! non risponde."},
                {"La signora De @ è simpatica.", "Il sig. Di @ ha spiegato il conto.", "Il signor Della @ era lì."},
                {"La signora @-% ci ha chiamato.", "# @-% ha riparato tutto."},
                {"@ ha promesso di richiamare.", "Ho parlato con @ dei freni."},
                {"@, il capo officina, ha rifiutato.", "Chiedete a @, il meccanico."},
                {"# è stata perfetta, grazie.", "Grazie # per il caffè!", "Ho chiesto a # che mi ha aiutato.", "La nostra consulente # spiega bene."},
                {"La signora # è adorabile.", "Il signor # alla reception sorride."},
                {"L'officina di via @ è chiusa.", "Ora sono in viale @ 12.", "Girate a sinistra in piazza @."},
                {"Veniamo da ~ per questa officina.", "La filiale di ~ è migliore.", "Abito vicino a ~ e vengo in autobus."},
                {"La mia ~ era pronta in tempo.", "Hanno riparato la ~ in un giorno.", "Ho comprato qui una ~ nel 2019."},
                {"A Maggio sono tornato, ad Agosto pure.", "Il Lunedì e il Venerdì chiudono presto.", "Da Settembre niente."},
                {"Rossi o Bianchi, i sedili costano uguale.", "Bello e comodo.", "Neri i cerchi, Grigi gli interni.", "Ferrari da sogno, prezzi pure.", "Leone alato sul cofano.", "Conti salati, Costa troppo.", "Bruno o nero, che differenza fa.", "Gentile e veloce."}}},
        {"pt", {"pt-PT pt-BR PT BR",
                {"O senhor @ foi muito simpático.", "Obrigado à Sra. @ pela ajuda.", "Ontem vi o Sr. @ na oficina.", "A doutora @ também veio."},
                {"o senhor @ nunca liga de volta.", "falei com a sra @ ao telefone."},
                {"O SENHOR @ NUNCA LIGA.", "Muito obrigado à Sra. @ pela rapidez."},
                {"O consultor @ recusou.", "O nosso vendedor, @, foi grosseiro."},
                {"# @ vendeu-nos o carro.", "Obrigado a # @ por tudo.", "Fui atendido por # @ na segunda."},
                {"#! @ levou as chaves.", "Fale com #! @ sobre isso."},
                {"O Sr. @! foi grosseiro.", "A Sra. @! não responde."},
                {"A senhora da @ é simpática.", "O Sr. dos @ explicou a fatura.", "O senhor de @ estava lá."},
                {"A Sra. @-% ligou-nos.", "# @-% arranjou tudo."},
                {"@ prometeu ligar e não ligou.", "Falei com @ sobre os travões."},
                {"@, o chefe de oficina, recusou.", "Pergunte a @, o mecânico deles."},
                {"# foi ótima, obrigado.", "Obrigado # pelo café!", "Perguntei à # e ela ajudou.", "A nossa consultora # explica bem."},
                {"A dona # é um amor.", "O senhor # na receção sorri."},
                {"A oficina da rua @ está fechada.", "Estão agora na avenida @ 12.", "Vire à esquerda na praça @."},
                {"Vimos de ~ a esta oficina.", "A filial de ~ é melhor.", "Moro perto de ~ e venho de autocarro."},
                {"O meu ~ estava pronto a tempo.", "Arranjaram o ~ num dia.", "Comprei aqui um ~ em 2019."},
                {"Em Maio voltei, em Agosto também.", "À Segunda e à Sexta fecham cedo.", "Desde Setembro, nada."},
                {"Branco ou Preto, o preço é igual.", "Bom e barato.", "Leite e café de graça.", "Pinto o carro todos os anos.", "Pinheiro ao lado da porta.", "Ribeiro perto da oficina.", "Leal à marca há anos.", "Continente fica ao lado."}}},
        {"nl", {"nl nl-BE NL BE",
                {"Meneer @ was erg vriendelijk.", "Dank aan mevrouw @ voor de hulp.", "Gisteren zag ik dhr. @ in de werkplaats.", "Mevr. @ kwam ook."},
                {"meneer @ belt nooit terug.", "ik had mevrouw @ aan de telefoon."},
                {"MENEER @ BELT NOOIT TERUG.", "Een groot compliment aan mevr. @ voor de snelheid."},
                {"De serviceadviseur @ weigerde.", "Onze verkoper, @, was onbeleefd."},
                {"# @ verkocht ons de auto.", "Dank aan # @ voor alles.", "Ik ben maandag geholpen door # @."},
                {"#! @ nam de sleutels.", "Praat met #! @ hierover."},
                {"Dhr. @! was onbeleefd.", "Mevr. @! antwoordt niet."},
                {"Mevrouw van @ is aardig.", "Dhr. van der @ legde de rekening uit.", "Meneer de @ was er."},
                {"Mevrouw @-% belde ons.", "# @-% heeft alles gemaakt."},
                {"@ beloofde terug te bellen.", "Ik sprak met @ over de remmen."},
                {"@, de werkplaatschef, weigerde.", "Vraag @, hun monteur."},
                {"# was geweldig, bedankt.", "Bedankt # voor de koffie!", "Ik vroeg # en zij hielp.", "Onze adviseur # legt goed uit."},
                {"Mevrouw # is een schat.", "Meneer # aan de balie lacht."},
                {"De garage in de @straat is dicht.", "Ze zitten nu in de @laan 12.", "Ga links op het @plein."},
                {"Wij komen uit ~ naar deze garage.", "Het filiaal in ~ is beter.", "Ik woon bij ~ en kom met de bus."},
                {"Mijn ~ was op tijd klaar.", "Ze hebben de ~ in een dag gemaakt.", "Ik kocht hier een ~ in 2019."},
                {"In Mei kwam ik terug, in Augustus ook.", "Op Maandag en Vrijdag sluiten ze vroeg.", "Sinds September niets."},
                {"Bakker naast de deur heeft goed brood.", "Groot pand, Klein team.", "Koning van de weg, deze auto.", "Visser naast de garage rookt paling.", "Zwart of Wit, de prijs is gelijk.", "Winter of zomer, altijd druk.", "Mulder is een straat verder.", "Jong team, Lang wachten."}}},
        {"pl", {"pl PL",
                {"Pan @ był bardzo miły.", "Dziękuję pani @ za pomoc.", "Wczoraj widziałem pana @ w warsztacie.", "Doktor @ też przyszedł."},
                {"pan @ nigdy nie oddzwania.", "rozmawiałem z panią @ przez telefon."},
                {"PAN @ NIGDY NIE ODDZWANIA.", "Wielkie dzięki dla Pani @ za szybkość."},
                {"Doradca @ odmówił.", "Nasz sprzedawca, @, był niegrzeczny."},
                {"# @ sprzedał nam auto.", "Podziękowania dla # @ za wszystko.", "W poniedziałek obsłużył mnie # @."},
                {"#! @ zabrał kluczyki.", "Proszę rozmawiać z #! @ o tym."},
                {"Pan @! był niegrzeczny.", "Pani @! nie odpowiada."},
                {"Pani von @ jest miła.", "Pan de @ wyjaśnił rachunek."},
                {"Pani @-% zadzwoniła.", "# @-% wszystko naprawił."},
                {"@ obiecał oddzwonić.", "Rozmawiałem z @ o hamulcach."},
                {"@, kierownik warsztatu, odmówił.", "Proszę pytać: @, ich mechanik."},
                {"# była świetna, dziękuję.", "Dzięki # za kawę!", "# bardzo mi pomogła.", "Nasz doradca # dobrze tłumaczy."},
                {"Pani # jest kochana.", "Pan # w recepcji się uśmiecha."},
                {"Warsztat przy ulicy @ jest zamknięty.", "Teraz są na ul. @ 12.", "Skręcić w aleję @."},
                {"Przyjechaliśmy z miasta ~ do tego warsztatu.", "Oddział ~ jest lepszy.", "Mieszkam koło ~ i jeżdżę autobusem."},
                {"Mój ~ był gotowy na czas.", "Naprawili ~ w jeden dzień.", "Kupiłem tu ~ w 2019."},
                {"W Maju wróciłem, w Sierpniu też.", "W Poniedziałek i Piątek zamykają wcześnie.", "Od Września nic."},
                {"Biały albo Czarny, cena ta sama.", "Dobry i tani.", "Mały warsztat, Duży wybór.", "Zając na drodze i po zderzaku.", "Kowal obok ma więcej pracy.", "Wilk syty i owca cała.", "Nowy salon, Stara obsługa.", "Zima czy lato, zawsze kolejka."}}},
    };
    return frames;
}

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t at = 0;;) {
        const std::size_t end = std::min(line.find('\t', at), line.size());
        fields.push_back(line.substr(at, end - at));
        if (end == line.size()) return fields;
        at = end + 1;
    }
}

// "DUPONT" as one writes it: Dupont, Le Goff, O'Neill. ASCII only, as the list has no accents.
std::string in_small(std::string_view capitals) {
    std::string name(capitals);
    bool begins = true;
    for (char& c : name) {
        if (!begins && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        begins = !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }
    return name;
}
std::string shout(std::string_view name) {
    std::string capitals(name);
    for (std::size_t i = 0; i < capitals.size(); ++i) {
        if (capitals[i] >= 'a' && capitals[i] <= 'z') capitals[i] = static_cast<char>(capitals[i] - 32);
        // Latin-1 letters and the pairs of Latin Extended-A: enough for the eight languages.
        if (static_cast<unsigned char>(capitals[i]) == 0xC3 && i + 1 < capitals.size() && static_cast<unsigned char>(capitals[i + 1]) >= 0xA0 && static_cast<unsigned char>(capitals[i + 1]) != 0xB7) capitals[i + 1] = static_cast<char>(capitals[i + 1] - 0x20);
    }
    return capitals;
}
std::string small(std::string_view name) {
    std::string letters(name);
    if (!letters.empty() && letters[0] >= 'A' && letters[0] <= 'Z') letters[0] = static_cast<char>(letters[0] + 32);
    return letters;
}

bool one_word(std::string_view name) {
    return name.size() >= 4 && name.find(' ') == std::string_view::npos && name.find('-') == std::string_view::npos && name.find('.') == std::string_view::npos && name[0] >= 'A' && name[0] <= 'Z';
}

struct Lists {
    Words family, first, towns, cars;
};

// A sample of at most `most`, in the order of the hash, of the half that is asked for.
Words half_of(const std::set<std::string>& names, bool judging, std::size_t most) {
    std::vector<std::pair<std::uint64_t, std::string>> ordered;
    for (const std::string& name : names) {
        const std::uint64_t hash = hash_of(folded(name));
        if ((hash >> 9 & 1) == (judging ? 1 : 0)) ordered.emplace_back(hash, name);
    }
    std::sort(ordered.begin(), ordered.end());
    if (ordered.size() > most) ordered.resize(most);
    Words sample;
    for (auto& [hash, name] : ordered) sample.push_back(std::move(name));
    return sample;
}

Lists read_lists(const std::string& language, const Frames& frames, bool judging) {
    std::set<std::string> family, first, towns, cars;
    const std::string places = " " + frames.places + " ";
    for (const std::string& line : read_gzip_lines("names/names_by_country.tsv.gz")) {
        const auto fields = fields_of(line);
        if (fields.size() < 4 || places.find(" " + std::string(fields[0]) + " ") == std::string::npos) continue;
        const std::string name(fields[3].empty() ? fields[2] : fields[2]);
        if (one_word(name)) (fields[1] == "last" ? family : first).insert(name);
    }
    if (language == "fr") {
        for (const std::string& line : read_gzip_lines("names/fr_surnames_insee.tsv.gz")) {
            if (hash_of(line) % 97 == 0 && one_word(line)) family.insert(in_small(line));
        }
        for (const std::string& line : read_gzip_lines("names/fr_first_names_paris.tsv.gz")) {
            if (const auto fields = fields_of(line); one_word(fields[0]) && fields[0] != "first_name") first.insert(std::string(fields[0]));
        }
    }
    static const std::map<std::string, std::string> countries = {{"en", "GB US IE AU"}, {"fr", "FR BE"}, {"de", "DE AT"}, {"es", "ES MX AR CL"}, {"it", "IT"}, {"pt", "PT BR"}, {"nl", "NL BE"}, {"pl", "PL"}};
    const std::string& land = countries.at(language);
    for (const std::string& line : read_gzip_lines("reference/cities15000.tsv.gz")) {
        const auto fields = fields_of(line);
        if (fields.size() > 2 && fields[2].size() == 2 && land.find(fields[2]) != std::string::npos) towns.insert(std::string(fields[1]));
    }
    for (const std::string& line : read_gzip_lines("reference/car_makes_models.tsv.gz")) {
        const auto fields = fields_of(line);
        if (fields.size() < 2 || fields[0] == "make") continue;
        cars.insert(std::string(fields[0]) + " " + std::string(fields[1]));
        if (one_word(fields[0])) cars.insert(std::string(fields[0]));
    }
    // A name on both lists is no good witness of either.
    for (const std::string& name : first) family.erase(name);
    return {half_of(family, judging, 150), half_of(first, judging, 150), half_of(towns, judging, 150), half_of(cars, judging, 150)};
}

class Measuring {
public:
    Measuring(const Detectors& detectors, std::string language) : detectors_(detectors) { context_.lang = std::move(language); }

    struct Filling {
        std::string family, second, first, thing;
    };
    // Fills a sentence; says where the family name stands.
    static std::string fill(const std::string& frame, const Filling& filling, std::size_t& start, std::size_t& end) {
        std::string text;
        start = end = 0;
        for (std::size_t i = 0; i < frame.size(); ++i) {
            const bool initial = i + 1 < frame.size() && frame[i + 1] == '!';
            if (frame[i] == '@') {
                start = text.size();
                text += initial ? filling.family.substr(0, 1) + "." : filling.family;
                end = text.size();
                i += initial ? 1 : 0;
            } else if (frame[i] == '#') {
                text += initial ? filling.first.substr(0, 1) + "." : filling.first;
                i += initial ? 1 : 0;
            } else if (frame[i] == '%') {
                text += filling.second;
            } else if (frame[i] == '~') {
                text += filling.thing;
            } else {
                text.push_back(frame[i]);
            }
        }
        return text;
    }
    void name(NameKind& kind, const std::string& frame, const Filling& filling) {
        std::size_t start = 0, end = 0;
        const std::string text = fill(frame, filling, start, end);
        bool found = false;
        for (const Finding& finding : detectors_.find(text, context_)) found = found || (finding.reason == "name" && finding.byte_start < end && start < finding.byte_end);
        note(kind, found, !found, text);
    }
    void other(NameKind& kind, const std::string& frame, const Filling& filling) {
        std::size_t start = 0, end = 0;
        const std::string text = fill(frame, filling, start, end);
        bool found = false;
        for (const Finding& finding : detectors_.find(text, context_)) found = found || finding.reason == "name";
        note(kind, found, found, text);
    }

private:
    static void note(NameKind& kind, bool marked, bool wrong, const std::string& text) {
        ++kind.sentences;
        kind.marked += marked ? 1 : 0;
        if (wrong) kind.wrong.push_back(text);
    }
    const Detectors& detectors_;
    Context context_;
};

}  // namespace

std::size_t NameMeasure::hit() const {
    std::size_t sum = 0;
    for (const auto& [name, kind] : names) sum += kind.marked;
    return sum;
}
std::size_t NameMeasure::names_in_all() const {
    std::size_t sum = 0;
    for (const auto& [name, kind] : names) sum += kind.sentences;
    return sum;
}
std::size_t NameMeasure::alarms() const {
    std::size_t sum = 0;
    for (const auto& [name, kind] : others) sum += kind.marked;
    return sum;
}
double NameMeasure::recall() const { return names_in_all() == 0 ? 0 : static_cast<double>(hit()) / static_cast<double>(names_in_all()); }
double NameMeasure::precision() const {
    std::size_t sentences = 0;
    for (const auto& [name, kind] : others) sentences += kind.sentences;
    if (sentences == 0 || hit() + alarms() == 0) return 0;
    const double alarmed = static_cast<double>(alarms()) / static_cast<double>(sentences);
    return recall() / (recall() + alarmed);
}

NameMeasure measure_names(const Detectors& detectors, const std::string& language, bool judging_half) {
    const Frames& frames = all_frames().at(language);
    const Lists lists = read_lists(language, frames, judging_half);
    NameMeasure measure;
    if (lists.family.empty() || lists.first.empty()) return measure;
    Measuring measuring(detectors, language);
    for (std::size_t i = 0; i < lists.family.size(); ++i) {
        const auto pick = [&](const Words& words) -> const std::string& { return words[i % words.size()]; };
        Measuring::Filling filling{lists.family[i], lists.family[(i + 7) % lists.family.size()], pick(lists.first), ""};
        const auto put = [&](const char* kind, const Words& sentences) { measuring.name(measure.names[kind], pick(sentences), filling); };
        put("honorific", frames.honorific);
        put("position", frames.position);
        put("first name and family name", frames.full);
        put("initial of the first name", frames.initial);
        put("initial of the family name", frames.letter);
        put("particle", frames.particle);
        put("hyphen", frames.hyphen);
        put("beside a verb", frames.by_verb);
        put("role after", frames.role_after);
        measuring.other(measure.others["street"], pick(frames.street), filling);
        filling.family = shout(filling.family);
        put("in capitals", frames.shouted);
        filling.family = small(lists.family[i]);
        put("in small letters", frames.small);
    }
    for (std::size_t i = 0; i < lists.first.size(); ++i) {
        const Measuring::Filling filling{"", "", lists.first[i], ""};
        measuring.other(measure.others["first name"], frames.first_alone[i % frames.first_alone.size()], filling);
        measuring.other(measure.others["title and first name"], frames.first_titled[i % frames.first_titled.size()], filling);
    }
    for (std::size_t i = 0; i < lists.towns.size(); ++i) measuring.other(measure.others["town"], frames.town[i % frames.town.size()], {"", "", "", lists.towns[i]});
    for (std::size_t i = 0; i < lists.cars.size(); ++i) measuring.other(measure.others["car"], frames.car[i % frames.car.size()], {"", "", "", lists.cars[i]});
    for (const std::string& text : frames.month) measuring.other(measure.others["month"], text, {});
    for (const std::string& text : frames.words) measuring.other(measure.others["word that is a name"], text, {});
    return measure;
}

// The half that the rules were not made with; the model built in has learnt both, so other lists judge it better (names.md).
void names_section(const Detectors& detectors, const Wishes& wishes) {
    double recall = 0, precision = 0;
    std::size_t languages = 0;
    for (const char* language : name_languages) {
        const NameMeasure measure = measure_names(detectors, language, true);
        if (measure.names.empty()) continue;
        std::printf("names %s: recall %s, precision %s\n", language, beside(measure.recall(), 0.95).c_str(), beside(measure.precision(), 0.9).c_str());
        const auto print = [&](const char* what, const std::map<std::string, NameKind>& kinds) {
            std::printf("  %s:", what);
            for (const auto& [name, kind] : kinds) std::printf("  %s %zu of %zu", name.c_str(), kind.marked, kind.sentences);
            std::printf("\n");
            if (wishes.list != "name" && wishes.list != "all") return;
            for (const auto& [name, kind] : kinds) {
                for (const std::string& text : kind.wrong) std::printf("    %s\t%s\n", name.c_str(), text.c_str());
            }
        };
        print("found", measure.names);
        print("marked without reason", measure.others);
        recall += measure.recall();
        precision += measure.precision();
        ++languages;
    }
    if (languages == 0) {
        std::printf("names: skipped, no lists of names in %s\n", data_folder().c_str());
        return;
    }
    const auto count = static_cast<double>(languages);
    std::printf("names, mean of the languages: recall %s, precision %s\n", beside(recall / count, 0.95).c_str(), beside(precision / count, 0.9).c_str());
}

}  // namespace verbatim::text::bench
