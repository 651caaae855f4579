# A mail server that says later, is too busy, hangs or hangs up: nothing is lost, nothing doubled, and we try again.
# Norms: EML-7, COL-6

given a mail server that says later
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds the mail server was tried 1 time or more
and within 5 seconds 1 mail is waiting
and the mail server has no mail
when the mail server is well again
then within 30 seconds the mail server has 1 different mail, none of them twice
and within 5 seconds 1 mail is sent
and every mail is complete

when the mail server is too busy to talk
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 20 seconds 1 mail is waiting
and for 2 seconds 1 mail is waiting
when the mail server is well again
then within 40 seconds the mail server has 2 different mails, none of them twice

when the mail server hangs
given an experience E3 of kind workshop at FR-NAN on day -10 by nina@example.org named Nina Blanc with consent invitation=legitimate_interest
then within 20 seconds 1 mail is waiting
and for 4 seconds 1 mail is waiting
when the mail server is well again
then within 40 seconds the mail server has 3 different mails, none of them twice

# It took the mail and hung up before it said so: we cannot know, so the same mail goes again under the same name.
when the mail server hangs up
given an experience E4 of kind workshop at FR-NAN on day -10 by oscar@example.org named Oscar Petit with consent invitation=legitimate_interest
then within 10 seconds the mail server has 4 different mails, repeated only under the same Message-ID
when the mail server is well again
then within 60 seconds 4 mails are sent
and the mail server has 4 different mails, repeated only under the same Message-ID
and 0 mails are waiting
and no work of the platform has used up its attempts
