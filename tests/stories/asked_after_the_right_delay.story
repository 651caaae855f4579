# Everyone is asked, after a delay that depends on what happened and on nothing else; one invitation a person and experience.
# Norms: COL-6, COL-7, COL-10, COL-5

given a platform with the demo's network
given an experience W1 of kind workshop at FR-NAN on day -1 by early@example.org named Ana Pons with consent invitation=yes
given an experience W2 of kind workshop at FR-NAN on day -2 by due@example.org named Ben Roy with consent invitation=yes
given an experience D1 of kind delivery at FR-NAN on day -6 by handover@example.org named Cleo Gay with consent invitation=yes
given an experience D2 of kind delivery at FR-NAN on day -7 by driver@example.org named Dan Rey with consent invitation=yes
given an experience O1 of kind order at FR-NAN on day -13 by order13@example.org named Eli Roux with consent invitation=yes
given an experience O2 of kind order at FR-NAN on day -14 by order14@example.org named Flo Huet with consent invitation=yes
given an experience U1 of kind used_car at FR-NAN on day -7 by used@example.org named Guy Noel with consent invitation=yes

then within 10 seconds due@example.org has an invitation
and within 10 seconds driver@example.org has an invitation
and within 10 seconds order14@example.org has an invitation
and within 10 seconds used@example.org has an invitation
and for 2 seconds early@example.org has no invitation
and handover@example.org has no invitation
and order13@example.org has no invitation
and the mail "invitation" to due@example.org says "Garage Kervadec"
and the experience W1 is waiting

when the same file experience-W2.csv is imported again as experiences
then it prints "1 read, 0 taken, 1 already there, 0 rejected" and ends with 0
and for 2 seconds due@example.org has 1 invitation
