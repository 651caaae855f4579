# The rules page says what this platform does today: it is made from the settings the server runs with, and each fact the law
# asks for stands there in every language.
# Norms: NOT-2, NOT-3, NOT-5, PUB-3, PUB-8, ACC-5

given the setting publish.max_delay_days=5
given the setting invite.delay.workshop=3
given the setting retention.review_months=48
given the setting retention.call_months=7
given the setting brand.operator=Aurelle Europe SA, 1 rue des Essais, Lyon
given a platform with the demo's network
then the rules page has the facts NOT-2a NOT-2b NOT-2c NOT-2d NOT-2e NOT-2f NOT-2g NOT-2h NOT-3 NOT-5 PUB-2 PUB-3 PUB-8 in every language
when a visitor opens /en/rules
then the page says "A review is published or refused within 5 days at most"
and the page says "workshop: 3 days"
and the page says "It stays online for 48 months."
and the page says "Notes of calls: 7 months."
and the page says "It is run by Aurelle Europe SA, 1 rue des Essais, Lyon, the brand itself, not by an independent body."
when a visitor opens /fr/rules
then the page says "sous 5 jours au plus"
when a visitor opens /de/accessibility
then the page says "WCAG 2.2, Stufe AA"
and the page links to /de/rules and /de/transparency and /de/accessibility

when the platform is stopped
and from the next start publish.max_delay_days=9 holds
and the platform is started again
and a visitor opens /en/rules
then the page says "A review is published or refused within 9 days at most"
