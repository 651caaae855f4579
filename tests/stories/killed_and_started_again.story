# kill -9 right after the thank-you page: what was acknowledged is there, published and mailed after the next start.
# Norms: TLG-1, TLG-2, TLG-5

given a platform with the demo's network
given 2 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer1@example.org has an invitation
and within 10 seconds customer2@example.org has an invitation
when customer1@example.org answers with 1 star "Horrible."
and the platform is killed
and the platform is started again
then within 10 seconds the site FR-NAN shows 1 review with 1 star
and within 10 seconds customer1@example.org has the mail "receipt"
and within 10 seconds fr-nan@aurelle.example has 1 mail "alert"
and within 5 seconds the log verifies
when customer2@example.org answers with 1 star "Horrible aussi."
then within 5 seconds the site FR-NAN shows 2 reviews
