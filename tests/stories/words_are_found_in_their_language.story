# Reviews are found by their words, in the language they were written in, with and without accents, and by everything else that is
# known of them; each person finds those of the own branch. What was erased is found by nobody.
# Norms: GDP-4

given a platform with the demo's network
given an API key for aurelie.fauvel@aurelle.example as country of FR
given an API key for amadou.chevalier@aurelle.example as site of FR-LYO
given an API key for birgit.ziegler@aurelle.example as group of Nordwall
given an API key for severine.cordier@aurelle.example as hq of *
given an experience E1 of kind workshop at FR-LYO on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E2 of kind workshop at DE-HAM on day -10 by karl@example.org named Karl Weber with consent invitation=yes
given an experience E3 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
and within 10 seconds karl@example.org has an invitation
and within 10 seconds paul@example.org has an invitation
when claire@example.org answers with 2 stars "L'attente était très longue, la réparation aussi."
and karl@example.org answers with 5 stars "Die Werkstatt ist freundlich, die Reparatur war pünktlich fertig."
and paul@example.org answers with 4 stars "Accueil agréable, peu d'attente, dommage pour le prix."
then within 10 seconds the site FR-LYO shows 1 review with 2 stars
and within 10 seconds the site DE-HAM shows 1 review with 5 stars
and within 10 seconds the site FR-NAN shows 1 review with 4 stars

then severine.cordier@aurelle.example finds 2 reviews with "attentes"
and severine.cordier@aurelle.example finds 1 review with "REPARATIONS"
and the first one is marked at "réparation"
and severine.cordier@aurelle.example finds 1 review with "reparatur werkstatt"
and severine.cordier@aurelle.example finds 1 review with "werkst"
and severine.cordier@aurelle.example finds 0 reviews with "attente werkstatt"
and aurelie.fauvel@aurelle.example finds 2 reviews with "attente"
and aurelie.fauvel@aurelle.example finds 0 reviews with "werkstatt"
and amadou.chevalier@aurelle.example finds 1 review with "attente"
and birgit.ziegler@aurelle.example finds 0 reviews with "attente"
and birgit.ziegler@aurelle.example finds 1 review with "reparatur"
and severine.cordier@aurelle.example finds 1 review with "attente" where stars=1,2&case=yes
and severine.cordier@aurelle.example finds 2 reviews where lang=fr&state=published&replied=no
and severine.cordier@aurelle.example finds 1 review where branch=country:DE
and severine.cordier@aurelle.example exports 3 rows
and aurelie.fauvel@aurelle.example exports 1 row where stars=4
when the administrator erases claire@example.org
then severine.cordier@aurelle.example finds 1 review with "attente"
and aurelie.fauvel@aurelle.example exports 1 row
