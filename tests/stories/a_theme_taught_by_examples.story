# Whoever answers for the product gives a theme its name and twenty sentences. At once they see what it finds, and within a minute it is
# counted like any other, in what was said before and in what comes; removed, it leaves nothing behind.
# Norms: GDP-4

given a platform with the demo's network
given the program product has a key of elena.monti@aurelle.example with role product
given the program nantes has a key of chantal.lacroix@aurelle.example with role site for FR-NAN
when a customer of FR-NAN writes "L'accueil est bon. Le moteur fait un claquement au démarrage le matin."
and product is told what is missing with 4 sentences only
and product is told what is missing with 20 sentences only
and 10 customers of FR-NAN write long reviews of other things
and a customer of FR-LYO writes "Un bruit de moteur quand il est froid, sinon rien à dire."
then within 15 seconds the site FR-NAN shows 11 reviews
and nantes may not teach a theme
when product teaches the theme "Bruit à froid" with twenty sentences about noises of a cold engine
then at once it shows what it finds: "Le moteur fait un claquement au démarrage le matin"
and within 60 seconds product reads of the taught theme on country:FR: 2 reviews
# What was learned is kept, the sentences it was learned from are not: they may be words of a customer who is erased one day.
and the bytes of the database hold "Bruit à froid"
and the bytes of the database hold "Bruit de ferraille au premier démarrage" no more
and nantes reads of the taught theme on site:FR-NAN: 1 review
and the taught theme's words that nantes reads on site:FR-NAN are "Le moteur fait un claquement au démarrage le matin"
when a customer of FR-NAN writes "Claquement du moteur à froid chaque matin."
then within 10 seconds nantes reads of the taught theme on site:FR-NAN: 2 reviews

# What is meant is found whatever its words.
and asked for "bruit à froid" by meaning nantes finds "Claquement du moteur à froid chaque matin."
when product removes the taught theme
then within 60 seconds product reads of the taught theme on country:FR: 0 reviews
