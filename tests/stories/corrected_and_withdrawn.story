# The author corrects: a new version is read again, logged and dated; later she withdraws for good.
# Norms: AUT-1, AUT-2, PUB-7, PUB-8, TLG-1

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Deux heures d'attente."
then within 5 seconds the site FR-NAN shows 1 review with 1 star
and within 5 seconds claire@example.org has the mail "receipt"
and her receipt holds against the log's key

when she corrects it to 3 stars "Une heure d'attente, et des excuses."
then within 5 seconds the site FR-NAN shows 1 review with 3 stars
and the newest review of the site FR-NAN says "Une heure d'attente, et des excuses."
and the newest review of the site FR-NAN shows when it was changed
and within 5 seconds the log holds 1 entry of kind revised
and within 5 seconds the newest review of the site FR-NAN has its place in the log on the page too
and the log holds 2 entries of kind collected
and her receipt holds against the log's key
and neither API nor pages of site FR-NAN hold "Deux heures"
and the log verifies

# A correction with an insult waits; the words before it stay public.
when she corrects it to 1 star "Quel connard, ce chef d'atelier."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
and for 2 seconds the newest review of the site FR-NAN says "Une heure d'attente, et des excuses."
when mehdi.hamidi@aurelle.example refuses the words as insult: "Sans injure, s'il vous plaît."
then within 5 seconds claire@example.org has the mail "refused"
and for 1 second the site FR-NAN shows 1 review with 3 stars

when she withdraws it
then within 5 seconds the site FR-NAN shows no review
and her review page answers 410
and within 5 seconds the log holds 1 entry of kind withdrawn
and the log verifies
when she opens her space
then the page is in the state withdrawn
