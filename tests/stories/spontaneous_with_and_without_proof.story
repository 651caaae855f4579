# Who was not asked writes all the same: with a matching invoice it is published, without proof a human looks first.
# Norms: COL-1, COL-2, COL-9, NOT-1

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -20 by claire@example.org named Claire Durand with consent invitation=no and invoice F-2026-0815 and registration AB-123-CD
given an experience E2 of kind used_car at FR-NAN on day -20 by paul@example.org named Paul Morel with consent invitation=no and registration XY-987-ZT

when the form of the site FR-NAN is opened
then the form shows no star chosen
when claire@example.org named Claire Durand sends 2 stars "Devis dépassé." for a workshop on day -20 with proof "f 2026 0815"
then within 5 seconds the site FR-NAN shows 1 review with 2 stars
and the newest review of the site FR-NAN is of origin spontaneous
and the newest review of the site FR-NAN is signed "Claire D."
and the newest review of the site FR-NAN happened on day -20 and was published today
and within 5 seconds claire@example.org has the mail "receipt"
and her receipt holds against the log's key

# The same experience does not make two reviews.
when the form of the site FR-NAN is opened
when claire@example.org named Claire Durand sends 1 star "Encore une fois." for a workshop on day -20 with proof "F-2026-0815"
then for 2 seconds the site FR-NAN shows 1 review with 2 stars

# Somebody else's registration number proves nothing.
when the form of the site FR-NAN is opened
when thief@example.org named Max Voleur sends 5 stars "Super." for a used_car on day -20 with proof "XY-987-ZT"
then within 5 seconds thief@example.org has the mail "confirm_address"
and for 2 seconds mehdi.hamidi@aurelle.example has no mail "moderation_request"
when thief@example.org only looks at the page to confirm the address
then for 2 seconds mehdi.hamidi@aurelle.example has no mail "moderation_request"
when thief@example.org confirms the address
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
and the site FR-NAN shows 1 review with 2 stars

when the form of the site FR-NAN is opened
when nina@example.org named Nina Blanc sends 4 stars "Vitrine accueillante." for a workshop on day -3 with proof "je suis passée"
then within 5 seconds nina@example.org has the mail "confirm_address"
when nina@example.org confirms the address
then within 5 seconds nina@example.org has the mail "receipt"
and within 5 seconds mehdi.hamidi@aurelle.example has 2 mails "moderation_request"
and for 2 seconds the site FR-NAN shows 1 review with 2 stars
when mehdi.hamidi@aurelle.example refuses the words as not_lived: "Rien ne montre la visite."
then within 5 seconds nina@example.org has the mail "refused"

when the form of the site FR-NAN is opened
when someone sends it empty
then the answer is 422
and the page names the problem rating_missing
and the page names the problem email_missing
and the page names the problem proof_missing
and the page names the problem service_missing
when a visitor opens /review/ZZ-NONE
then the answer is 404
and the log verifies
