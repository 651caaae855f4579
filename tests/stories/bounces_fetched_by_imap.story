# What came back lies in a mailbox at a real IMAP server (dovecot): it is read over TLS, marked as seen when what it says is durable, and
# nothing is lost while that server is away, shows a stranger's certificate or takes another password.
# Norms: EML-7, EML-8, EML-10

given a mail server
given a mailbox at an IMAP server for what comes back
given the setting mail.bounce_domain=bounces.example.org
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by yvonne@example.org named Yvonne Keller with consent invitation=legitimate_interest
given an experience E2 of kind workshop at FR-NAN on day -10 by marcel@example.org named Marcel Dubois with consent invitation=legitimate_interest
given an experience E3 of kind workshop at FR-NAN on day -10 by noemie@example.org named Noémie Blanc with consent invitation=legitimate_interest
then within 10 seconds yvonne@example.org has an invitation
and within 10 seconds marcel@example.org has an invitation
and within 10 seconds noemie@example.org has an invitation

# The server is away: it waits there.
when the IMAP server stops
and the mailbox gets the invitation to yvonne@example.org back, given up for good
then a look into the mailbox fails and may be tried again
when the IMAP server starts
and somebody looks into the mailbox
then what was read is "1 read, 1 suppressed"
and within 10 seconds the experience E1 is suppressed because of bounce
when somebody looks into the mailbox
then what was read is "0 read"

# Nor does what a broken server says do harm.
then a look at a server that dies in the middle of a message fails and may be tried again
and a look at a server that announces a message of a hundred gigabytes fails and may be tried again
and a look at a server that says a line that does not end fails and may be tried again
and a look at a server that refuses fails and may be tried again
and a look at a server that says goodbye fails and may be tried again

# A stranger in its place is told nothing, and a wrong password opens nothing.
when the mailbox gets a complaint of marcel@example.org about the invitation
then a look that trusts another certificate fails and may be tried again
and a look with another password fails and may be tried again
when the mailbox gets an advertisement of two megabytes
and somebody looks into the mailbox
then what was read is "2 read, 1 complaint, 1 no_report"

# Killed between keeping and marking, it is read again, and counts once.
when nothing in the mailbox was marked as seen
and somebody looks into the mailbox
then what was read is "3 read, 2 known, 1 no_report"

# The platform looks by itself.
when the mailbox gets the invitation to noemie@example.org back, given up for good
and the platform is killed
and a day passes for looks into the mailbox
and the platform is started again
then within 10 seconds the experience E3 is suppressed because of bounce
and within 10 seconds all in the mailbox is seen
