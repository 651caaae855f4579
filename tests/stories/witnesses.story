# Witnesses watch the log: two honest ones, of which one is down for a while and comes back, and one that lies about where it
# stands. The log waits for nobody.
# Norms: TLG-5, TLG-6, TLG-7

given a platform with the demo's network
given 4 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
given a witness north of the log, a witness south of the log, and a liar east
when the platform asks the witnesses north, south and east, and two of them are enough
and customer1@example.org answers with 5 stars "Parfait."
then within 10 seconds the newest checkpoint is cosigned by north and south
and the newest checkpoint is not cosigned by east
and the log verifies with the witnesses north and south
and the log does not verify with the witness east
and the log verifies with 2 of the witnesses north, south and east
and the policy names north, south and east with a quorum of 2, and says that the quorum cosigned
and the policy says that east has not cosigned yet
and the metrics say that north is up and east is down

when the witness south goes down
and customer2@example.org answers with 1 star "Horrible."
then within 5 seconds the site FR-NAN shows 2 reviews
and within 10 seconds the newest checkpoint is cosigned by north
and the newest checkpoint is not cosigned by south
and the log verifies
and the log does not verify with the witness south at the newest checkpoint
when customer3@example.org answers with 3 stars "Moyen."
then within 5 seconds the site FR-NAN shows 3 reviews

when the witness south comes back
then within 70 seconds the newest checkpoint is cosigned by north and south
and the log verifies with the witnesses north and south

when the witness north is shown a log that forked
then it answers 409 with the size it has seen
when the witness north is shown an older checkpoint as if it were new
then it answers 409 with the size it has seen
when the witness north is shown a log it does not know
then it answers 404
when the witness north is shown a checkpoint that the log did not sign
then it answers 403
when the witness north is shown a body that is not one
then it answers 400
when the witness north is shown a longer tree without its proof
then it answers 422
