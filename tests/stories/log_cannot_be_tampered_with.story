# Anyone checks the log, over HTTP and from a folder; one changed byte anywhere is found.
# Norms: TLG-3, TLG-4, TLG-5, TLG-6, TLG-10, PUB-3, NOT-7

given a platform with the demo's network
given 5 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer5@example.org has an invitation
when customer1@example.org answers with 5 stars "Parfait."
and customer2@example.org answers with 1 star "Horrible."
then within 5 seconds the site FR-NAN shows 2 reviews
and within 5 seconds the log holds 2 entries of kind published
and the checkpoint is written down
when customer3@example.org answers with 3 stars "Moyen."
and customer4@example.org answers with 2 stars "Long."
and customer5@example.org answers with 4 stars "Bien."
then within 5 seconds the log holds 5 entries of kind published
and the site FR-NAN has an average of 3.0 over 5 reviews
and the log has only grown since
and a stranger's own arithmetic agrees with the log
and the log verifies
and the log does not verify under another key

when the log is exported to a folder
then the folder verifies
and with one byte of a tile changed the folder does not verify
and with one byte of an entry bundle changed the folder does not verify
and with one byte of ratings.json changed the folder does not verify
and with one byte of the checkpoint changed the folder does not verify
and the folder verifies

when GET /log/checkpoint is asked
then the answer has "text/plain" in its header Content-Type
when GET /log/tile/0/000.p/200 is asked
then the answer is 404
when GET /log/tile/9/000 is asked
then the answer is 404
when GET /log/tile/0/../../key is asked
then the answer is 404 or 400
