# What several customers say becomes what somebody changes; those who said it hear of it, once, and only who may be written to.
# Norms: GDP-1, GDP-4, EML-10, EML-11

given a platform with the demo's network
given the program hq has a key of chantal.colin@aurelle.example with role hq
given the program france has a key of aurelie.fauvel@aurelle.example with role country for FR
given the program germany has a key of uwe.hartung@aurelle.example with role country for DE
given the program auditor has a key of adil.elamrani@aurelle.example with role auditor
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest;marketing=yes
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest;marketing=no
given an experience E3 of kind workshop at FR-NAN on day -10 by jean@example.org named Jean Petit with consent invitation=legitimate_interest;marketing=yes
then within 10 seconds claire@example.org has an invitation
and within 10 seconds paul@example.org has an invitation
and within 10 seconds jean@example.org has an invitation
when claire@example.org answers with 3 stars "Deux heures pour une vidange."
and paul@example.org answers with 3 stars "On attend trop longtemps."
and jean@example.org answers with 3 stars "Bon travail, mais quelle attente."
then within 10 seconds the site FR-NAN shows 3 reviews with 3 stars

when hq writes the finding "Waiting at the workshop" about the reviews of FR-NAN
then hq sees 1 finding
and auditor sees 1 finding
and france sees 0 findings
and france finds no such finding
and france may not write a finding about the reviews of FR-NAN
and hq may send it to "Aurélie Fauvel" and not to "Uwe Hartung"
when hq sends it to "Aurélie Fauvel"
then within 5 seconds aurelie.fauvel@aurelle.example has the mail "finding"
and france sees 1 finding
and france reads 3 sentences behind it
and germany sees 0 findings
and germany finds no such finding
and france may not close it
when france answers it "We saw it too." and changed "A second lift."
then within 5 seconds chantal.colin@aurelle.example has the mail "finding_answered"

# Paul wants no marketing; nobody hears of it in a language he did not choose.
and closing it in fr would tell 2 and hold back 1 for no_basis
and closing it in de would tell 0 and hold back 2 for language
when hq closes it with "Un deuxième pont, et quelqu'un qui appelle quand c'est prêt." in fr
then within 10 seconds claire@example.org has the mail "finding_changed"
and within 10 seconds jean@example.org has the mail "finding_changed"
and paul@example.org has no mail "finding_changed"
and hq has told 2 customers and held back 1

# The month of the point of sale.
and france reads in the report of site:FR-NAN for the running month 3 reviews and to do answer
and germany finds no report of site:FR-NAN
