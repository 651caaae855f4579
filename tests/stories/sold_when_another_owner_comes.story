# A vehicle that comes back with somebody else was sold: its plan ends for whoever had it, and goes on for the new owner at the vehicle's age,
# though nobody says when it was registered. Who comes with it again has it again.
# Norms: EML-4

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an experience E1 of kind delivery at FR-NAN on day -1090 by karine@example.org named Karine Fabre with consent marketing=yes and product VIRELAI and vin VF1EEEEE123000321 and registered_on day -1098
given an experience E2 of kind delivery at FR-NAN on day -1090 by lionel@example.org named Lionel Masson with consent marketing=yes and product VIRELAI and vin VF1EEEEE123000654 and registered_on day -1098
given an experience E3 of kind used_car at FR-LYO on day -90 by mathis@example.org named Mathis Colin with consent marketing=yes and product VIRELAI and vin VF1EEEEE123000321
given an experience E4 of kind workshop at FR-LYO on day -95 by nadia@example.org named Nadia Perrot with consent marketing=yes and product VIRELAI and vin VF1EEEEE123000654
given an experience E5 of kind workshop at FR-NAN on day -60 by lionel@example.org named Lionel Masson with consent marketing=yes and product VIRELAI and vin VF1EEEEE123000654
when the packaged plan without quiet hours is published as version 2026-11-04 and has held for 30 days
and the plan looks at whom something is due for
then rocio.serrano@aurelle.example decided about karine@example.org: birthday sold
and rocio.serrano@aurelle.example decided about mathis@example.org: birthday sent
and rocio.serrano@aurelle.example decided about lionel@example.org: birthday sent
and rocio.serrano@aurelle.example decided about nadia@example.org: birthday sold
and within 10 seconds mathis@example.org has 1 letter that begins "Votre Aurelle Virelai fête son anniversaire n° 3"
