# Pages as programs see them: HEAD, conditional requests, compression, safe headers, no cookies, health and figures.
# Norms: NOT-1, TLG-4

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 4 stars "Bien."
then within 5 seconds the newest review of the site FR-NAN has its place in the log on the page too

when /api/v1/sites/FR-NAN/reviews is read
then the answer has a header ETag
when the same is asked again with its ETag
then the answer is 304
and the answer has no body
when /fr/sites/FR-NAN is read
then the answer has "default-src 'none'" in its header Content-Security-Policy
and the answer has "nosniff" in its header X-Content-Type-Options
and the answer has no header Set-Cookie
and the answer has no header Strict-Transport-Security
when the same is asked again with its ETag
then the answer is 304
and HEAD /fr/sites/FR-NAN has the header lines of GET and no body
and HEAD /api/v1/sites/FR-NAN/rating has the header lines of GET and no body
and HEAD /healthz has the header lines of GET and no body
and 20 pipelined requests for /api/v1/sites/FR-NAN/rating are answered in order
and 20 pipelined requests for /healthz are answered in order

when GET /fr/sites/FR-NAN is asked with Accept-Encoding: br
then the answer has "br" in its header Content-Encoding
when GET /fr/sites/FR-NAN is asked with Accept-Encoding: gzip
then the answer has "gzip" in its header Content-Encoding
when GET / is asked with Accept-Language: de-AT,de;q=0.8
then the answer is 302
and the answer has "/de/" in its header Location
when GET /fr/sites/FR-NAN/ is asked
then the answer is 404 or 301
when GET /robots.txt is asked
then the answer is 200
when GET /sitemap.xml is asked
then the answer is 200
and the answer says "/sites/FR-NAN"
when GET /healthz is asked
then the answer is 200
when GET /readyz is asked
then the answer is 200
and the metrics are Prometheus text with verbatim_http_requests_total
and within 5 seconds the access log is JSON lines with a request id, a method, a status and no secret
when the platform is told to stop it ends within ten seconds with exit 0
