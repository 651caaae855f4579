# An insult in the words: a human looks, nothing is public meanwhile, and the human publishes.
# Norms: MOD-1, MOD-2, MOD-4, MOD-7, TLG-1

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened
when she sends 1 star "Le chef d'atelier est un connard." signing with her name

then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
and within 5 seconds severine.cordier@aurelle.example has the mail "moderation_request"
and gemma.whitfield@aurelle.example has no mail "moderation_request"
and the mail "moderation_request" to mehdi.hamidi@aurelle.example does not say "connard"
and within 5 seconds the log holds 1 entry of kind collected
and for 3 seconds the site FR-NAN shows no review
and the log holds no entry of kind refused

when mehdi.hamidi@aurelle.example opens the words to read
then the words "connard" are marked as insult
and the moderator sees no stars
when mehdi.hamidi@aurelle.example tries to refuse the words without a reason
then the answer is 422
when mehdi.hamidi@aurelle.example tries to refuse the words as "unpleasant"
then the answer is 422
and for 1 second the site FR-NAN shows no review

when mehdi.hamidi@aurelle.example publishes the words
then within 5 seconds the site FR-NAN shows 1 review with 1 star
and the newest review of the site FR-NAN says "Le chef d'atelier est un connard."
and within 5 seconds claire@example.org has the mail "published"
when mehdi.hamidi@aurelle.example opens the decided words again
then the answer is 410
when severine.cordier@aurelle.example opens the decided words again
then the answer is 410
and within 5 seconds the log verifies
