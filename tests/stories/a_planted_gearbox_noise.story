# A gearbox begins to crack in one model and one country. Who answers for the model reads of it, in the customers' own sentences; no site
# does, for none of them caused it (it is written in the language of the first who answers for it). And where nothing moved, nobody hears anything.
# Norms: GDP-4

given a platform with the demo's network
given the program virelai has a key of julien.traore@aurelle.example with role product for VIRELAI
given the program nantes has a key of chantal.lacroix@aurelle.example with role site for FR-NAN
given the program lyon has a key of amadou.chevalier@aurelle.example with role site for FR-LYO
given the program germany has a key of uwe.hartung@aurelle.example with role country for DE

# The usual, in two countries and two models.
when 12 drivers of VIRELAI at FR-NAN say of it "Roule bien."
and 12 drivers of VIRELAI at FR-LYO say of it "Sobre et confortable."
and 12 drivers of VIRELAI at FR-LIL say of it "Agréable à conduire."
and 14 drivers of VIRELAI at DE-MUC say of it "Fährt gut."
and 14 drivers of ARIETTA at FR-NAN say of it "Rien à redire."
then within 30 seconds all that was said is read
and the changes are looked for and 0 are told
given what was said so far was said 200 days ago

# Then, in France, the noise.
when 5 drivers of VIRELAI at FR-NAN say of it "La boîte de vitesses craque, c'est horrible."
and 5 drivers of VIRELAI at FR-LYO say of it "La boîte de vitesses craque, c'est horrible."
and 5 drivers of VIRELAI at FR-LIL say of it "La boîte de vitesses craque, c'est horrible."
and 8 drivers of VIRELAI at DE-MUC say of it "Immer noch zufrieden."
and 8 drivers of ARIETTA at FR-NAN say of it "Rien à dire de plus."
then within 30 seconds all that was said is read
and the changes are looked for and 1 is told
and within 5 seconds julien.traore@aurelle.example has the mail "finding"
and virelai has the finding "Cambio: più lamentele, Aurelle Virelai" with 10 sentences, all "La boîte de vitesses craque, c'est horrible."
and nantes sees 0 findings
and lyon sees 0 findings
and germany sees 0 findings

# It was told; it is not told again.
and the changes are looked for and 0 are told
