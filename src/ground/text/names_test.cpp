#include "ground/text/found.h"

#include <gtest/gtest.h>

namespace verbatim::text {
namespace {

struct Case {
    const char *lang, *text, *name;  // "" passes
};

void check(const std::vector<Case>& cases) {
    for (const Case& one : cases) EXPECT_EQ(found(one.text, one.lang), *one.name == 0 ? "" : std::string("name:") + one.name) << one.lang << ": " << one.text;
}

TEST(Names, behind_honorifics) {
    check({{"fr", "Merci à M. Dupont pour son aide.", "Dupont"}, {"fr", "Madame Lefèvre a été parfaite.", "Lefèvre"}, {"fr", "Mr LE GOFF m'a rappelé.", "LE GOFF"}, {"fr", "J'ai vu Mme de La Tour hier.", "de La Tour"},
           {"fr", "Monsieur Martin est aimable.", "Martin"}, {"fr", "le docteur Haddad", "Haddad"}, {"fr", "la rue du docteur Haddad", ""},
           {"en", "Mr. Smith sold me the car.", "Smith"}, {"en", "Ask for Mrs O'Neill at the desk.", "O'Neill"}, {"en", "Miss Patel was kind.", "Patel"},
           {"de", "Herr Müller war freundlich.", "Müller"}, {"de", "Ich danke Frau Dr. Schäfer sehr.", "Schäfer"}, {"de", "Frau Becker rief an.", "Becker"},
           {"es", "El Sr. García me atendió.", "García"}, {"es", "La señora Muñoz es amable.", "Muñoz"},
           {"it", "Il signor Rossi è gentile.", "Rossi"}, {"it", "La dott.ssa Bianchi ci ha aiutato.", "Bianchi"},
           {"pt", "O Sr. Ferreira ajudou muito.", "Ferreira"}, {"pt", "A senhora Carvalho atendeu.", "Carvalho"},
           {"nl", "Dhr. De Vries belde terug.", "De Vries"}, {"nl", "Mevrouw Jansen was aardig.", "Jansen"},
           {"pl", "Pan Kowalski był uprzejmy.", "Kowalski"}, {"pl", "Pani Nowak zadzwoniła.", "Nowak"}});
}

TEST(Names, behind_positions_and_first_names) {
    check({{"fr", "Le chef d'atelier Dupont a refusé.", "Dupont"}, {"fr", "Ma conseillère Sandrine est top.", ""}, {"fr", "Le vendeur Pierre Durand nous a menti.", "Pierre Durand"},
           {"en", "The manager Smith refused.", "Smith"}, {"en", "Our salesman John Harrison lied.", "John Harrison"}, {"en", "Salesman Kevin was great.", ""},
           {"de", "Der Werkstattmeister Schneider war grob.", "Schneider"}, {"de", "Unser Verkäufer Thomas Lehmann log.", "Thomas Lehmann"}, {"de", "Der Verkäufer Herr Becker war da.", "Becker"},
           {"es", "El vendedor López mintió.", "López"}, {"it", "Il meccanico Esposito è bravo.", "Esposito"}, {"pt", "O gerente Oliveira foi mau.", "Oliveira"},
           {"nl", "De verkoper Jansen loog.", "Jansen"}, {"pl", "Kierownik Wiśniewski skłamał.", "Wiśniewski"}});
}

TEST(Names, alone_beside_a_verb_or_a_preposition) {
    check({{"fr", "J'ai parlé avec Lefebvre pendant une heure.", "Lefebvre"}, {"en", "I spoke with Thompson about it.", "Thompson"}, {"de", "Das habe ich mit Hoffmann besprochen.", "Hoffmann"},
           {"en", "Please ask J. Robinson about that.", "J. Robinson"}});
}

// Names that stand in no list of ours: the sentence has a place for one, and the letters look it.
TEST(Names, unknown_names_where_the_sentence_expects_one) {
    check({{"fr", "monsieur paprocki ne rappelle jamais", "paprocki"}, {"fr", "Mme D. ne répond pas.", "D."}, {"fr", "MONSIEUR PAPROCKI NE RAPPELLE JAMAIS", "PAPROCKI"},
           {"it", "Grazie alla sig.ra Scannapieco per l'aiuto.", "Scannapieco"}, {"de", "Ich habe Hrn. Zweigelt gesehen.", "Zweigelt"}, {"de", "Der Serviceberater Jellinghaus war grob.", "Jellinghaus"},
           {"en", "Hetherington promised to call.", "Hetherington"}, {"pl", "Pytałem pana Kowalskiego.", "Kowalskiego"}, {"nl", "Hoogstraten, de werkplaatschef, weigerde.", "Hoogstraten"}});
    check({{"fr", "madame est charmante", ""}, {"fr", "Tournez à gauche boulevard Corboz.", ""}, {"de", "Das Team war da, die Rechnung stimmte, der Termin auch.", ""}, {"en", "What I miss about this 4 dr hatchback.", ""},
           {"en", "The new G. Best value in its class.", ""}, {"es", "señora muy amable", ""}});
}

// A first name alone, streets, brands, companies and places pass.
TEST(Names, first_names_streets_brands_and_companies_pass) {
    check({{"fr", "Pierre nous a très bien conseillés.", ""}, {"fr", "Merci à Pierre et à Sandrine.", ""}, {"fr", "Le garage de la rue Martin est fermé.", ""}, {"fr", "12 rue Martin, à Lyon", ""},
           {"fr", "avenue du Général Leclerc", ""}, {"fr", "J'ai une Renault Clio et une Peugeot 208.", ""}, {"fr", "le vendeur Renault était absent", ""}, {"fr", "Le garage Dupont est sérieux.", ""},
           {"fr", "Saint-Martin et Saint-Étienne sont loin.", ""}, {"fr", "Je vous remercie Madame, bonne journée.", ""}, {"fr", "Bonjour Monsieur, Je vous écris.", ""},
           {"en", "We went down Martin Street to the Ford dealer.", ""}, {"en", "My Mercedes and my wife's Mini Cooper.", ""}, {"en", "Thanks Kevin and Sarah!", ""}, {"en", "Dear Sir or Madam, I am writing.", ""},
           {"en", "The sales manager Toyota sent", ""}, {"en", "I miss Audi quality. Great car :-D And fast.", ""}, {"en", "Gear in D. The car goes.", ""},
           {"de", "Die Martinstraße ist gesperrt, der Müllerweg auch.", ""}, {"de", "Anna und Thomas waren nett.", ""}, {"de", "Das Autohaus Schneider ist gut.", ""},
           {"es", "La calle Serrano está cerca de Seat.", ""}, {"es", "Doña Carmen es encantadora.", ""}, {"it", "Via Rossi è chiusa.", ""}, {"it", "La Fiat Panda di Marco.", ""},
           {"pt", "A rua Almeida fica longe; o João ajudou.", ""}, {"nl", "De Jansenstraat is afgesloten, Piet hielp.", ""}, {"pl", "Pani Anna była bardzo miła.", ""}, {"pl", "ulica Kowalskiego", ""}});
}

// Decision 21: who signs names himself, and may.
TEST(Names, the_authors_own_signature_passes) {
    check({{"fr", "Le prix est trop haut. Cordialement, M. Dupont", ""}, {"fr", "Tout est parfait cordialement Mr DUPONT", ""}, {"fr", "Service rapide, rien à redire. Merci. Jean Martin", ""},
           {"fr", "Bonne assurance. Bien à vous\nMonsieur et Madame Lefèvre Paul 75011", ""}, {"en", "The car was ready on time. Sincerely, John Harrison", ""}, {"de", "Alles pünktlich fertig. Mit freundlichen Grüßen Herr Schneider", ""},
           {"es", "Todo muy bien. Saludos, Carlos Gómez", ""}, {"fr", "Je suis client depuis dix ans et satisfait.\nJean Dupont", ""}});
    check({{"fr", "Merci Madame Lefèvre", "Lefèvre"}, {"fr", "Merci, M. Dupont !", "Dupont"}, {"fr", "Le pire de tous est M. Dupont", "Dupont"}, {"fr", "Cordialement, M. Dupont m'a expliqué ensuite que la voiture ne serait pas prête avant lundi.", "Dupont"},
           {"fr", "Attention ! Jean Dupont", "Jean Dupont"}});
    EXPECT_EQ(found("Un service de connards du début à la fin. Jean Dupont", "fr"), "insult:connards name:Jean Dupont");
    Context context;
    context.staff = {"Jean Dupont"};
    EXPECT_EQ(found("Très bon accueil, merci pour tout. Cordialement, Jean Dupont", "fr", context), "name:Jean Dupont");
}

TEST(Names, participles_companies_and_two_people) {
    check({{"fr", "Dossier refusé sans un mot.", ""}, {"fr", "La conseillère MGP m'a rappelé.", ""}, {"fr", "Je suis à la M.G.P. depuis dix ans.", ""}, {"fr", "MERCI DE M EXPLIQUER LE PRIX", ""}, {"fr", "Vendu à Mr X. hier.", ""},
           {"es", "Gracias a Karla y Mitzy por todo.", ""}, {"en", "I just miss Starbucks so much.", ""}, {"fr", "un croque monsieur de saumon", ""}});
}

TEST(Names, staff_lists_know_the_surname_with_and_without_the_first_name) {
    Context context;
    context.staff = {"Anna Zweigelt", "Per Lövgren"};
    EXPECT_EQ(found("Anna hat mir geholfen.", "de", context), "");
    EXPECT_EQ(found("Zweigelt hat mir geholfen.", "de", context), "name:Zweigelt");
    EXPECT_EQ(found("Anna Zweigelt hat geholfen.", "de", context), "name:Anna Zweigelt");
    EXPECT_EQ(found("anna zweigelt!", "de", context), "name:anna zweigelt");
    EXPECT_EQ(found("Tack till Lovgren.", "sv", context), "name:Lovgren");
    EXPECT_EQ(found("Zweigelts Wein", "de", context), "");
}

TEST(Names, what_the_brand_allows_passes) {
    Context context;
    context.allowed = {"Garage Lefebvre Nord", "Connard-les-Bains", "beispiel-brand.com"};
    EXPECT_EQ(found("Je suis allé avec Lefebvre", "fr", context), "name:Lefebvre");
    EXPECT_EQ(found("Bel accueil chez Garage Lefebvre Nord hier.", "fr", context), "");
    EXPECT_EQ(found("Le site de Connard-les-Bains est beau.", "fr", context), "");
    EXPECT_EQ(found("voir beispiel-brand.com", "fr", context), "");
    EXPECT_EQ(found("quel connard", "fr", context), "insult:connard");
}

}  // namespace
}  // namespace verbatim::text
