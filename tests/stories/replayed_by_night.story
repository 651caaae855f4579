# Each night the platform counts again from the log what its own pages show, holds its tables against the log, keeps a digest of
# every page, and tells headquarters and auditors when something comes out otherwise.
# Norms: NOT-7, PUB-3

given a platform with the demo's network
given 2 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer2@example.org has an invitation
when customer1@example.org answers with 1 star "Horrible."
and customer2@example.org answers with 4 stars "Bien."
then within 5 seconds the log holds 2 entries of kind published
and within 10 seconds the metrics say verbatim_replay_nights 1
when the night's replay is run
then it finds all the same

when somebody makes five stars of one behind the platform's back
and the night's replay is run
then it finds a difference and says "site:FR-NAN"
and within 10 seconds the metrics say verbatim_replay_nights_differing 1
and within 10 seconds chantal.colin@aurelle.example has the mail "replay"
and within 10 seconds adil.elamrani@aurelle.example has the mail "replay"
and the mail "replay" to adil.elamrani@aurelle.example says "is displayed, the log makes"
