# The point of sale reports a doubtful review from its case, free and with a reason; it hides nothing, and somebody else decides.
# Norms: SUP-2, SUP-4, MOD-7, MOD-9

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Rien ne va."
then within 5 seconds fr-nan@aurelle.example has the mail "alert"
and within 5 seconds the site FR-NAN shows 1 review with 1 star
when fr-nan@aurelle.example reports the review from the case as not_lived: ""
then the answer is 422
when fr-nan@aurelle.example reports the review from the case as not_lived: "Le garage était fermé ce jour-là."
then the answer is 200
and within 5 seconds fr-nan@aurelle.example has the mail "notice_received"
and within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_notice"
and for 2 seconds the site FR-NAN shows 1 review with 1 star

# The house cannot decide on itself.
given an API key for fr-nan@aurelle.example with role moderator reading fr
when fr-nan@aurelle.example decides by API to remove the oldest notice as not_lived saying "Oui."
then the answer is 403
when mehdi.hamidi@aurelle.example opens the mail "moderation_notice" to decide
and there he decides remove as not_lived: "Le planning montre que le garage était fermé."
then within 5 seconds the site FR-NAN shows no review
and within 5 seconds claire@example.org has the mail "removed"
and the mail "removed" to claire@example.org does not say "fr-nan@aurelle.example"
and within 5 seconds fr-nan@aurelle.example has the mail "notice_decided"
and within 5 seconds the log's procedure reads published,noticed,decided:removed,removed
and the log verifies
