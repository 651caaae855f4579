# What is malformed, too large or too much is refused with a clear answer, and nothing breaks.
# Norms: COL-8, ACC-4

given the setting limits.posts_per_minute=20
given the setting limits.header_seconds=2
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation

when a form with broken UTF-8 is sent to the invitation of claire@example.org
then the answer is 400
when a form of 10 megabytes is sent to the invitation of claire@example.org
then the answer is 413
when a form of 2 megabytes is sent to the invitation of claire@example.org
then the answer is 413
when a header of 20 kilobytes is sent
then the answer is 431
then a request with both Content-Length and Transfer-Encoding is answered 400 and the connection closed, the next request on it never read
and a request with a bare line feed is answered 400 and the connection closed, the next request on it never read
and a request with a folded header is answered 400 and the connection closed, the next request on it never read
and a request with two different lengths is answered 400 and the connection closed, the next request on it never read
and a request with no host is answered 400 and the connection closed, the next request on it never read
and a request with a space before the colon is answered 400 and the connection closed, the next request on it never read
and a visitor sends half a header and waits, the connection is closed within 5 seconds
and another site's page cannot send the form of claire@example.org

when GET /api/v1/sites/FR-NAN/reviews?limit=0 is asked
then the answer is problem JSON with status 400
when GET /api/v1/sites/FR-NAN/reviews?limit=101 is asked
then the answer is problem JSON with status 400
when GET /api/v1/sites/FR-NAN/reviews?after=rubbish is asked
then the answer is problem JSON with status 400
when GET /api/v1/sites/NONE/rating is asked
then the answer is problem JSON with status 404
when GET /api/v1/nothing is asked
then the answer is problem JSON with status 404
when GET /en/sites/NONE is asked
then the answer is 404
when GET /xx/sites/FR-NAN is asked
then the answer is 404
when DELETE /en/sites/FR-NAN is asked
then the answer is 405
and the answer has a header Allow

when the invitation of claire@example.org is opened
when she sends 4 stars "Et pourtant, ça marche."
then within 5 seconds the site FR-NAN shows 1 review with 4 stars
# (the batch she belongs to, her words collected and published, the batch's outcome)
and within 5 seconds the metrics say verbatim_log_entries 4
and 25 forms are sent within a minute, 15 are heard and the rest answered 429 with Retry-After
and the metrics say verbatim_log_entries 4
