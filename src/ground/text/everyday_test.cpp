// A car, a kitchen and who somebody is are no insult, wherever the word stands: heads of lists, single words between commas.
#include <gtest/gtest.h>

#include "ground/text/detectors.h"

namespace verbatim::text {
namespace {

struct Said {
    const char *lang, *text;
};

TEST(Everyday, MOD_3_WhatACarIsMadeOfAsksNobody) {
    const auto detectors = Detectors::shipped();
    for (const auto& [lang, words] : {Said{"fr", "Vidange, filtres et pneus : parfait."}, {"fr", "Banquette, sièges, coffre : rien à dire."}, {"fr", "Jantes, pneus, freins : tout va bien."},
                                      {"fr", "Tout est bien, titre, et personne n'a appelé."}, {"fr", "Piston, soupape et joint changés."}, {"fr", "Cuir, tableau de bord, finition : superbe."},
                                      {"fr", "Titre \"entre guillemets\""}, {"fr", "Belge, voilà ce que je suis."}, {"en", "Leather, wheels and seats: perfect."}, {"en", "Oil change, brakes, tyres: fine."},
                                      {"en", "Pump, hose and plug replaced."}, {"en", "Gay, and proud customer of this garage."}, {"de", "Ölwechsel, Reifen, Bremsen: alles gut."}, {"de", "Leder, Sitze und Kofferraum: prima."},
                                      {"de", "Kolben, Pumpe und Schlauch getauscht."}, {"de", "Ausländer, und immer freundlich bedient."}, {"es", "Aceite, filtros y ruedas: perfecto."}, {"es", "Cuero, asientos y maletero: muy bien."},
                                      {"it", "Olio, filtri e gomme: perfetto."}, {"it", "Pelle, sedili e bagagliaio: ottimo."}, {"pt", "Óleo, filtros e pneus: perfeito."}, {"pt", "Couro, bancos e mala: muito bem."},
                                      {"nl", "Olie, filters en banden: perfect."}, {"nl", "Leer, stoelen en kofferbak: prima."}}) {
        Context context;
        context.lang = lang;
        for (const auto& finding : detectors->find(words, context)) ADD_FAILURE() << lang << ": " << words << " -> " << finding.rule << " (" << finding.text << ")";
    }
}

}  // namespace
}  // namespace verbatim::text
