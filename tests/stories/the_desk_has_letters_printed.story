# Whoever manages the plan has its letters printed from the desk: a run of what waits, its files for the printer, and what the post brought back.
# Until somebody says that a run lies at the printer's its letters are not sent, so that a download that broke off loses none.
# Norms: EML-4, EML-10, GDP-2, GDP-6

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an API key for maud.delage@example.org as crm of FR
given an API key for adil.elamrani@aurelle.example as auditor of *
given an experience P1 of kind order at FR-LYO on day -8 by basile@example.org named Basile Renard with consent marketing=yes and product ARIETTA and street "21 quai Rambaud" and postcode 69002 and city Lyon
given an experience P2 of kind order at DE-HAM on day -8 by meike@example.org named Meike Petersen with consent marketing=yes and product PAVANE and street "Hafenweg 3" and postcode 20457 and city Hamburg
when in the plan the welcome goes by paper alone
and the packaged plan without quiet hours is published as version 2026-11-02 and has held for 30 days
and the plan looks at whom something is due for
then rocio.serrano@aurelle.example sees 2 letters wait for paper and no print run
and to maud.delage@example.org and adil.elamrani@aurelle.example print runs are closed
when rocio.serrano@aurelle.example makes a print run at the desk
then rocio.serrano@aurelle.example sees 0 letters wait for paper and print run 1 with 2 letters, not printed
and of print run 1 rocio.serrano@aurelle.example fetches letters, addresses and a manifest that fit each other
and letter 1-00001 fetched there goes to "Meike Petersen, Hafenweg 3, 20457, Hamburg, DE"
and the audit trail has a line of each file rocio.serrano@aurelle.example fetched
when rocio.serrano@aurelle.example makes a print run at the desk
then that is refused, for nothing waits

# The command makes the very same files, for the run is not at the printer's yet.
when the letters are printed
then print run 1 has 2 letters, every file is as its manifest says, and none is missing
and they are the files rocio.serrano@aurelle.example fetched, byte by byte
when rocio.serrano@aurelle.example says that print run 1 is at the printer's
then rocio.serrano@aurelle.example sees 0 letters wait for paper and print run 1 with 2 letters, printed
when the letters are printed
then no letter waits for paper

when rocio.serrano@aurelle.example notes what came back: 1-00002 because of "unknown at this address", 7-00001 because of "moved"
then 1 letter is taken, 0 are told before, and 7-00001 is of no letter
when rocio.serrano@aurelle.example notes what came back: 1-00002 because of "again"
then 0 letters are taken, 1 is told before, and all are known
given an experience P3 of kind order at FR-LYO on day -8 by oscar@example.org named Oscar Lantier with consent marketing=yes and product ARIETTA and street "21, quai Rambaud" and postcode 69002 and city LYON
when the plan looks at whom something is due for
then rocio.serrano@aurelle.example decided about oscar@example.org: welcome no_channel
and rocio.serrano@aurelle.example sees that 1 letter of print run 1 came back
