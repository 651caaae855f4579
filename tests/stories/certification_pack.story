# The certification pack: every requirement with what shows it today or the human who has the duty; signed, and the same for the same
# moment. An auditor reads it behind a link and lays down the proof of a duty.
# Norms: COL-2, COL-4, MOD-5, NOT-5, EML-1, FRA-1, GDP-7

given the setting brand.operator=Aurelle Automobiles
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened
when she sends 2 stars "Le rendez-vous a été oublié deux fois."
then within 5 seconds the site FR-NAN shows 1 review

when the pack is made as of now into one folder, and again into another
then both packs are the same to the byte
and the pack holds 102 requirements, each with evidence or a named duty
and each measured requirement says its value, what it expects and how it was asked
and the pack's requirement COL-2 is met
and the pack's requirement MOD-5 is met
and the pack's requirement NOT-5 is met
and the pack's requirement EML-1 is met
and the pack's requirement FRA-1 has no proof
and the pack's duty FRA-1 is missing
and the pack names no word, name or address of claire@example.org
and the pack's signature holds
and with one byte of evidence.json changed the pack's signature does not hold
and with one byte of evidence.pdf changed the pack's signature does not hold

when an auditor's link is made for anne@example.org
when the auditor's page is opened
then the answer is 200
when the platform's reviews are meddled with, one losing its date of the experience
when the auditor measures again
then within 5 seconds chantal.colin@aurelle.example has the mail "evidence_changed"
and the mail "evidence_changed" to chantal.colin@aurelle.example says "COL-4"
when the pack is made as of now into one folder
then the pack's requirement COL-4 is not met

when the auditor's page is opened
then the answer is 200
and the page says "COL-4"
when she lays down for FRA-1 on day -3 the note "Policy approved by the board."
then the answer is 200
and the page says "Policy approved by the board."
when the pack is made as of now into one folder
then the pack's requirement FRA-1 has a proof of day -3
and the pack's duty FRA-1 is done
when the pack is made as of 400 days from now
then the pack's duty FRA-1 is overdue
when she lays down for COL-1 on day -3 the note "I was there."
then the answer is 422
when she lays down for FRA-1 on day 2 the note "Tomorrow."
then the answer is 422
when the auditor's page is asked for evidence.pdf
then the answer is 200
when an unknown auditor's link is opened
then the answer is 404
