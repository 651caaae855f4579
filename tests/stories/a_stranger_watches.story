# Whoever watches the log notices when its operator begins to lie: another past, entries taken back, a star that is not the log's, a sum that does not add up.
# Norms: TLG-2, TLG-5, TLG-9, NOT-7, COL-7

given a platform with the demo's network
given 3 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer3@example.org has an invitation
when customer1@example.org answers with 5 stars "Parfait."
then within 10 seconds the log holds 1 entry of kind published
when a stranger watches the log
then within 10 seconds the watch has looked 2 times more
and the watch is silent
when customer2@example.org answers with 1 star "Horrible."
then within 10 seconds the log holds 2 entries of kind published
and within 10 seconds the watch has looked 3 times more
and the watch is silent

when the operator displays an average of 4.9
then within 20 seconds the watch tells of a display about site:FR-NAN
when the operator is honest again
and the operator rewrites the past
then within 10 seconds the watch tells of a fork
when the operator takes the newest entry back
then within 10 seconds the watch tells of shrunk
when the watch is stopped it ends with 1
# what is still wrong was told before
then one look at the log ends with 1 and tells of nothing
when the operator is honest again
then one look at the log ends with 0 and tells of nothing
when the operator rewrites the past
then one look at the log ends with 1 and tells of fork

when the operator is honest again
and the operator signs a receipt for claire@example.org and keeps its entry out of the log
and a stranger watches the log with the receipt of claire@example.org
then within 20 seconds the watch tells of late about withheld0000000
when the watch is stopped it ends with 1
and a stranger watches the log with a command and a webhook
then within 10 seconds the watch has looked 2 times more
and the watch is silent
when the operator says that 1 answered of nobody
then within 10 seconds the watch tells of a rule
and within 5 seconds the command and the webhook have the same rule
when the watch is stopped it ends with 1
