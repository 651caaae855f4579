# An address that is refused for good is not tried for ever; the refusal is kept. A killed platform sends what was waiting.
# Norms: EML-7

given a mail server that refuses
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds 1 mail is refused
and 0 mails are waiting
and the mail server has no mail

when the mail server hangs
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds the mail server was tried 2 times or more
when the platform is killed
and the mail server is well again
and the platform is started again
then within 30 seconds the mail server has 1 different mail, none of them twice
and 1 mail is refused
