# Words from elsewhere are shown with their source and never mixed into the platform's own rating; twice is once.
# Norms: SDT-4, PUB-3, PUB-6, COL-2

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 5 stars "Travail soigné."
then within 5 seconds the site FR-NAN shows 1 review with 5 stars

given the file elsewhere.jsonl holds
and the line {"id":"1","source":"ForumAuto","lang":"fr","subject":"site:FR-NAN","rating":2,"rating_max":5,"title":"Bof","body":"Pas rappelé.","date":"2026-05-04","author":"lulu44"}
and the line {"id":"2","source":"ForumAuto","lang":"fr","subject":"site:FR-NAN","rating":6,"rating_max":10,"title":null,"body":"Moyen.","date":"2026-05-05","author":null}
and the line {"id":"3","source":"ForumAuto","lang":"fr","subject":"FR-NAN","rating":null,"body":"Sans note mais poli.","date":"2026-05-06","author":"x"}
and the line {"id":"4","source":"ForumAuto","lang":"fr","subject":"site:FR-NAN","rating":1,"rating_max":5,"body":"Tous des connards.","date":"2026-05-06","author":"y"}
and the line {"id":"5","source":"ForumAuto","lang":"fr","subject":"site:NOWHERE","rating":1,"body":"Où ?","date":"2026-05-06","author":"z"}
and the line {"id":"6","source":"ForumAuto","lang":"fr","subject":"site:FR-NAN","date":"2026-05-06"}
and the line this is no JSON
when reviews are imported from it
then it prints "7 read, 4 taken, 0 already there, 3 rejected" and ends with 0
and the rejected file is exactly
and rejected line 5 because of "NOWHERE"
and rejected line 6 because of "rating"
and rejected line 7 because of "JSON"
and no further row is rejected
and within 5 seconds the site FR-NAN shows 3 gathered reviews of "ForumAuto" with an average of 2.5 over 2 rated
and the site FR-NAN has an average of 5.0 over 1 review
and the site FR-NAN shows 1 review with 5 stars
and within 5 seconds the log holds 3 entries of kind gathered
and the log verifies
and within 10 seconds mehdi.hamidi@aurelle.example has the mail "moderation_digest"

when the same file is imported again as reviews
then it prints "7 read, 0 taken, 4 already there, 3 rejected" and ends with 0
and for 1 second the site FR-NAN shows 3 gathered reviews of "ForumAuto" with an average of 2.5 over 2 rated
and the log holds 3 entries of kind gathered

when the reviews are exported as a file
then the exported file has 4 lines and one says "Pas rappelé."
