# A customer known under several numbers takes and erases everything at once; a household's other member stays.
# Norms: GDP-3, GDP-4

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and customer K-1 and invoice F-1
given an experience E2 of kind workshop at FR-LYO on day -9 by claire@example.org named Claire Durand with consent invitation=legitimate_interest and customer K-2 and invoice F-2
given an experience E3 of kind workshop at FR-LYO on day -8 by claire@example.org named Paul Durand with consent invitation=legitimate_interest and customer K-3 and invoice F-3
then within 10 seconds claire@example.org has 3 invitations
when the newest invitation of claire@example.org about Garage Kervadec is answered with 4 stars "Bien."
then within 5 seconds claire@example.org has the mail "receipt"
when she exports everything
then the export holds "K-1"
and the export holds "K-2"
and the export does not hold "K-3"
when she erases everything
then verbatim export person of claire@example.org holds "K-3"
and verbatim export person of claire@example.org does not hold "K-1"
and verbatim export person of claire@example.org does not hold "K-2"
when the administrator erases claire@example.org
then verbatim export person of claire@example.org knows nobody
and the log verifies
