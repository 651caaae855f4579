# The moderator asks for other words; the author gets a link with the words marked, rewords, and is published.
# Norms: MOD-1, MOD-8, AUT-2, TLG-1

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened
when she sends 2 stars "Monsieur Lefebvre-Castaing m'a fait attendre." signing with her name, with criterion price 1
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"

when mehdi.hamidi@aurelle.example asks to reword: "Sans le nom de famille, s'il vous plaît."
then within 5 seconds claire@example.org has the mail "rephrase_request"
and her link to reword marks "Lefebvre-Castaing" and says why: "Sans le nom de famille, s'il vous plaît."
and for 1 second the site FR-NAN shows no review

when she rewords it to "On m'a fait attendre."
then within 5 seconds the site FR-NAN shows 1 review with 2 stars
and the newest review of the site FR-NAN says "On m'a fait attendre."
and within 5 seconds the log holds 2 entries of kind collected
and within 5 seconds the log holds 1 entry of kind published
and the log holds no entry of kind refused
and neither API nor pages of site FR-NAN hold "Lefebvre"
and the log verifies
