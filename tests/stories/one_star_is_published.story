# One star, from the invitation to the public page: asked, heard, published, provable.
# Norms: COL-4, COL-7, COL-8, MOD-2, PUB-1, PUB-2, NOT-1, AUT-5, TLG-1, TLG-2, TLG-9, SDT-1

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and product VIRELAI and adviser nicolas.prevost@aurelle.example
then within 10 seconds claire@example.org has an invitation

when the invitation of claire@example.org is opened
then the form shows no star chosen
and the page says "Garage Kervadec"
and the page does not say "Nicolas"

when she sends 1 star "Deux heures d'attente pour une vidange." signing with her name, with 4 stars and "Il freine bien." for the vehicle
then the thank-you page shows salt and commitment and leads to the author's space
and within 5 seconds the site FR-NAN shows 1 review with 1 star
and within 5 seconds the newest review of the site FR-NAN says "Deux heures d'attente pour une vidange."
and the newest review of the site FR-NAN is signed "Claire D."
and the newest review of the site FR-NAN happened on day -10 and was published today
and within 5 seconds the newest review of the site FR-NAN has its place in the log on the page too
and within 5 seconds the product VIRELAI shows 1 review with 4 stars
and the newest review of the product VIRELAI says "Il freine bien."
and no page of the site FR-NAN marks up stars for search engines

then within 5 seconds claire@example.org has the mail "receipt"
and within 5 seconds claire@example.org has the mail "published"
and her receipt holds against the log's key
and the log holds her commitment before anything was decided
and her proof leads to the signed root of the log
and her proof that her visit was counted holds
and the log holds 2 entries of kind collected
and the log holds 2 entries of kind published
and no entry of the log holds "Durand"
and no entry of the log holds "vidange"
and the log verifies
