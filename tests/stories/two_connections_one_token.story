# One link, many connections at the same moment: exactly one review comes of it.
# Norms: COL-10

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E2 of kind workshop at FR-LYO on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
and within 10 seconds paul@example.org has an invitation

when the invitation of claire@example.org is opened
then the form sent from 2 connections at once with 3 stars "Correct." is taken once and refused 1 times with 410
when the invitation of paul@example.org is opened
then the form sent from 16 connections at once with 4 stars "Bien." is taken once and refused 15 times with 410

then within 5 seconds the site FR-NAN shows 1 review with 3 stars
and within 5 seconds the site FR-LYO shows 1 review with 4 stars
and within 5 seconds the log holds 2 entries of kind published
and for 1 second the log holds 2 entries of kind collected
