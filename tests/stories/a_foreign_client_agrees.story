# A client written by others, with others' cryptography, reads the log and comes to the same end as our checker; what one refuses, both refuse.
# Norms: TLG-3, TLG-4, TLG-5, TLG-6

given a platform with the demo's network
given 4 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer4@example.org has an invitation
when customer1@example.org answers with 5 stars "Parfait."
then within 10 seconds the log holds 1 entry of kind published
and the checkpoint is written down
and an independent client agrees with ours about the log
when customer2@example.org answers with 1 star "Horrible."
and customer3@example.org answers with 3 stars "Moyen."
then within 10 seconds the log holds 3 entries of kind published
and an independent client agrees with ours about the log
and an independent client finds that the log continues the checkpoint that was written down
and another log of the operator's own does not continue the checkpoint, the independent client says so

when the log is exported to a folder
then an independent client agrees with ours about the folder
and with one byte of a tile changed neither ours nor the independent client takes the folder
and with one byte of an entry bundle changed neither ours nor the independent client takes the folder
and with one byte of the checkpoint changed neither ours nor the independent client takes the folder
and an independent client agrees with ours about the folder
