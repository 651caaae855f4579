# Customers may come to write otherwise than the models learned. Once a week words and stars are held against each other, by language; where
# they disagree more often than before, headquarters reads of it with the reviews, once.
# Norms: MOD-2

given a platform with the demo's network
given the program hq has a key of chantal.colin@aurelle.example with role hq
when 50 customers of FR-NAN say plainly what they think
then within 20 seconds the site FR-NAN shows 50 reviews
and within 30 seconds hq reads the version of the shipped models
and the week is looked back on: 0 mails to followers, 0 languages drifted
given what was said so far was said 100 days ago
when 45 customers of FR-LYO say the opposite of their stars
then within 30 seconds 95 reviews are read
and the week is looked back on: 0 mails to followers, 1 language drifted
and within 5 seconds chantal.colin@aurelle.example has the mail "finding"
and hq sees 1 finding
and the week is looked back on: 0 mails to followers, 0 languages drifted
