# Words that were erased are not mailed to anyone afterwards, not even to the site that was to be alerted.
# Norms: GDP-4

given a mail server
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by zenobie@example.org named Zénobie Quatrelivres with consent invitation=legitimate_interest
then within 10 seconds zenobie@example.org has an invitation
when the mail server says later
and the invitation of zenobie@example.org is opened
and she sends 1 star "Un grincement de marmotte au freinage." signing with her name
and the author's space is opened from the thank-you page
then within 5 seconds the site FR-NAN shows 1 review with 1 star
and within 5 seconds the mail server was tried 5 times or more
and within 5 seconds no mail is under way
when everything is erased there
then within 60 seconds the bytes of the database hold "marmotte" no more
and within 60 seconds the bytes of the database hold "Quatrelivres" no more
when the mail server is well again
then for 15 seconds no mail sent from now on holds "marmotte"
and within 10 seconds 0 mails are waiting
