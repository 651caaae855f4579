# Before an answer is sent the desk says how it reads; it never forbids one. What moderation would hold is said before, and held after.
# Good reviews are answered too; whoever only provokes is answered once with the facts.
# Norms: SUP-1, SUP-5

given a platform with the demo's network
given an API key for chantal.lacroix@aurelle.example as site of FR-NAN
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 5 stars "Accueil parfait, on m'a tout expliqué."
then within 10 seconds the site FR-NAN shows 1 review with 5 stars
and the desk takes the newest review for praise to chantal.lacroix@aurelle.example
and the advice to chantal.lacroix@aurelle.example on the answer "Bonjour, Karim vous a montré les plaquettes usées et c'est exactement ainsi que nous voulons travailler. L'équipe" is nothing
and the advice to chantal.lacroix@aurelle.example on the answer "Bonjour, merci d'avoir pris le temps de nous écrire. {personal} Votre message a été lu à toute l'équipe." is personal_missing
and the advice to chantal.lacroix@aurelle.example on the answer "Vous auriez dû le dire AVANT DE PARTIR, nous vous aurions offert 150 € de remise." is blame,money,shouting
and the advice to chantal.lacroix@aurelle.example on the answer "Appelez ce connard de comptable demain matin au bureau, il vous dira." is insult
when chantal.lacroix@aurelle.example answers the newest review: "Appelez ce connard de comptable demain matin au bureau."
then the desk answers 201
and within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
and for 2 seconds the newest review of the site FR-NAN shows no answer
