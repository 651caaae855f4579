# No page, mail, feed or help says "certified", NF or ISO while no valid certificate is configured; with one, pages show it with
# its number, its end and a link.
# Norms: NOT-4

given the setting certificate.name=NF Service, Avis en ligne
given the setting certificate.number=17/0042
given the setting certificate.issuer=Exemple Contrôle
given the setting certificate.url=https://example.org/17-0042
given the setting certificate.valid_from=2020-01-01
given the setting certificate.valid_until=2021-12-31
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 4 stars "Bien."
then within 5 seconds the site FR-NAN shows 1 review
and within 5 seconds claire@example.org has the mail "published"
and nothing that the platform shows, sends or prints claims a certificate
and no command's help claims a certificate

when the platform is stopped
and from the next start certificate.valid_until=2999-12-31 holds
and the platform is started again
and a visitor opens /fr/sites/FR-NAN
then the page says "Certifié par Exemple Contrôle : NF Service, Avis en ligne, certificat n° 17/0042, valable jusqu’au 31 déc. 2999."
when a visitor opens /en/rules
then the page says "Certified by Exemple Contrôle: NF Service, Avis en ligne, certificate no. 17/0042, valid until 31 Dec 2999."

when the platform is stopped
and from the next start certificate.valid_until=soon holds
then starting the platform fails and says certificate.valid_until
