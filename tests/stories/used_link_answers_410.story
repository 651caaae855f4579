# A personal link works once. Used again it says so and leads to the author's space by mail only.
# Norms: COL-8, COL-10, AUT-2

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation

when the invitation of claire@example.org is opened
when she sends 2 stars "Accueil froid."
then within 5 seconds the site FR-NAN shows 1 review with 2 stars

when the invitation of claire@example.org is tried again
then the answer is 410
and the page has no link to the author's space
and the page is the message link_used

when the used link is posted again with 5 stars "Finalement tout va bien."
then the answer is 410
and the page has no link to the author's space
and for 2 seconds the site FR-NAN shows 1 review with 2 stars
and the newest review of the site FR-NAN says "Accueil froid."
and the log holds 1 entry of kind collected

when a visitor opens /r/AAAAAAAAAAAAAAAAAAAAAA
then the answer is 404
when a visitor opens /r/short
then the answer is 404
