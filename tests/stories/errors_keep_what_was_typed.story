# Who makes a mistake in the form loses nothing and is told what to mend.
# Norms: COL-3, ACC-4, COL-8

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and product VIRELAI
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened

when she tries to send no star "Très <b>déçue</b> & triste\n« vraiment »" signing anonymously, with title "L'essai", recommending 3, asking to be called
then the answer is 422
and the form still holds "Très <b>déçue</b> & triste\n« vraiment »" in body
and the form still holds "L'essai" in title
and the form still has recommend at "3"
and the form still has signature at "anonymous"
and the form still has contact_me at "yes"
and the form shows no star chosen
and the page names the problem rating_missing
and the page holds "<b>déçue</b>" only as harmless text

when she tries to send 2 stars "</textarea><script>alert(1)</script>" without the declaration
then the answer is 422
and the page holds "</textarea><script>alert(1)</script>" only as harmless text
and the form shows 2 stars chosen
and the page names the problem declaration_missing

when she tries to send 2 stars "Bien" with criterion price 7
then the answer is 422
and the criterion price names the problem rating_range
when she tries to send 6 stars "Bien"
then the answer is 422
when she tries to send 2 stars "Bien" recommending 11
then the answer is 422
when she tries to send 2 stars and a text of 8001 letters
then the answer is 422
and the page names the problem too_long
then the metrics say verbatim_log_entries 1
# (the batch she belongs to)

when she sends 2 stars "Très <b>déçue</b> & triste\n« vraiment »" signing anonymously
then within 5 seconds the site FR-NAN shows 1 review with 2 stars
and the newest review of the site FR-NAN says "Très <b>déçue</b> & triste\n« vraiment »"
and the newest review of the site FR-NAN is anonymous
when a visitor opens /fr/sites/FR-NAN
then the page holds "<b>déçue</b>" only as harmless text
