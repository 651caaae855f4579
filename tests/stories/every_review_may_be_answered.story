# The site is told of its new reviews, good ones too, with a link to answer each; an answer that names the customer waits for a human.
# Norms: SUP-1, SUP-5

given the setting reply.digest_minutes=0
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Quatrelivres with consent invitation=legitimate_interest and phone "+33 6 12 34 56 78"
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
when claire@example.org answers with 5 stars "Accueil au top."
then within 5 seconds fr-nan@aurelle.example has 1 mail "new_reviews"
and within 5 seconds chantal.lacroix@aurelle.example has 1 mail "new_reviews"
and the mail "new_reviews" to chantal.lacroix@aurelle.example says "Accueil au top."
and fr-lyo@aurelle.example has no mail "new_reviews"

# Her name, her number: neither was public. The name stands in nobody's dictionary; the vault knows it.
when chantal.lacroix@aurelle.example answers the newest review in her letter: "Merci Madame Quatrelivres, nous avons le 06.12.34.56.78 si besoin."
then the answer is 200
and within 5 seconds mehdi.hamidi@aurelle.example has 1 mail "moderation_request"
and for 2 seconds the newest review of the site FR-NAN shows no answer
when mehdi.hamidi@aurelle.example opens the words to read
then the words "Quatrelivres" are marked as name
when mehdi.hamidi@aurelle.example refuses the words as name: "Le nom de la cliente n'est pas public."
then for 2 seconds the newest review of the site FR-NAN shows no answer
when chantal.lacroix@aurelle.example answers the newest review in her letter: "Merci à vous, à bientôt."
then within 5 seconds the newest review of the site FR-NAN shows the answer "Merci à vous, à bientôt." of "Garage Kervadec"
and headquarters sees that FR-NAN answered 1 of 1 review within 7 days

# Each letter tells of what is new only.
when paul@example.org answers with 4 stars "Bien."
then within 5 seconds fr-nan@aurelle.example has 2 mails "new_reviews"
and within 5 seconds chantal.lacroix@aurelle.example has 2 mails "new_reviews"
and the mail "new_reviews" to fr-nan@aurelle.example does not say "Accueil au top."
when chantal.lacroix@aurelle.example answers the newest review in her letter with nothing
then the answer is 422
and the log verifies
