# An invitation that waits for a mail server is not sent any more once the person has opted out.
# Norms: EML-4, COL-6, COL-7, GDP-4

given a mail server
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the mail server says later
given an experience E2 of kind delivery at FR-NAN on day -8 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds 1 mail is waiting
# Long enough for the first try to be over: what is under way when somebody leaves cannot be called back.
and for 4 seconds 1 mail is waiting
when the mail program of claire@example.org unsubscribes with one click as a form
# A disk that stalls can bring the next try and the leaving to one moment: that try still meets the server's old mood.
then within 10 seconds no mail is under way
when the mail server is well again
then for 15 seconds claire@example.org has 1 invitation
and within 5 seconds 0 mails are waiting
and within 5 seconds the experience E2 is suppressed because of opt_out
and within 5 seconds the log says of FR-NAN that 0 answered, 0 expired and 1 as opt_out suppressed
