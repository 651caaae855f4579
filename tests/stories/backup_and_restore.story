# Stop, copy the data folder, start from the copy: everything is there and the log goes on under its own key.
# Norms: TLG-5, TLG-6
# Only on SQLite, where the data folder holds all.

given a platform with the demo's network
given 3 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer3@example.org has an invitation
when customer1@example.org answers with 5 stars "Parfait."
and customer2@example.org answers with 1 star "Horrible."
then within 5 seconds the site FR-NAN shows 2 reviews
and within 5 seconds the log holds 2 entries of kind published
and the checkpoint is written down

when the platform is stopped
and its data folder is copied to a backup
then starting the platform without its log key fails and says what to do
when the platform is started from the backup
then the site FR-NAN shows 2 reviews
and the log has only grown since
and the log verifies
when customer3@example.org answers with 3 stars "Moyen."
then within 5 seconds the site FR-NAN shows 3 reviews
and within 5 seconds the log holds 3 entries of kind published
and the log has only grown since
and the log verifies
