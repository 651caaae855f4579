# Nobody decides: at half the time moderators are reminded, at 85 % headquarters, and at its end the words are public, still to be
# decided. A later refusal takes them down with its reasons.
# Norms: MOD-4, MOD-9, SUP-4

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Le chef d'atelier est un connard."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
when 4 days pass for what waits
then within 20 seconds mehdi.hamidi@aurelle.example has the mail "moderation_late"
and chantal.colin@aurelle.example has no mail "moderation_late"
when 2.3 days pass for what waits
then within 20 seconds chantal.colin@aurelle.example has the mail "moderation_late"
and the site FR-NAN shows no review
when 1 days pass for what waits
then within 20 seconds the site FR-NAN shows 1 review with 1 star
and within 5 seconds claire@example.org has the mail "published"
and within 5 seconds severine.cordier@aurelle.example has 3 mails "moderation_late"
and the mail "moderation_late" to severine.cordier@aurelle.example leads to a page that says "These words are public already"

when severine.cordier@aurelle.example opens the mail "moderation_late" to decide
then the words "connard" are marked as insult
when there she decides refuse as insult: "Le mot vise une personne."
then within 5 seconds the site FR-NAN shows no review
and within 5 seconds claire@example.org has the mail "removed"
and the mail "removed" to claire@example.org says "Le mot vise une personne."
and within 5 seconds the log's procedure reads published,removed
and the log verifies
