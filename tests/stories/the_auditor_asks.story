# The auditor reads by key what the page shows: requirements, their days, the statements of reasons, the log. Nobody of a part of the brand does.
# Norms: MOD-14, NOT-5, TLG-1

given the setting brand.operator=Aurelle Automobiles
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation
when the invitation of claire@example.org is opened
when she sends 1 star "Le chef d'atelier est un connard."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
given an API key for mehdi.hamidi@aurelle.example with role moderator
given an API key for adil.elamrani@aurelle.example with role auditor
given an API key for part@aurelle.example with role auditor on FR
when mehdi.hamidi@aurelle.example decides by API to refuse the oldest review as insult saying "Une insulte."
then the answer is 200
and adil.elamrani@aurelle.example reads the evidence by API: NOT-5 is met
and adil.elamrani@aurelle.example measures by API, and NOT-5 is met
and adil.elamrani@aurelle.example takes by API the statements of this month: 1, without the word connard
and adil.elamrani@aurelle.example reads the log's state by API: its size is that of the checkpoint
and part@aurelle.example is told by API that the evidence is not for them
and mehdi.hamidi@aurelle.example is told by API that the evidence is not for them
