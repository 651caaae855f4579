# Where the brand asks for it, a first refusal is a proposal; another moderator confirms it, or publishes.
# Norms: MOD-1, MOD-3, MOD-8, MOD-12

given the setting moderate.second_opinion=refusals
given a platform with the demo's network
given 2 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer2@example.org has an invitation
when customer1@example.org answers with 1 star "Le chef d'atelier est un connard."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"

when mehdi.hamidi@aurelle.example refuses the words as insult: "Le mot vise une personne."
then within 5 seconds severine.cordier@aurelle.example has the mail "moderation_second"
and mehdi.hamidi@aurelle.example has no mail "moderation_second"
and for 2 seconds customer1@example.org has no mail "refused"
and the log holds no entry of kind refused
when mehdi.hamidi@aurelle.example opens the decided words again
then the answer is 410
when severine.cordier@aurelle.example opens the mail "moderation_second" to decide
then the page says "Le mot vise une personne."
when there she decides refuse as insult: "Le mot vise une personne, en effet."
then within 5 seconds customer1@example.org has the mail "refused"
and the mail "refused" to customer1@example.org says "Le mot vise une personne, en effet."
and within 5 seconds the log holds 1 entry of kind refused

# The second may disagree.
when customer2@example.org answers with 1 star "Quel connard."
then within 5 seconds severine.cordier@aurelle.example has 2 mails "moderation_request"
when mehdi.hamidi@aurelle.example opens the mail "moderation_request" to decide
and there he decides refuse as insult: "Encore."
then within 5 seconds severine.cordier@aurelle.example has 2 mails "moderation_second"
when severine.cordier@aurelle.example opens the mail "moderation_second" to decide
and there she decides publish: ""
then within 5 seconds the site FR-NAN shows 1 review with 1 star
and within 5 seconds the log verifies
