# The first letter says where the address is from, once; the page behind it is made from the settings; consents are a ledger.
# Norms: GDP-1, GDP-2, GDP-5, EML-10

given the setting retention.identity_months=18
given the setting privacy.authority=CNIL, Paris
given the setting privacy.contact=dpo@aurelle.example
given the setting brand.operator=Aurelle Europe SA
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest;marketing=no
then within 10 seconds claire@example.org has an invitation
and the mail "invitation" to claire@example.org says "Garage Kervadec nous a transmis votre nom"
and the mail "invitation" to claire@example.org says "Aurelle Europe SA"
and within 5 seconds the notice to claire@example.org is kept as sent

when a visitor opens /en/privacy
then the page says "Name and addresses: 18 months after the last contact"
and the page says "CNIL, Paris"
and the page says "dpo@aurelle.example"
and the page says "Aurelle Europe SA runs this site"
when a visitor opens /fr/privacy
then the page says "18 mois après le dernier contact"
when a visitor opens /de/privacy
then the page says "18 Monate nach dem letzten Kontakt"

# Not told twice.
when claire@example.org answers with 4 stars "Bien." asking to be called
then within 5 seconds claire@example.org has the mail "receipt"
and the mail "receipt" to claire@example.org does not say "nous a transmis votre nom"

# The ledger: what the dealer recorded, what she agreed to, what she took back, each with its source; it cannot be rewritten.
when the mail program of claire@example.org unsubscribes with one click as a form
then the consent ledger of claire@example.org holds invitation legitimate_interest by import, marketing no by import, publication yes by form, call yes by form, invitation no by unsubscribe_link
when claire@example.org wants invitations again
then the consent ledger of claire@example.org holds invitation legitimate_interest by import, marketing no by import, publication yes by form, call yes by form, invitation no by unsubscribe_link, invitation yes by preference_page
and no line of the consent ledger can be changed
and no invitation was sent without a line of the ledger
when she opens her space
then the page says "intérêt légitime"
and the page says "par le lien d’un message"
when she exports everything
then the export holds "unsubscribe_link"
