# Ten days after the case was closed the customer is asked once more, in private: the answer goes to the case and nowhere else. Whoever
# wants no messages is not asked; an erasure takes the answer along.
# Norms: GDP-1, GDP-4, EML-10

given a platform with the demo's network
given an API key for chantal.lacroix@aurelle.example as site of FR-NAN
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Deux heures d'attente."
then within 5 seconds chantal.lacroix@aurelle.example has the mail "alert"
when chantal.lacroix@aurelle.example notes in the desk that the call was reached: "Excuses faites."
and chantal.lacroix@aurelle.example closes the case as waiting: "Deuxième comptoir."
then the desk answers 200
when 200 hours pass for the cases
then for 3 seconds claire@example.org has no mail "second_survey"
when 60 hours pass for the cases
then within 20 seconds claire@example.org has the mail "second_survey"
when claire@example.org opens the second survey
when she answers it with 4 stars, solved yes: "On m'a rappelée, merci pour la marmotte."
then the page says "Merci."
and chantal.lacroix@aurelle.example reads in the case that 1 stars became 4, solved yes: "On m'a rappelée, merci pour la marmotte."
and the second survey is opened again and answers 410
and neither API nor pages of site FR-NAN hold "marmotte"
and the site FR-NAN shows 1 review with 1 star
and the log verifies
when the administrator erases claire@example.org
then within 60 seconds the bytes of the database hold "marmotte" no more

given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds paul@example.org has an invitation
when paul@example.org answers with 1 star "Jante rayée."
then within 5 seconds chantal.lacroix@aurelle.example has 2 mails "alert"
when the mail program of paul@example.org unsubscribes with one click as a form
and chantal.lacroix@aurelle.example notes in the desk that the call was reached: "Jante changée."
and chantal.lacroix@aurelle.example closes the case as damage: "Jante changée."
then the desk answers 200
when 260 hours pass for the cases
then within 20 seconds chantal.lacroix@aurelle.example reads in the case that the customer was not asked: opted_out
and paul@example.org has no mail "second_survey"
