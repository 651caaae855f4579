# A review in a language nobody here reads is kept as it is, letter for letter; words we cannot look at go to people.
# Norms: PUB-1, MOD-2, ACC-5

given a platform with the demo's network
given 3 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer3@example.org has an invitation
when customer1@example.org answers with 4 stars "სერვისი კარგი იყო, მადლობა დიდი ყველას."
then within 5 seconds the site FR-NAN shows 1 review with 4 stars
and the newest review of the site FR-NAN says "სერვისი კარგი იყო, მადლობა დიდი ყველას."
and the page /fr/sites/FR-NAN says "სერვისი კარგი იყო, მადლობა დიდი ყველას."
when customer2@example.org answers with 2 stars "שירות איטי מאוד, חיכיתי שעתיים 👩🏽‍🔧"
then within 5 seconds a review of the site FR-NAN says "שירות איטי מאוד, חיכיתי שעתיים 👩🏽‍🔧"
when customer3@example.org answers with 5 stars "..."
then within 5 seconds the site FR-NAN shows 3 reviews
and the log verifies
