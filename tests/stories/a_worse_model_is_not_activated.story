# Models are versions that are kept. A candidate reads only where it is not worse on the part of the platform's own reviews that nobody
# learns from; the figures and the reason are said, whichever way it goes.
# Norms: MOD-2

given a platform with the demo's network
given the program hq has a key of chantal.colin@aurelle.example with role hq
when 60 customers of FR-NAN say plainly what they think
then within 20 seconds the site FR-NAN shows 60 reviews
and within 30 seconds hq reads the version of the shipped models
and the shipped models read
when models are trained that take praise for complaint
then activating them is refused with their figures: polarity is worse
and among the kept models one is refused
and the shipped models read
when models are trained on the platform's own reviews but those held out
then activating them succeeds
and among the kept models one is active
and within 30 seconds hq reads the version of the activated models
