# Six months after the decision there is nothing to contest any more; one day less, there is.
# Norms: MOD-12

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Quel connard."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
when mehdi.hamidi@aurelle.example refuses the words as insult: "Le mot vise une personne."
then within 5 seconds claire@example.org has the mail "refused"
when 5 months pass since every decision
and she opens her space
then the page says "Contester cette décision"
when 1 months pass since every decision
and she opens her space
then the page does not say "Contester cette décision"
