# Who may be asked is committed to in the public log before anybody is; later the log says what became of each. Nobody is left out in silence.
# Norms: COL-7, COL-6, EML-7, TLG-1, TLG-9

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=no
given an experience E3 of kind workshop at FR-NAN on day -200 by late@example.org named Zoe Lang with consent invitation=yes
given an experience E4 of kind delivery at FR-NAN on day -9 by marie@example.org named Marie Blanc with consent invitation=yes and invoice F-2026-77
given an experience E5 of kind workshop at FR-LYO on day -3 by lyon@example.org named Ana Pons with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
and within 10 seconds marie@example.org has an invitation
and the log commits to 4 eligible experiences of FR-NAN
and the log commits to 1 eligible experience of FR-LYO
and the invitation of claire@example.org left after the log had its batch of FR-NAN
and the log says of FR-NAN that 0 answered, 0 expired and 1 as no_basis, 1 as too_old suppressed
and the check prints 4 eligible, 0 answered, 0 expired, 2 suppressed and 2 open at FR-NAN

when claire@example.org answers with 1 star "Deux heures d'attente."
and marie@example.org answers with 5 stars "Parfait."
then within 10 seconds the log says of FR-NAN that 2 answered, 0 expired and 1 as no_basis, 1 as too_old suppressed
and the log does not say yet what became of FR-LYO
and within 10 seconds the log holds 2 entries of kind published
and the log verifies
and the check prints 4 eligible, 2 answered, 0 expired, 2 suppressed and 0 open at FR-NAN
and no entry of the log holds "claire"

when the log written anew as it is verifies
then a dishonest operator writes the log anew so that the batches are left out, this is found
and a dishonest operator writes the log anew so that fewer were eligible, this is found
and a dishonest operator writes the log anew so that an answer is called expired, this is found
and a dishonest operator writes the log anew so that one more answered than reviews are there, this is found
and a dishonest operator writes the log anew so that an outcome is said twice, this is found
and a dishonest operator writes the log anew so that a review of nobody is added, this is found
