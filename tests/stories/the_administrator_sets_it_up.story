# The administrator words and chooses for the brand; each change is an edition, has its effect, and can be taken back.
# Norms: COL-3, COL-6, MOD-3, GDP-1

given a platform with the demo's network
given the program admin has a key of ann@example.org with role admin
given the program auditor has a key of olga@example.org with role auditor
given the program nantes has a key of fr-nan@aurelle.example with role site for FR-NAN

# What the form asks.
when admin sets the questionnaire workshop to {"criteria": [{"code": "price"}, {"code": "coffee", "labels": {"en": "Coffee", "fr": "Le café"}}], "recommend": false}
then the questionnaire workshop is in edition 1 by ann@example.org
and admin cannot set the questionnaire workshop to {"criteria": []}: 422 at criteria
and admin cannot set the questionnaire workshop to {"criteria": [{"code": "tea"}]}: 422 at criteria.tea
and admin cannot set the questionnaire boat to {"criteria": [{"code": "price"}]}: 404
and auditor cannot set the questionnaire workshop to {"criteria": [{"code": "price"}]}: 403
and nantes cannot set the questionnaire workshop to {"criteria": [{"code": "price"}]}: 403
when admin sets the text declaration to {"texts": {"fr": "J'étais là, personne ne m'a rien promis."}}
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when every page knows of the change
and the invitation of claire@example.org is opened
then the page says "Le café"
and the page says "J'étais là, personne ne m'a rien promis."
and the page does not say "Délai tenu"
when admin undoes the change of the questionnaire workshop
then the questionnaire workshop is in edition 2 by ann@example.org
when every page knows of the change
and the invitation of claire@example.org is opened
then the page does not say "Le café"
and two administrators change the questionnaire workshop at once and the second is told so

# Words of the brand's own go to a human; a reason that is off does not.
when admin sets the rule words to {"words": [{"text": "Garage Fantôme", "reason": "spam"}]}
then admin cannot set the rule words to {"words": [{"text": "bad", "reason": "too_negative"}]}: 422 at words
and admin cannot set the rule reasons to {"off": ["one_star"]}: 422 at off
when claire@example.org answers with 4 stars "Mieux que le garage fantome d'en face."
then within 5 seconds admin finds 1 event of kind review.held
given an experience E2 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds paul@example.org has an invitation
when admin sets the rule reasons to {"off": ["link"]}
and paul@example.org answers with 4 stars "Voir www.example.com pour les photos."
then within 5 seconds admin finds 1 event of kind review.published

# What suffices to write to customers of a country.
when admin sets the country rule FR to {"invitation": "consent_needed", "rates_advisers": true}
then admin cannot set the country rule FR to {"invitation": "spam", "rates_advisers": true}: 422 at invitation
given the platform is stopped
given the platform is started again
given an experience E3 of kind workshop at FR-NAN on day -10 by jean@example.org named Jean Petit with consent invitation=legitimate_interest
then for 3 seconds jean@example.org has no mail "invitation"

# Values, with their limits; not those that could open the machine.
when admin sets the setting invite.delay.workshop to {"value": "5"}
then admin cannot set the setting invite.delay.workshop to {"value": "500"}: 422 at value
and admin cannot set the setting mail.dkim.key to {"value": "/etc/passwd"}: 404
and the setting invite.delay.workshop is in edition 1 by ann@example.org

# Points of sale, each on its branch.
and nantes finds 1 point of sale
when admin sets the opening hours of FR-NAN to "Mo-Fr 07:30-19:00"
then admin sets the opening hours of FR-NAN to "when we like": 422
and nantes sets the opening hours of FR-NAN to "Mo-Fr 07:30-19:00": 403
and among the events of admin are 1 of kind review.held

# A file is looked at first: nothing is taken before somebody says so.
when admin looks at a file of sites with 2 good rows and 1 without a country
then admin finds 0 points of sale with "Garage Neuf"
when admin takes the file
then within 10 seconds the import is done with 2 taken
and admin finds 1 point of sale with "Garage Neuf"
