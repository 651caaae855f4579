# The same words are treated the same under five stars and under one; a machine never refuses.
# Norms: MOD-2, MOD-6, MOD-5, COL-7

given a platform with the demo's network
given 6 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer6@example.org has an invitation

when customer1@example.org answers with 5 stars "Bande de connards mais bon travail."
and customer2@example.org answers with 1 star "Bande de connards mais bon travail."
then within 5 seconds mehdi.hamidi@aurelle.example has 2 mails "moderation_request"
and for 2 seconds the site FR-NAN shows no review

when customer3@example.org answers with 5 stars "Travail soigné."
and customer4@example.org answers with 1 star "Travail bâclé."
and customer5@example.org answers with 1 star "Cher, long, et personne ne s'excuse. Je ne reviendrai jamais."
then within 5 seconds the site FR-NAN shows 3 reviews
and the log holds no entry of kind refused

when verbatim moderate reads
and the text "Bande de connards mais bon travail." in fr with 5 stars
and the text "Bande de connards mais bon travail." in fr with 1 star
and the text "Travail soigné." in fr with 5 stars
and the text "Travail bâclé, je suis furieux." in fr with 1 star
and the text "You utter w a n k e r s 🤬" in en with 1 star
and the text "You utter w a n k e r s 🤬" in en with 5 stars
then its verdicts are human, human, publish, publish, human, human
