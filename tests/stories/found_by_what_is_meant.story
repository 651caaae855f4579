# A sentence is found by what it means: its words may be others, even of another language.
# Norms: GDP-4

given a platform with the demo's network
given the program hq has a key of chantal.colin@aurelle.example with role hq
given the program germany has a key of uwe.hartung@aurelle.example with role country for DE
when a customer of FR-NAN writes "Rien à dire sur la révision. Mais un claquement au démarrage le matin."
and a customer of FR-NAN writes "Le café était bon et la facture claire."
and a customer of FR-LYO writes "Une heure d'attente au comptoir."
then within 10 seconds the site FR-NAN shows 2 reviews
and within 10 seconds asked for "bruit à froid" by meaning hq finds "Mais un claquement au démarrage le matin."
and asked for "noise when cold" by meaning hq finds "Mais un claquement au démarrage le matin."
and asked for "bruit à froid" by meaning germany finds nothing
