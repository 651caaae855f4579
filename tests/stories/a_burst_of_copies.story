# Somebody writes the same praise for many customers: from the second on it reaches a moderator, with what makes it suspicious. No score
# refuses; what the human publishes is counted as the signal's false alarm, and shown.
# Norms: FRA-2, FRA-4, MOD-2

given a platform with the demo's network
given 5 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
given an experience L1 of kind workshop at FR-LYO on day -10 by lea@example.org named Léa Brun with consent invitation=yes
then within 10 seconds customer5@example.org has an invitation
then within 10 seconds lea@example.org has an invitation
given an API key for mehdi.hamidi@aurelle.example with role moderator

when customer1@example.org answers with 5 stars "Reçu comme un roi pour ma révision, le café était bon, la voiture est revenue propre et le prix est resté celui du devis."
then within 5 seconds the site FR-NAN shows 1 review with 5 stars
when customer2@example.org answers with 5 stars "Reçue comme une reine pour ma révision, le café était bon, la voiture est revenue propre et le prix est resté celui du devis."
then within 5 seconds the newest held review is flagged signal.copy as not_lived
# At another site too, and with one star like with five.
when lea@example.org answers with 1 star "Reçu comme un roi pour ma révision, le café était bon, la voiture est revenue propre et le prix est resté celui du devis !"
then within 5 seconds the newest held review is flagged signal.copy as not_lived
when customer3@example.org answers with 5 stars "REÇU COMME UN ROI pour ma révision... le café était bon, la voiture est revenue propre, et le prix est resté celui du devis."
then within 5 seconds the newest held review is flagged signal.template as not_lived
and for mehdi.hamidi@aurelle.example there wait: "Reçue comme" "Reçu comme" "REÇU COMME"
and the words that wait first are shown to mehdi.hamidi@aurelle.example with "of another author, site:FR-NAN"

# Words of one's own pass, and everybody's short ones.
when customer4@example.org answers with 5 stars "Très bien, merci."
when customer5@example.org answers with 5 stars "Très bien, merci."
then within 5 seconds the site FR-NAN shows 3 reviews with 5 stars

when mehdi.hamidi@aurelle.example decides by API to refuse the oldest review as not_lived saying "Les mêmes mots que d'autres clients."
then the answer is 200
when mehdi.hamidi@aurelle.example decides by API to publish the oldest review
then the answer is 200
then mehdi.hamidi@aurelle.example reads of the signal copy: 3 raised, 1 right, 1 false alarm
and the log verifies
