# Mail scanners follow links. Opening one records nothing; the star in the mail only pre-fills.
# Norms: COL-8, INC-5, EML-3

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation

when the invitation of claire@example.org is opened at star 1
then the form shows 1 star chosen
when the invitation of claire@example.org is opened at star 5
then the form shows 5 stars chosen
when the invitation of claire@example.org is opened at star 9
then the form shows no star chosen
when claire@example.org only looks at the unsubscribe page
then for 2 seconds the site FR-NAN shows no review
and the experience E1 is invited
and the metrics say verbatim_log_entries 1

when HEAD is asked of the invitation of claire@example.org
then the answer is 200
and the answer has no body
when the invitation of claire@example.org is opened
then the form shows no star chosen
when she sends 3 stars ""
then within 5 seconds the site FR-NAN shows 1 review with 3 stars
