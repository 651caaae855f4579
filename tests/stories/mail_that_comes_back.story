# Each mail leaves with a return address that only we can have made. An address that is gone gets no invitation any more, a full mailbox
# is left alone after three messages, who complains is heard at once; what is forged does nothing, and a report taken twice counts once.
# Norms: EML-7, EML-8, EML-10, COL-6

given a mail server
given the setting mail.bounce_domain=bounces.example.org
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
and within 10 seconds paul@example.org has an invitation

when somebody forges that the invitation to claire@example.org came back
then the report was taken as forged
when the invitation to claire@example.org comes back, the mailbox is full
then the report was taken as counted
when the invitation to claire@example.org comes back, given up for good
then the report was taken as suppressed
and within 10 seconds the experience E1 is suppressed because of bounce
when the invitation to claire@example.org comes back, given up for good
then the report was taken as known

when paul@example.org complains of the invitation
then the report was taken as complaint

# An import that names both again opens neither address.
given an experience E3 of kind delivery at FR-NAN on day -8 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E4 of kind delivery at FR-NAN on day -8 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds the experience E3 is suppressed because of opt_out
and within 10 seconds the experience E4 is suppressed because of opt_out
and claire@example.org has 1 invitation
and paul@example.org has 1 invitation
