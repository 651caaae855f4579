# Whoever withdraws or adds stars soon after a dealer's contact is asked in confidence; the dealer never reads the answer.
# Norms: AUT-4, AUT-1, GDP-6

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
given an experience E3 of kind workshop at FR-NAN on day -10 by nina@example.org named Nina Blanc with consent invitation=legitimate_interest
when claire@example.org answers with 1 star "Deux heures d'attente."
then within 5 seconds chantal.lacroix@aurelle.example has the mail "alert"
and within 5 seconds claire@example.org has the mail "receipt"
when chantal.lacroix@aurelle.example opens the case
and the call is noted as reached: "Excuses faites."

# More stars after the call: one question, by mail and in the author's space.
when she corrects it to 4 stars "Finalement, ils ont été corrects."
then within 5 seconds claire@example.org has 1 mail "pressure_question"
when she answers the question with nothing
then the answer is 422
and the page names the problem answer_missing
when she answers the question with offered: "Une vidange gratuite contre une étoile de plus."
then the answer is 200
and within 5 seconds chantal.colin@aurelle.example has 1 mail "pressure"
and the mail "pressure" to chantal.colin@aurelle.example says "Une vidange gratuite contre une étoile de plus."
and chantal.lacroix@aurelle.example has no mail "pressure"
and within 60 seconds the bytes of the database hold "vidange gratuite" no more
when the case of chantal.lacroix@aurelle.example is opened again
then the page does not say "vidange gratuite"
and headquarters reads in the register of pressure: raised after call, offered, "Une vidange gratuite contre une étoile de plus."
and the auditor reads the register of pressure, the moderator and the administrator do not
and the public counts of pressure name no site

# Asked once; the answer given, the question is gone.
when she opens her space
then the page does not ask about pressure

# Nobody was in touch with Paul: he may change his mind unasked.
when paul@example.org answers with 3 stars "Moyen."
then within 5 seconds paul@example.org has the mail "receipt"
when he corrects it to 5 stars "Très bien, en fait."
then for 2 seconds paul@example.org has no mail "pressure_question"

# Fewer stars are nobody's wish.
when nina@example.org answers with 2 stars "Cher."
then within 5 seconds nina@example.org has the mail "receipt"
and within 5 seconds chantal.lacroix@aurelle.example has 2 mails "alert"
when chantal.lacroix@aurelle.example opens the case
and the call is noted as reached: "Devis expliqué."
when she corrects it to 1 star "Très cher."
then for 2 seconds nina@example.org has no mail "pressure_question"
when she withdraws it
then within 5 seconds nina@example.org has 1 mail "pressure_question"
when she answers the question with no: ""
then the answer is 200
and chantal.colin@aurelle.example has 1 mail "pressure"
and the log verifies
