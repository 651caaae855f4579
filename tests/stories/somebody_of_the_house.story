# Whoever looks like the house's own people is shown to a human, for five stars like for one; software refuses nobody.
# Norms: FRA-3, INC-4, FRA-2

given the setting http.trusted_proxies=127.0.0.1
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by chantal.lacroix@aurelle.example named Chantal Muster with consent invitation=legitimate_interest
given an experience E2 of kind workshop at FR-NAN on day -10 by somebody@aurelle.example named Max Muster with consent invitation=legitimate_interest
given an experience E3 of kind workshop at FR-NAN on day -10 by private@example.org named Chantal Lacroix with consent invitation=legitimate_interest
given an experience E4 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest

when chantal.lacroix@aurelle.example answers with 5 stars "Parfait."
then within 5 seconds the newest held review is flagged insider.email as conflict_of_interest
when somebody@aurelle.example answers with 1 star "Mauvais."
then within 5 seconds the newest held review is flagged insider.domain as conflict_of_interest
when private@example.org answers with 5 stars "Très bien."
then within 5 seconds the newest held review is flagged insider.name as conflict_of_interest
when claire@example.org answers with 5 stars "Très bien aussi."
then within 5 seconds the site FR-NAN shows 1 review with 5 stars

# A human says that she may: a mechanic buys a car too.
when mehdi.hamidi@aurelle.example publishes the words
then within 5 seconds the site FR-NAN shows 2 reviews

# Three authors at one machine within a day.
given 3 experiences of kind workshop at FR-LYO on day -10 with consent invitation=legitimate_interest
when customer1@example.org sends from the address 192.0.2.7 5 stars "Bien."
then within 5 seconds the site FR-LYO shows 1 review with 5 stars
when customer2@example.org sends from the address 192.0.2.7 5 stars "Mieux."
then within 5 seconds the site FR-LYO shows 2 reviews with 5 stars
when customer3@example.org sends from the address 192.0.2.7 5 stars "Encore mieux."
then within 5 seconds the newest held review is flagged insider.device as conflict_of_interest
and the bytes of the database hold "192.0.2.7" no more
and the log verifies
