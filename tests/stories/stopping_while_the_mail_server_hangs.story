# SIGTERM drains and stops within ten seconds, whatever the mail server does; the mail goes out after the next start.
# Norms: EML-7

given a mail server that hangs without any hurry on our side
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds the mail server was tried 1 time or more
when the platform is told to stop it ends within ten seconds with exit 0
and the mail server is well again
and the platform is started again
then within 60 seconds the mail server has 1 different mail, none of them twice
