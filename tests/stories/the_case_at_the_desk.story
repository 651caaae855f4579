# The site works a case at the desk: a call noted twice counts once, a colleague takes over and is told by mail, the cause is from the
# list, closing can be undone.
# Norms: SUP-1

given a platform with the demo's network
given an API key for chantal.lacroix@aurelle.example as site of FR-NAN
given an API key for oceane.garnier@aurelle.example as agent of FR
given an experience E1 of kind workshop at FR-NAN on day -40 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and phone "+33 6 12 00 00 01"
given an experience E2 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and phone "+33 6 12 00 00 01"
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 2 stars "La voiture n'était pas prête."
then within 5 seconds chantal.lacroix@aurelle.example has the mail "alert"
and chantal.lacroix@aurelle.example sees 1 customer to call
when chantal.lacroix@aurelle.example closes the case as waiting: "Rien."
then the desk answers 409 call_first
when chantal.lacroix@aurelle.example notes in the desk that the call was call_back: "Rappeler après seize heures."
then the same call is sent again by chantal.lacroix@aurelle.example and counts once
and the case of chantal.lacroix@aurelle.example shows 2 visits, 0 earlier reviews and the note "Rappeler après seize heures."
when chantal.lacroix@aurelle.example hands the case over to katrin.ehlers@aurelle.example: "À vous."
then the desk answers 422 person_unknown
when chantal.lacroix@aurelle.example hands the case over to oceane.garnier@aurelle.example: "Vous la connaissez bien."
then the desk answers 200
and within 5 seconds oceane.garnier@aurelle.example has the mail "case_handover"
and the mail "case_handover" to oceane.garnier@aurelle.example says "Vous la connaissez bien."
and the mail "case_handover" to oceane.garnier@aurelle.example says "+33 6 12 00 00 01"
when oceane.garnier@aurelle.example plans "Appeler quand la pièce est là" for 2020-01-01T09:00:00Z
then the desk answers 422 at
when oceane.garnier@aurelle.example notes in the desk that the call was reached: "Excuses faites."
and oceane.garnier@aurelle.example closes the case as no_such_cause: "Rien."
then the desk answers 422 cause_unknown
when oceane.garnier@aurelle.example closes the case as not_ready: "Deuxième mécanicien le samedi."
then the desk answers 200
and chantal.lacroix@aurelle.example sees 1 customer closed
when chantal.lacroix@aurelle.example opens the case again in the desk
then chantal.lacroix@aurelle.example sees 1 customer called
and chantal.lacroix@aurelle.example sees 0 customers closed
when chantal.lacroix@aurelle.example closes the case as not_ready: "Deuxième mécanicien le samedi."
then chantal.lacroix@aurelle.example sees 1 customer closed
and the platform counts 1 call in time and 0 open cases
