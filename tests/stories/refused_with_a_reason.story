# A human refuses words with a reason of the public list; the author gets a statement of reasons and how to be heard again.
# Norms: MOD-1, MOD-3, MOD-8, MOD-9, MOD-10, MOD-14, TLG-1

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened
when she sends 1 star "Écrivez-moi au 06 12 34 56 78, je vends les mêmes pneus moins cher."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"

when mehdi.hamidi@aurelle.example refuses the words as spam: "Votre texte propose une vente."
then within 5 seconds claire@example.org has the mail "refused"
and the mail "refused" to claire@example.org says "Votre texte propose une vente."
and the mail "refused" to claire@example.org says "Écrivez-moi au 06 12 34 56 78, je vends les mêmes pneus moins cher."
and the mail "refused" to claire@example.org says "rules-2026-11"
and for 2 seconds the site FR-NAN shows no review
and the log holds 1 entry of kind refused
and the refusal in the log names 1 star, spam and the rules
and the transparency page counts 1 refused because of spam
when she opens her space
then the page says "Votre texte propose une vente."
and the log verifies

when the statements of reasons are given out
then 1 statement of reasons says spam and not_published and none of "Votre texte", "06 12 34 56 78", "claire"
