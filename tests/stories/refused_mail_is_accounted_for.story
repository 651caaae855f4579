# An invitation that the mail server refuses for good, and one whose person leaves while it waits, are accounted for by their reason.
# Norms: COL-7, EML-4, EML-7

given a mail server that refuses
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds 1 mail is refused
and within 10 seconds the experience E1 is suppressed because of bounce
and within 10 seconds the log says of FR-NAN that 0 answered, 0 expired and 1 as bounce suppressed
and the log verifies
