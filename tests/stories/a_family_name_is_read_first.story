# A family name in the words, even shortened, is read by a human; a first name alone is not.
# Norms: MOD-3, GDP-6

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened
when she sends 2 stars "monsieur paprocki ne rappelle jamais." signing with her name

then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
and for 3 seconds the site FR-NAN shows no review
when mehdi.hamidi@aurelle.example opens the words to read
then the words "paprocki" are marked as name

given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Petit with consent invitation=legitimate_interest
then within 10 seconds paul@example.org has an invitation
when the invitation of paul@example.org is opened
when he sends 5 stars "Pierre explique tout, la rue Paprocki est facile à trouver." signing with his name
then within 5 seconds the site FR-NAN shows 1 review with 5 stars
