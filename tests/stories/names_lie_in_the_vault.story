# A stolen copy of the database names nobody: identities and waiting letters are sealed under a key that is not in it.
# Norms: GDP-6, GDP-4

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by canary.zenobie@example.org named Zénobie Quatrelivres with consent invitation=legitimate_interest and customer KANARI-4711 and phone "+33 6 98 76 54 32"
then within 10 seconds canary.zenobie@example.org has an invitation
when canary.zenobie@example.org answers with 1 star "Deux heures d'attente."
then within 5 seconds fr-nan@aurelle.example has the mail "alert"
and the mail "alert" to fr-nan@aurelle.example says "Zénobie Quatrelivres"
and the mail "alert" to fr-nan@aurelle.example says "+33 6 98 76 54 32"
and within 5 seconds the site FR-NAN shows 1 review with 1 star
and within 60 seconds the bytes of the database hold "canary.zenobie" no more
and the bytes of the database hold "Quatrelivres" no more
and the bytes of the database hold "+33 6 98 76 54 32" no more
and the bytes of the database hold "KANARI-4711" no more
and verbatim export person of Canary.Zenobie@example.org holds "Quatrelivres"

# The key turns while the platform serves; what was sealed before and after opens.
when the vault's key is turned
then verbatim export person of canary.zenobie@example.org holds "Quatrelivres"
given an experience E2 of kind workshop at FR-NAN on day -9 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds paul@example.org has an invitation
and the mail "invitation" to paul@example.org says "Bonjour Paul"
when the vault's key is turned
then verbatim export person of paul@example.org holds "Morel"

# Letters that wait are sealed too.
when the platform is stopped
then starting the platform without its vault key fails and says what to do
when the platform is started again
then verbatim export person of canary.zenobie@example.org holds "KANARI-4711"
and the log verifies
