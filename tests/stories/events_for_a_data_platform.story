# What the contact plan does is told to the brand's data platform: of those who agreed to it and of nobody else, under a pseudonym, in the
# same order to whoever reads the lines and to whoever is called. Who takes it back, or is erased, is told of as forgotten; then nothing follows.
# Norms: EML-11, GDP-1, GDP-3, GDP-6

given the setting webhook.plain_http=allow
given the setting webhook.private_addresses=allow
given a platform with the demo's network
given the program admin has a key of ann@example.org with role admin
given an experience E8 of kind workshop at FR-NAN on day -9 by solene@example.org named Solène Kerjean with consent invitation=yes
given an experience E9 of kind workshop at FR-NAN on day -9 by bastien@example.org named Bastien Leroux with consent invitation=yes
then within 10 seconds solene@example.org has an invitation
and within 10 seconds bastien@example.org has an invitation
# What came before there was a plan is not told.
when a minute passes for what came in
and the packaged plan without quiet hours is published as version 2026-11-03 and has held for 30 days
given a receiver that admin asked to be told of journey.*
given an experience E1 of kind order at FR-NAN on day -8 by solene@example.org named Solène Kerjean with consent marketing=yes;data_platform=yes and product VIRELAI and vin VF1BBBBB777000111
given an experience E2 of kind order at FR-NAN on day -8 by bastien@example.org named Bastien Leroux with consent marketing=yes and product ARIETTA
when the plan looks at whom something is due for
then within 10 seconds solene@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and within 10 seconds bastien@example.org has 1 letter that begins "Votre Aurelle Arietta arrive"
then within 10 seconds the feed tells, of solene@example.org, of ordered sent
and within 10 seconds the receiver has 1 event of kind journey.sent
and no line of the feed holds "solene", "Kerjean", "K-", "VF1BBBBB777000111" or "bastien"
and the events that admin reads without naming them hold no journey

# A link followed by a person; the file of lines goes on where it ended, also where a kill cut it.
when somebody reads the letter of solene@example.org that begins "Votre Aurelle Virelai arrive" and follows its first link
and the plan looks at whom something is due for
then within 10 seconds the feed goes on, of solene@example.org, with clicked
and a file of the feed that was cut in its last line is whole again after the next time

# Asked on the page behind each letter: the default is no, and what was before stays untold.
when a minute passes for what came in
and bastien@example.org only looks at the unsubscribe page
then the page offers data_platform as not wanted, and marketing as wanted
when bastien@example.org agrees that the data platform is told
given an experience E3 of kind workshop at FR-NAN on day -1 by bastien@example.org named Bastien Leroux with consent marketing=yes
when the plan looks at whom something is due for
then within 10 seconds the feed goes on, of bastien@example.org, with visited

# Taken back there: forgotten, and no dealer's file brings it back.
when solene@example.org takes back that the data platform is told
and the plan looks at whom something is due for
then within 10 seconds the feed goes on, of solene@example.org, with forgotten
and within 10 seconds the receiver has 1 event of kind journey.forgotten
given an experience E4 of kind workshop at FR-NAN on day -1 by solene@example.org named Solène Kerjean with consent marketing=yes;data_platform=yes
when the plan looks at whom something is due for
then for 2 seconds the feed goes on with nothing

# Who asks what is kept reads by which name the platform knows them.
then the export of bastien@example.org names the pseudonym of bastien@example.org

# Erased: told at once, by the same pseudonym.
when the operator erases bastien@example.org
then within 10 seconds the feed goes on, of bastien@example.org, with forgotten
