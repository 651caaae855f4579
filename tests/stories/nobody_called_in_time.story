# Nobody calls: the site is reminded at 12 hours, the group told at 20, the country at 24. Late stays late, whoever calls afterwards. At
# the desk each sees the cases of the own branch and no others.
# Norms: SUP-1, GDP-5

given a platform with the demo's network
given an API key for amadou.chevalier@aurelle.example as site of FR-LYO
given an API key for margaux.leclercq@aurelle.example as group of Belvaux
given an API key for aurelie.fauvel@aurelle.example as country of FR
given an API key for chantal.lacroix@aurelle.example as site of FR-NAN
given an API key for katrin.ehlers@aurelle.example as site of DE-HAM
given an experience E1 of kind workshop at FR-LYO on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and phone "+33 6 12 00 00 01"
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Deux heures d'attente."
then within 5 seconds fr-lyo@aurelle.example has the mail "alert"
and amadou.chevalier@aurelle.example sees 1 customer to call
and margaux.leclercq@aurelle.example sees 1 customer to call
and aurelie.fauvel@aurelle.example sees 1 customer to call
and chantal.lacroix@aurelle.example sees 0 customers to call
and katrin.ehlers@aurelle.example sees 0 customers to call

when 12 hours pass for the cases
then within 20 seconds amadou.chevalier@aurelle.example has the mail "reminder12h"
and amadou.chevalier@aurelle.example sees that the case was escalated at 12 h
and margaux.leclercq@aurelle.example has no mail "escalation20h"
when 8 hours pass for the cases
then within 20 seconds margaux.leclercq@aurelle.example has the mail "escalation20h"
and aurelie.fauvel@aurelle.example has no mail "breach24h"
and amadou.chevalier@aurelle.example sees that the case is not late
when 4 hours pass for the cases
then within 20 seconds aurelie.fauvel@aurelle.example has the mail "breach24h"
and amadou.chevalier@aurelle.example has 1 mail "breach24h"
and amadou.chevalier@aurelle.example sees 1 customer late
and the platform counts 0 calls in time and 0 open cases

when amadou.chevalier@aurelle.example notes in the desk that the call was reached: "Enfin joint."
then amadou.chevalier@aurelle.example sees that the case is late
and amadou.chevalier@aurelle.example sees 0 customers to call
and the platform counts 0 calls in time and 0 open cases
and to chantal.lacroix@aurelle.example the same case does not exist
and to katrin.ehlers@aurelle.example the same case does not exist
