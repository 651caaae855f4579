# Programs hear what happens: a list, a stream and webhooks, cut to whom they serve, nothing lost at kill -9.
# Norms: GDP-6, SUP-1

given the setting webhook.plain_http=allow
given the setting webhook.private_addresses=allow
given a platform with the demo's network
given the program admin has a key of ann@example.org with role admin
given the program nantes has a key of fr-nan@aurelle.example with role site for FR-NAN
given the program lyon has a key of fr-lyo@aurelle.example with role site for FR-LYO
given a receiver that admin asked to be told of review.*,case.* on site:FR-NAN
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
given an experience E2 of kind workshop at FR-LYO on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
given an experience E3 of kind workshop at FR-NAN on day -10 by jean@example.org named Jean Petit with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
and within 10 seconds paul@example.org has an invitation
and within 10 seconds jean@example.org has an invitation
when nantes looks on
and lyon looks on
and claire@example.org answers with 2 stars "Deux heures pour une vidange, personne ne s'excuse."
and paul@example.org answers with 5 stars "Parfait."

# The list: everyone from the beginning, cut to the branch, without a word of anybody.
then within 5 seconds admin finds 2 events of kind review.published
and within 5 seconds nantes finds 1 event of kind review.published
and within 5 seconds lyon finds 1 event of kind review.published
and among the events of nantes are 1 of kind review.collected
and no event of admin holds "vidange"
and no event of admin holds "claire"
and no event of nantes holds "FR-LYO"
and nantes who reads on finds 0 events of kind review.published

# The stream: the same, as it happens; who was away for a moment misses nothing.
and within 5 seconds nantes has seen 1 event of kind review.published
and within 5 seconds lyon has seen 1 event of kind review.published
when nantes goes away and comes back later
and jean@example.org answers with 4 stars "Rapide et aimable."
then within 5 seconds nantes who reads on finds 1 event of kind review.published
when nantes looks on again from where it was
then within 5 seconds nantes has seen 1 event of kind review.published

# Webhooks: signed, only of Nantes, once each.
and within 10 seconds the receiver has 2 events of kind review.published
and the receiver has no event about site:FR-LYO
and within 5 seconds the newest delivery is delivered after 1 attempt with status 200
and nantes may not see the webhook
and two change the webhook at once and the second is told so
when the webhook gets a new secret
and the webhook is tested
then within 5 seconds the receiver has 1 event of kind webhook.test
when the newest delivery is sent once more
then within 5 seconds the receiver was told 2 times of kind webhook.test

# The receiver is down, the platform is killed: each event arrives when both are back.
when the receiver answers 503 from now on
given an experience E4 of kind workshop at FR-NAN on day -9 by anna@example.org named Anna Roux with consent invitation=legitimate_interest
then within 10 seconds anna@example.org has an invitation
when anna@example.org answers with 5 stars "Très bien."
and the platform is killed
and the platform is started again
and the receiver answers 204 from now on
then within 20 seconds the receiver has 3 different events of kind review.published

# Gone is gone, until somebody switches it on again.
when the receiver answers 410 from now on
and the webhook is tested
then within 5 seconds the webhook is disabled because it is gone
and within 5 seconds ann@example.org has the mail "webhook_disabled"
when the receiver answers 200 from now on
and the webhook is switched on
and the webhook is tested
then within 5 seconds the receiver has 3 events of kind webhook.test

# Where it is not set otherwise, webhooks go to https addresses of the open internet only.
when nantes looks on
and the platform is stopped
then within 5 seconds the stream of nantes has ended in order
