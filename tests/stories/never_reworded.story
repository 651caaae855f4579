# Who is asked to reword and does not is reminded; then a human decides on the first words within the announced time.
# Norms: MOD-1, MOD-4, AUT-2

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 2 stars "Monsieur Lefebvre-Castaing m'a fait attendre."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
when mehdi.hamidi@aurelle.example asks to reword: "Sans le nom de famille, s'il vous plaît."
then within 5 seconds claire@example.org has the mail "rephrase_request"
when 2 days pass for what waits
then within 20 seconds claire@example.org has the mail "rephrase_reminder"
when 2 days pass for what waits
then within 20 seconds severine.cordier@aurelle.example has 2 mails "moderation_request"
and the mail "moderation_request" to severine.cordier@aurelle.example says "prié de reformuler"
and for 1 second the site FR-NAN shows no review
when severine.cordier@aurelle.example publishes the words
then within 5 seconds the site FR-NAN shows 1 review with 2 stars
and within 5 seconds the log verifies
