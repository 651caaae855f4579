# A signed mail says where complaints about it go (RFC 9477): to its own return address, so that a complaint finds its message however little
# of it is left. The signature covers both lines.
# Norms: EML-9, EML-2, EML-8

given the setting mail.bounce_domain=bounces.aurelle.example
given the platform signs its mails for aurelle.example
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds paul@example.org has an invitation
and the invitation to paul@example.org says where complaints go, under its signature
