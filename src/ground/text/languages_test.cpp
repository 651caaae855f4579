// Each language: what must be looked at, with its reason, and hard words on a bad service that must pass (MOD-3: sentiment is no
// reason).
#include "ground/text/found.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

struct Bad {
    const char *reason, *text;
};

void check(const char* lang, const std::vector<Bad>& bad, const std::vector<const char*>& clean) {
    ASSERT_GE(bad.size(), 15u);
    ASSERT_GE(clean.size(), 15u);
    for (const Bad& one : bad) {
        const std::string all = found(one.text, lang);
        EXPECT_NE((" " + all).find(std::string(" ") + one.reason + ":"), std::string::npos) << lang << ": " << one.text << " gave \"" << all << '"';
    }
    for (const char* text : clean) EXPECT_EQ(found(text, lang), "") << lang << ": " << text;
}

TEST(Languages, french) {
    check("fr", {{"insult", "Le patron est un vrai connard."}, {"insult", "Quelle bande d'incapables, allez tous vous faire foutre !"}, {"insult", "espèce d'abruti"}, {"insult", "Va te faire enculer."}, {"insult", "Ce débile ne sait rien faire."},
                 {"insult", "Ferme ta gueule."}, {"insult", "pauvre conne"}, {"insult", "Des salopards, tous."}, {"insult", "fils de pute"}, {"insult", "C'est un crétin fini."}, {"obscene", "Une bagnole de merde."}, {"obscene", "Ils me cassent les couilles."},
                 {"hate", "sale arabe"}, {"hate", "Rentrez dans votre pays."}, {"hate", "bougnoule"}, {"threat", "Je vais vous retrouver et je vais te tuer."}, {"threat", "Je sais où vous habitez."}, {"insult", "Ntm"}},
          {"Service nul, à fuir, c'est une honte.", "Incompétents et lents, une arnaque complète.", "Ils prennent les clients pour des idiots.", "On m'a pris pour un con.", "La pire expérience de ma vie, garage lamentable.", "J'ai attendu trois heures pour rien !!!",
           "Le moteur tue le silence, la voiture est morte.", "Mauvais accueil, personne ne sait rien.", "Prix exorbitants, travail bâclé.", "Les freins grincent, la boîte claque.", "Ils se moquent du monde.", "La baisse des prix est bienvenue.",
           "Je confirme : à éviter absolument.", "Voiture sale rendue en retard.", "Le conseiller est menteur et désagréable.", "Connexion impossible, contrat confus.", "Attention à la bride du câble et aux pneus."});
}

TEST(Languages, english) {
    check("en", {{"insult", "The manager is an asshole."}, {"insult", "You are a bunch of lying bastards."}, {"insult", "What a moron."}, {"insult", "Go fuck yourselves."}, {"insult", "The guy is a complete idiot."}, {"insult", "stupid bitch at the desk"},
                 {"insult", "Scumbags, all of them."}, {"insult", "He is a prick."}, {"insult", "Bloody wankers."}, {"obscene", "The car is shit."}, {"obscene", "They were pissing on me."}, {"hate", "Typical paki service."}, {"hate", "Go back to your country."},
                 {"hate", "The faggot at reception."}, {"hate", "Kill all Muslims."}, {"threat", "I will kill you."}, {"threat", "We know where you live."}, {"insult", "Burn in hell."}},
          {"Worst service ever, avoid at all costs.", "They lied to me and it was a rip off.", "The transmission jerks and the brakes squeal.", "The tranny slipped twice this year.", "A killer deal on a great car.", "My dog loves the back seat.",
           "Horrible, disgusting, useless and expensive.", "The knobs feel cheap and the dash rattles.", "They treated me badly and nobody apologised.", "The engine died on the highway.", "It is a beast off road, drop dead gorgeous too.", "I hate this dealership.",
           "Damn good value for the money.", "The clutch is dead after a year.", "Nipple on the brake caliper snapped.", "The car pulls hard to the left.", "Don't let the low price fool you."});
}

TEST(Languages, german) {
    check("de", {{"insult", "Der Chef ist ein Arschloch."}, {"insult", "So ein Vollidiot."}, {"insult", "Verpisst euch!"}, {"insult", "du Wichser"}, {"insult", "Drecksladen, verdammter."}, {"insult", "Ihr Hurensöhne"}, {"insult", "Blöde Kuh am Empfang"},
                 {"insult", "Leck mich am Arsch"}, {"insult", "Diese Schlampe"}, {"insult", "Scheißverein"}, {"insult", "Halt die Fresse"}, {"insult", "Missgeburt"}, {"hate", "Scheiß Ausländer"}, {"hate", "Kanake"}, {"hate", "Diese Schwuchtel"},
                 {"threat", "Ich bringe euch alle um."}, {"threat", "Wir wissen, wo ihr wohnt."}, {"insult", "Volltrottel am Werk"}},
          {"Nie wieder, absolute Katastrophe.", "Unfreundlich und inkompetent, eine Frechheit.", "Der Wagen war dreckig und die Rechnung zu hoch.", "Wir wurden belogen und betrogen.", "Es war schwül und die Werkstatt laut.", "Bitte den Spanner der Kette prüfen.",
           "Der dicke Reifen am Fahrrad.", "Die Bremsbacken quietschen.", "Schlechteste Werkstatt der Stadt.", "Viel zu teuer und viel zu langsam.", "Ich hasse es, wenn man mich warten lässt.", "Das Auto ist gestorben.", "Ein saugutes Auto mit irre viel Platz.",
           "Kein Rückruf, keine Entschuldigung.", "Die Niete am Blech ist locker.", "Hupe und Lampe defekt.", "Fachlich gut, menschlich schwach."});
}

TEST(Languages, spanish) {
    check("es", {{"insult", "El jefe es un gilipollas."}, {"insult", "hijos de puta"}, {"insult", "Sois unos sinvergüenzas y unos ladrones."}, {"insult", "Vete a la mierda"}, {"insult", "cabrones"}, {"insult", "Eres un imbécil"}, {"insult", "Que os den por culo"},
                 {"insult", "Pendejos todos"}, {"insult", "la concha de tu madre"}, {"insult", "Panda de inútiles"}, {"obscene", "Una mierda de coche"}, {"obscene", "No me sale de los cojones"}, {"obscene", "coño"}, {"hate", "sudaca de mierda"}, {"hate", "putos moros"},
                 {"hate", "maricón"}, {"threat", "Te voy a matar"}, {"threat", "Sabemos donde vives"}},
          {"Pésimo servicio, no volveré.", "Un desastre, todo mal y caro.", "Me engañaron con el precio.", "El coche negro huele mal.", "El cono de la autopista cayó.", "No me llamaron nunca.", "Tardaron tres semanas, una vergüenza.", "La peor experiencia de mi vida.",
           "He salido muy descontento.", "El motor murió a los dos días.", "La mariposa de admisión estaba sucia.", "No soy tonto, sé leer una factura.", "El taller estaba sucio y viejo.", "Maleducados y lentos.", "Un robo, ni se os ocurra.", "Odio esperar."});
}

TEST(Languages, italian) {
    check("it", {{"insult", "Il titolare è uno stronzo."}, {"insult", "Vaffanculo a tutti"}, {"insult", "Figli di puttana"}, {"insult", "Siete dei ladri"}, {"insult", "Che coglioni"}, {"insult", "Pezzo di merda"}, {"insult", "un cretino"}, {"insult", "faccia di culo"},
                 {"insult", "bastardi"}, {"insult", "Andate a cagare"}, {"obscene", "Che cazzo di servizio"}, {"obscene", "Mi avete rotto i coglioni"}, {"hate", "sporco negro"}, {"hate", "frocio"}, {"hate", "terroni di merda"}, {"threat", "Vi ammazzo tutti"}, {"threat", "So dove abiti"}},
          {"Servizio pessimo, da evitare.", "Un disastro, mai più.", "Mi hanno mentito sul prezzo.", "La macchina fa schifo e costa troppo.", "Maleducati e lenti.", "Il motore è morto dopo un mese.", "La peggiore officina della città.", "Che vergogna, nessuna risposta.",
           "Il cane è salito in auto.", "Un furto, non andateci.", "Con questa auto non sono contento.", "La cazzuola e il martello.", "Le pene d'amore non c'entrano.", "Ho aspettato un'ora in piedi.", "Odio aspettare.", "Membro dello staff scortese."});
}

TEST(Languages, portuguese) {
    check("pt", {{"insult", "O gerente é um filho da puta."}, {"insult", "Vai tomar no cu"}, {"insult", "Cabrões de merda"}, {"insult", "Seus ladrões"}, {"insult", "Que idiota"}, {"insult", "És um palhaço"}, {"insult", "corja de incompetentes"}, {"insult", "vai te foder"},
                 {"insult", "puta que pariu"}, {"insult", "Seu otário"}, {"obscene", "Uma merda de carro"}, {"obscene", "Do caralho"}, {"hate", "preto de merda"}, {"hate", "paneleiro"}, {"hate", "Volta para a tua terra"}, {"threat", "Vou-te matar"}, {"threat", "Sei onde moras"}},
          {"Péssimo atendimento, não recomendo.", "Uma vergonha, nunca mais.", "Mentiram sobre o preço.", "O carro está podre e caro.", "Esperei três horas por nada.", "O motor morreu.", "A pior oficina da cidade.", "As porcas das rodas estavam soltas.", "O macaco do carro partiu.",
           "Odeio esperar.", "Pneu roto e sem resposta.", "Um roubo, fujam.", "Muito lentos e mal organizados.", "A bicha de espera era enorme.", "Não sabem o que fazem.", "Cuidado com as rotas alternativas."});
}

TEST(Languages, dutch) {
    check("nl", {{"insult", "De baas is een klootzak."}, {"insult", "Krijg de tering"}, {"insult", "kankerlijers"}, {"insult", "Stelletje oplichters"}, {"insult", "Wat een eikel"}, {"insult", "stomme trut"}, {"insult", "Hou je bek"}, {"insult", "hoerenzoon"}, {"insult", "rot op"},
                 {"insult", "Wat een idioot"}, {"insult", "Die lul aan de balie"}, {"obscene", "kutauto en kut service"}, {"obscene", "neuken"}, {"hate", "vieze kutmarokkanen"}, {"hate", "flikker"}, {"hate", "terug naar je land"}, {"threat", "Ik maak je dood"}, {"threat", "Ik weet waar je woont"}},
          {"Slechte service, nooit meer.", "Een schande en veel te duur.", "Ze hebben gelogen over de prijs.", "Mijn vader heeft kanker, toch geen begrip.", "De auto was vies en te laat.", "Uren gewacht voor niets.", "De slechtste garage van de stad.", "Mijn nicht heeft een nieuwe auto.",
           "De drukker en de knikker.", "De kont van de auto is mooi.", "Ik haat wachten.", "De motor is dood.", "Onbeleefd en onkundig.", "Geen excuses, geen geld terug.", "De koppelingsmof is kapot.", "Doos met onderdelen kwijt."});
}

TEST(Languages, polish) {
    check("pl", {{"insult", "Szef to skurwysyn."}, {"insult", "Kurwa, ile można czekać"}, {"insult", "Wypierdalaj"}, {"insult", "Banda idiotów"}, {"insult", "ty debilu"}, {"insult", "Pierdolcie się"}, {"insult", "chuj mu w dupę"}, {"insult", "Jesteście złodziejami i kretynami"},
                 {"insult", "palant"}, {"insult", "głupia baba"}, {"insult", "spierdalaj"}, {"obscene", "gówno nie serwis"}, {"obscene", "do dupy"}, {"hate", "jebany żyd"}, {"hate", "ciapaty"}, {"hate", "pedały jebane"}, {"threat", "Zabiję was"}, {"threat", "Wiem gdzie mieszkasz"}},
          {"Fatalna obsługa, nie polecam.", "Drogo i wolno, wstyd.", "Kłamali w sprawie ceny.", "Pedał gazu się zacina.", "Auto brudne i spóźnione.", "Czekałem trzy godziny na nic.", "Najgorszy serwis w mieście.", "Silnik padł po miesiącu.", "Pan pyta o cenę, nikt nie wie.",
           "Nienawidzę czekać.", "Nikt nie oddzwonił.", "Szmatka do szyb została w środku.", "To był dramat.", "Zepsuli mi samochód.", "Niekompetentni i nieuprzejmi.", "Odradzam wszystkim."});
}

// A word that insults in one language is innocent in another.
TEST(Languages, a_word_belongs_to_its_language) {
    EXPECT_EQ(found("Der dicke Mann bat: bitte.", "de"), "");
    EXPECT_EQ(found("The art and the bitte.", "en"), "");
    EXPECT_EQ(found("un coche negro con llantas", "es"), "");
    EXPECT_EQ(found("un coche negro con llantas", ""), "");
    EXPECT_EQ(found("negre sau albe", "ro"), "");
    EXPECT_EQ(found("Le con est con.", "ro"), "");
    EXPECT_EQ(found("jugo de naranja y jugos", "es"), "");
    EXPECT_EQ(found("quel connard", "fr-BE"), "insult:connard");
    EXPECT_EQ(found("quel connard", "de"), "insult:connard");
    EXPECT_EQ(found("motherfucker", "pl"), "insult:motherfucker");
}

TEST(Languages, spam) {
    EXPECT_EQ(found("Gagnez de l'argent facilement sur whatsapp", "fr").substr(0, 5), "spam:");
    EXPECT_EQ(found("Click here for bitcoin", "en").substr(0, 5), "spam:");
}

}  // namespace
}  // namespace verbatim::text
