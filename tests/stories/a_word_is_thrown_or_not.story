# An everyday word is looked at where it is thrown at somebody, and passes where it says what it says; a word in disguise is
# looked at for its disguise.
# Norms: MOD-1, MOD-3

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened
when she sends 1 star "Un âne broute derrière l'atelier et la voiture n'était pas prête." signing with her name
then within 5 seconds the site FR-NAN shows 1 review with 1 star
and mehdi.hamidi@aurelle.example has no mail "moderation_request"

given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Martin with consent invitation=legitimate_interest
then within 10 seconds paul@example.org has an invitation
when the invitation of paul@example.org is opened
when he sends 5 stars "La voiture n'était pas prête, âne, et personne n'a appelé. Quel gr1p0uff !" signing with his name
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
when mehdi.hamidi@aurelle.example opens the words to read
then the words "âne" are marked as insult
and the words "gr1p0uff" are marked as insult
and the moderator sees no stars
and for 1 second the site FR-NAN shows 1 review with 1 star
