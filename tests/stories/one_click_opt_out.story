# One click in the mail program ends invitations at once: no confirmation, no login, no redirect, form or multipart.
# Norms: EML-1, EML-3, EML-4, EML-10, COL-6

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
and within 10 seconds paul@example.org has an invitation

when claire@example.org only looks at the unsubscribe page
then the page says "c…@example.org"
when the mail program of claire@example.org unsubscribes with one click as a form
and the mail program of paul@example.org unsubscribes with one click as multipart
given an experience E3 of kind delivery at FR-NAN on day -8 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E4 of kind workshop at FR-LYO on day -5 by paul@example.org named Paul Morel with consent invitation=yes
then for 3 seconds claire@example.org has 1 invitation
and paul@example.org has 1 invitation
and the experience E3 is suppressed because of opt_out
and the experience E4 is suppressed because of opt_out

# The review that was already asked for may still be written, and mails about it still come.
when the invitation of claire@example.org is opened
when she sends 3 stars "Correct."
then within 5 seconds claire@example.org has the mail "receipt"

when paul@example.org wants invitations again
given an experience E5 of kind workshop at FR-LYO on day -4 by paul@example.org named Paul Morel with consent invitation=yes
then within 10 seconds paul@example.org has 2 invitations
