# A new version holds from its moment: what was decided stays decided, who is under way moves to it, and anybody can read what changed.
# Norms: EML-4, GDP-1

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an experience E1 of kind order at FR-NAN on day -8 by claire@example.org named Claire Durand with consent marketing=yes and product VIRELAI
given an experience E2 of kind order at FR-NAN on day -4 by paul@example.org named Paul Morel with consent marketing=yes and product ARIETTA
when the packaged plan without quiet hours is published as version 2026-11-01 and has held for 30 days
and the plan looks at whom something is due for
then within 10 seconds claire@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and paul@example.org has 0 letters that begin "Votre"
and rocio.serrano@aurelle.example sees no decision welcome about paul@example.org

when the plan is published again as version 2026-12-01 with the welcome after "3 days" instead of "7 days"
and the plan looks at whom something is due for
then for 3 seconds claire@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and rocio.serrano@aurelle.example sees that versions 1 and 2 differ in "campaign welcome": "7 days", then "3 days"
