# What is promised for writing stands on the invitation, on the form, beside the review, in the API, the widget, the feed and
# the log; its stars count like all and are shown apart.
# Norms: INC-1, INC-2, NOT-1, NOT-2, SDT-5

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes and product MADRIGAL and incentive "un tirage de dix bons"
given an experience E2 of kind workshop at FR-NAN on day -10 by bruno@example.org named Bruno Petit with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
and within 10 seconds bruno@example.org has an invitation
and the mail "invitation" to claire@example.org says "Pour tout avis écrit, quel qu’il soit : un tirage de dix bons."
and the mail "invitation" to bruno@example.org says "Il n’y a pas de récompense."
when a visitor opens /en/rules
then the page says "No review is paid for or rewarded, by us or by a dealer."

when the invitation of claire@example.org is opened
then the page says "un tirage de dix bons"
when she sends 5 stars "Parfait.", with 4 stars and "Confortable." for the vehicle
and bruno@example.org answers with 2 stars "Long."
then within 5 seconds the site FR-NAN shows 2 reviews
and the site FR-NAN has an average of 3.5 over 2 reviews
and the review of the site FR-NAN saying "Parfait." is flagged with the reward "un tirage de dix bons"
and the review of the site FR-NAN saying "Long." is flagged with no reward
and of the rating of the site FR-NAN 1 review with an average of 5.0 was written for a reward
and the log says of 2 reviews that something was promised
when a visitor opens /en/sites/FR-NAN
then the page says "Written for a reward: un tirage de dix bons"
and the page says "Of these, 1 was written for a reward: 5."
when a visitor opens /fr/rules
then within 2 seconds the page /de/rules says "Einige Bewertungen wurden gegen eine Belohnung"
and the product review feed holds every public review of products with words
and the product review feed flags 1 review as incentivised
and the figures count 2 written for a reward
and the log verifies
