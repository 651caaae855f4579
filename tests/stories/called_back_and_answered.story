# The site is alerted within seconds, notes the call, answers in public; an answer with an insult waits for a human.
# Norms: SUP-1, SUP-5, MOD-2, AUT-4

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and phone "+33 6 12 00 00 01"
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
and within 10 seconds paul@example.org has an invitation

when the invitation of claire@example.org is opened
when she sends 1 star "Deux heures d'attente." signing with her name
then within 5 seconds fr-nan@aurelle.example has the mail "alert"
and within 5 seconds chantal.lacroix@aurelle.example has the mail "alert"
and the mail "alert" to chantal.lacroix@aurelle.example says "Deux heures d'attente."
and the mail "alert" to chantal.lacroix@aurelle.example says "+33 6 12 00 00 01"
and fr-lyo@aurelle.example has no mail "alert"
and within 5 seconds the site FR-NAN shows 1 review with 1 star
and the platform counts 0 calls in time and 1 open case

when chantal.lacroix@aurelle.example opens the case
then the page says "Deux heures d'attente."
when the case is closed
then the answer is 409
when a call without an outcome is noted: "Rien"
then the answer is 422
and the page says "Rien"
when the call is noted as not_reached: "Répondeur."
and the call is noted as reached: "Excuses faites, vidange offerte."
then the page says "Excuses faites, vidange offerte."
and the platform counts 1 call in time and 0 open cases

when the answer "Bonjour Claire, nous avons revu nos horaires.\nL'équipe" is proposed
then within 5 seconds the newest review of the site FR-NAN shows the answer "Bonjour Claire, nous avons revu nos horaires.\nL'équipe" of "Garage Kervadec"
and within 5 seconds claire@example.org has the mail "reply_published"
and the mail "reply_published" to claire@example.org says "nous avons revu nos horaires."
and within 5 seconds the log holds 1 entry of kind replied
and a second answer cannot be proposed
and neither API nor pages of site FR-NAN hold "vidange offerte"
when the case is closed
then the answer is 200

# Moderation is no business of the alert, and an answer is read like everyone's words.
when the invitation of paul@example.org is opened
when he sends 4 stars "Bien, sauf ce connard à l'accueil." asking to be called
then within 5 seconds fr-nan@aurelle.example has 2 mails "alert"
and within 5 seconds mehdi.hamidi@aurelle.example has 1 mail "moderation_request"
when mehdi.hamidi@aurelle.example publishes the words
then within 5 seconds the site FR-NAN shows 2 reviews
when chantal.lacroix@aurelle.example opens the case
and the answer "Vous êtes un menteur et un connard." is proposed
then within 5 seconds mehdi.hamidi@aurelle.example has 2 mails "moderation_request"
and for 2 seconds the newest review of the site FR-NAN shows no answer
when mehdi.hamidi@aurelle.example refuses the words as insult: "Pas d'injure."
then for 2 seconds the newest review of the site FR-NAN shows no answer
when chantal.lacroix@aurelle.example opens the case
and the answer "Nous sommes désolés." is proposed
then within 5 seconds the newest review of the site FR-NAN shows the answer "Nous sommes désolés." of "Garage Kervadec"
and the log verifies
