# In Germany a review mail is advertising: legitimate interest does not suffice. Nobody is written to, everybody is counted.
# Norms: INC-6, GDP-1, COL-7

given a platform with the demo's network
given an experience D1 of kind workshop at DE-MUC on day -10 by hans@example.org named Hans Weber with consent invitation=legitimate_interest and locale de-DE
given an experience D2 of kind workshop at DE-MUC on day -10 by eva@example.org named Eva Braun with consent invitation=soft_optin and locale de-DE
given an experience D3 of kind workshop at DE-MUC on day -10 by uwe@example.org named Uwe Lange with consent invitation=yes and locale de-DE
given an experience D4 of kind workshop at DE-MUC on day -10 by ida@example.org named Ida Koch with consent invitation=no and locale de-DE
given an experience D5 of kind workshop at DE-MUC on day -10 by ute@example.org named Ute Horn with consent marketing=yes and locale de-DE
given an experience D6 of kind workshop at DE-MUC on day -95 by jan@example.org named Jan Vogt with consent invitation=yes and locale de-DE

then within 10 seconds eva@example.org has an invitation
and within 10 seconds uwe@example.org has an invitation
and for 2 seconds hans@example.org has no invitation
and ida@example.org has no invitation
and ute@example.org has no invitation
and jan@example.org has no invitation
and the experience D1 is suppressed because of no_basis
and the experience D4 is suppressed because of no_basis
and the experience D5 is suppressed because of no_basis
and the experience D6 is suppressed because of too_old
and within 5 seconds the figures count 6 customers of DE-MUC to be asked
and within 30 seconds every figure of the transparency page is the one counted from the log
