# Every private operation of the API, tried by every role on a branch that is not theirs: nobody without a session or a key gets an answer,
# nobody without the permission, and nobody sees, changes or even learns of what lies beside their branch. The list of operations is the
# OpenAPI file's own, which the server holds against its routes when it starts; an operation without a sample here fails the story.
# Norms: GDP-6

given the setting reply.digest_minutes=0
given the setting limits.posts_per_minute=0
given the setting access.second_factor=optional
given a platform with the demo's network

# Something of each kind lies in Munich: an unhappy customer with a case, a review that waits, an answer, a notice, a complaint, a user, a key,
# a call the plan wants made.
given an experience G1 of kind workshop at DE-MUC on day -10 by greta@example.org named Greta Zephyrkraut with consent invitation=yes
given an experience G2 of kind workshop at DE-MUC on day -9 by gerd@example.org named Gerd Zephyrkraut with consent invitation=yes
given an experience G3 of kind workshop at DE-MUC on day -8 by gisa@example.org named Gisa Zephyrkraut with consent invitation=yes
given an experience G4 of kind workshop at DE-MUC on day -9 by gero@example.org named Gero Zephyrkraut with consent invitation=yes and phone +4989999980071
given an experience F1 of kind workshop at FR-LYO on day -10 by anna@example.org named Anna Martin with consent invitation=yes
then within 10 seconds greta@example.org has an invitation
and within 10 seconds gerd@example.org has an invitation
and within 10 seconds gisa@example.org has an invitation
and within 10 seconds gero@example.org has an invitation
and within 10 seconds anna@example.org has an invitation
given an experience G5 of kind order at DE-MUC on day -8 by gero@example.org named Gero Zephyrkraut with consent marketing=yes and product VIRELAI and phone +4989999980071
when in the plan the welcome goes by call, else by mail
and the packaged plan without quiet hours is published as version 2026-11-02 and has held for 30 days
and the plan looks at whom something is due for
when anna@example.org answers with 1 star "Rien n'a été réparé."
and gisa@example.org answers with 2 stars "Zephyrkraut: rufen Sie mich an unter 0171 2345678."
and greta@example.org answers with 1 star "Zephyrkraut im Motor, nichts wurde repariert."
then within 10 seconds the site DE-MUC shows 1 review
and within 10 seconds the site FR-LYO shows 1 review
and within 10 seconds greta@example.org has the mail "receipt"
when she reports pressure: "Zephyrkraut: man drängte mich."
and a moderator refuses what waits and its author contests it
and gerd@example.org answers with 2 stars "Zephyrkraut: schreiben Sie mir, 0172 3456789."
and a reader reports the review of DE-MUC
and the manager of DE-MUC answers the review with its author's name
then every operation has a sample in Munich
and none of them answers without a session or a key
and every role gets what its permissions say, and nothing of Munich
