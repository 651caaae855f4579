# A letter tells that it was opened only where its person agreed to that, apart from everything else; taken back, letters in the mailbox fall silent.
# Norms: EML-11, GDP-1

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an experience E1 of kind order at FR-NAN on day -8 by claire@example.org named Claire Durand with consent marketing=yes;tracking=yes and product VIRELAI
given an experience E2 of kind order at FR-NAN on day -8 by paul@example.org named Paul Morel with consent marketing=yes and product VIRELAI
given an experience E3 of kind order at FR-NAN on day -8 by ines@example.org named Inès Roche with consent marketing=yes;tracking=yes and product VIRELAI
given an experience E4 of kind order at FR-NAN on day -8 by hugo@example.org named Hugo Petit with consent marketing=yes;tracking=yes and product VIRELAI
when in the plan opens of the welcome are measured
and the packaged plan without quiet hours is published as version 2026-11-27 and has held for 30 days
and the plan looks at whom something is due for
then within 10 seconds claire@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and within 10 seconds ines@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and within 10 seconds hugo@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and paul@example.org has 0 letters that begin "Votre"
and the letter to claire@example.org holds one picture of its own, and says how to take that back
when a minute passes for letters that went
and claire@example.org opens the letter
and a program of ines@example.org fetches its picture ahead
then rocio.serrano@aurelle.example sees 3 letters measured, 1 opened and 1 by programs alone
when hugo@example.org takes back being measured by the link in it
and hugo@example.org opens the letter
then rocio.serrano@aurelle.example sees 3 letters measured, 1 opened and 1 by programs alone
when somebody asks for a picture with another signature
then rocio.serrano@aurelle.example sees 3 letters measured, 1 opened and 1 by programs alone
