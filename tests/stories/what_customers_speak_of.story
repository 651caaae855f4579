# What customers speak of is found in their own words, counted for whoever answers for it, and shown word for word.
# Norms: PUB-7, GDP-4

given a platform with the demo's network
given the program hq has a key of chantal.colin@aurelle.example with role hq
given the program nantes has a key of chantal.lacroix@aurelle.example with role site for FR-NAN
given the program germany has a key of uwe.hartung@aurelle.example with role country for DE
given an experience E1 of kind workshop at FR-NAN on day -10 by ines@example.org named Inès Robin with consent invitation=yes
given an experience E2 of kind workshop at FR-NAN on day -10 by hugo@example.org named Hugo Blanc with consent invitation=yes
given an experience E3 of kind workshop at FR-NAN on day -10 by lise@example.org named Lise Marchal with consent invitation=yes
then within 10 seconds ines@example.org has an invitation
and within 10 seconds hugo@example.org has an invitation
and within 10 seconds lise@example.org has an invitation
when ines@example.org answers with 2 stars "La réparation est bonne. Mais l'attente était interminable."
and hugo@example.org answers with 2 stars "Une attente insupportable, je suis très mécontent."
and lise@example.org answers with 5 stars "Accueil chaleureux et souriant, vraiment parfait."
then within 10 seconds the site FR-NAN shows 3 reviews
and within 10 seconds hq reads of service.waiting on site:FR-NAN: 2 reviews, 0 praising, 2 complaining
and hq reads of service.welcome on country:FR: 1 review, 1 praising, 0 complaining
and nantes reads of service.waiting on site:FR-NAN: 2 reviews, 0 praising, 2 complaining
and germany finds no theme on site:FR-NAN
and germany finds no theme on country:DE

# Down to the words, each with its place.
and the words of service.waiting that nantes reads on site:FR-NAN are "Une attente insupportable"
and in the review "Une attente insupportable, je suis très mécontent." nantes is shown "Une attente insupportable" for service.waiting

# The public page says the same, marks the words, says that a machine found them, and sums up in customers' own sentences, both minds heard.
given an experience E4 of kind workshop at FR-NAN on day -10 by nora@example.org named Nora Leroux with consent invitation=yes
then within 10 seconds nora@example.org has an invitation
when nora@example.org answers with 2 stars "Attente beaucoup trop longue, quelle déception."
then within 10 seconds nantes reads of service.waiting on site:FR-NAN: 3 reviews, 0 praising, 3 complaining
when a visitor opens /fr/sites/FR-NAN
then the page says "Ce dont parlent les clients"
and the page says "Relevé par une machine dans les mots de 4 avis"
and the page says "0 % positif, 3 avis"
and the words "Une attente insupportable" stand highlighted on the page
and the page says "Une attente insupportable, je suis très mécontent."
and anybody reads by API that of 4 reviews of FR-NAN 3 speak of service.waiting
and the summary of FR-NAN has a sentence with 5 stars and one with 2 stars, each word for word in its review
