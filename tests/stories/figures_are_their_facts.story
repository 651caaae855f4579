# The desk's figures are counted where the fact is: right after kill -9 they are what the facts are, and counting anew finds nothing else.
# Norms: TLG-1, PUB-7

given a platform with the demo's network
given an API key for chief@aurelle.example with role hq
given 3 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer1@example.org has an invitation
and within 10 seconds customer2@example.org has an invitation
and within 10 seconds customer3@example.org has an invitation
when customer1@example.org answers with 1 star "Deux semaines d'attente."
and customer2@example.org answers with 5 stars "Parfait."
then within 10 seconds the site FR-NAN shows 2 reviews

# Brand, country and site agree; another country has nothing.
then within 5 seconds the figures of * show 2 reviews with mean 3, 2 of 3 invitations answered and 1 case
and within 5 seconds the figures of country:FR show 2 reviews with mean 3, 2 of 3 invitations answered and 1 case
and within 5 seconds the figures of site:FR-NAN show 2 reviews with mean 3, 2 of 3 invitations answered and 1 case
and the figures of country:DE show 0 reviews

# Killed in the middle of work.
when customer3@example.org answers with 3 stars "Correct."
and the platform is killed
then counting every figure anew finds no difference
when the platform is started again
then within 10 seconds the site FR-NAN shows 3 reviews
and within 5 seconds the figures of country:FR show 3 reviews with mean 3, 3 of 3 invitations answered and 1 case
and counting every figure anew finds no difference

# What is withdrawn leaves the figures.
when she withdraws it
then within 5 seconds the figures of site:FR-NAN show 2 reviews with mean 3, 3 of 3 invitations answered and 1 case
and counting every figure anew finds no difference

# A key that reaches one site sees its figures and, of others, that there is nothing.
given an API key for boss@nan.example with role site on FR-NAN
then the figures of site:FR-NAN show 2 reviews
and the figures of country:FR are not there
and the figures of site:FR-LYO are not there
