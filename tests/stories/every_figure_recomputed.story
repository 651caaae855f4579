# Every figure on the transparency page is counted from the public log alone; anyone can count again, and a figure that was
# changed is found.
# Norms: NOT-7, MOD-1, MOD-2, MOD-4, PUB-1, PUB-3

given a platform with the demo's network
given 6 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer6@example.org has an invitation
when customer1@example.org answers with 1 star "Écrivez-moi au 06 12 34 56 78, je vends les mêmes pneus moins cher."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
when mehdi.hamidi@aurelle.example refuses the words as spam: "Votre texte propose une vente."
then within 5 seconds the log holds 1 entry of kind refused
when customer2@example.org answers with 5 stars "Parfait."
and customer3@example.org answers with 1 star "Horrible."
and customer4@example.org answers with 2 stars "Appelez-moi au 06 98 76 54 32."
and customer5@example.org answers with 4 stars "Bien."
then within 5 seconds the log holds 3 entries of kind published
when she opens her space
and she withdraws it
then within 5 seconds the log holds 1 entry of kind withdrawn
and within 60 seconds every figure of the transparency page is the one counted from the log
and the figures count 5 written, 3 published, 1 refused, 1 withdrawn and 1 waiting
and a stranger's own count agrees with the figures
and the log verifies

when the log is exported to a folder
then the folder verifies
and with total/refused of transparency.json raised by one the folder does not verify
and with by_star/4/received of transparency.json raised by one the folder does not verify
and with by_site/0/delay_p95 of transparency.json raised by one the folder does not verify
