# The contact plan writes to whom it may, once; whoever said no, sold the vehicle or leaves is left in peace, and each decision is kept with its reason.
# Norms: EML-1, EML-3, EML-4, GDP-1, GDP-5

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an experience E1 of kind order at FR-NAN on day -8 by claire@example.org named Claire Durand with consent marketing=yes;invitation=legitimate_interest and product VIRELAI
given an experience E2 of kind order at FR-NAN on day -8 by paul@example.org named Paul Morel with consent invitation=legitimate_interest and product VIRELAI
given an experience E3 of kind order at FR-NAN on day -8 by ines@example.org named Inès Roche with consent marketing=yes and product ARIETTA
when the plan is told that ines@example.org is sold since day -3
# Nothing is published: nobody is written to.
when the plan looks at whom something is due for
then claire@example.org has 0 letters that begin "Votre"

when the packaged plan without quiet hours is published as version 2026-11-27 and has held for 30 days
and the plan looks at whom something is due for
then within 10 seconds claire@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and the letter of claire@example.org that begins "Votre Aurelle Virelai arrive" has a plain text, /c/ and a way out by one click
and paul@example.org has 0 letters that begin "Votre"
and ines@example.org has 0 letters that begin "Votre"
and rocio.serrano@aurelle.example decided about claire@example.org: welcome sent
and rocio.serrano@aurelle.example decided about paul@example.org: welcome no_basis
and rocio.serrano@aurelle.example decided about ines@example.org: welcome sold

# However often it looks, nobody is written to twice.
when the plan looks at whom something is due for
and the plan looks at whom something is due for
then for 3 seconds claire@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"

# Leaving holds at once, for all that is no service.
given an experience E4 of kind order at FR-NAN on day -7 by hugo@example.org named Hugo Petit with consent marketing=yes and product ARIETTA
when the plan looks at whom something is due for
then within 10 seconds hugo@example.org has 1 letter that begins "Votre Aurelle Arietta arrive"
when the program of hugo@example.org unsubscribes from the letter that begins "Votre Aurelle Arietta arrive" with one click
given an experience E5 of kind order at FR-NAN on day -8 by hugo@example.org named Hugo Petit with product VIRELAI
when the plan looks at whom something is due for
then for 3 seconds hugo@example.org has 0 letters that begin "Votre Aurelle Virelai"
