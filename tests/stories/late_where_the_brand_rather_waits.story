# A brand that would rather wait tells headquarters and the author that the announced time was not kept; nothing is silently held.
# Norms: MOD-4

given the setting moderate.overdue=escalate
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Le chef d'atelier est un connard."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
when 7.5 days pass for what waits
then within 20 seconds claire@example.org has the mail "decision_late"
and within 5 seconds chantal.colin@aurelle.example has the mail "moderation_late"
and the site FR-NAN shows no review
when 1 days pass for what waits
then within 20 seconds chantal.colin@aurelle.example has 2 mails "moderation_late"
and the site FR-NAN shows no review
