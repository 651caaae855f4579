# The receipt binds the platform, and whoever holds it and the proof checks both offline. The proof is there with the answer.
# Norms: AUT-5, TLG-2, TLG-9, MOD-4, MOD-5

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=legitimate_interest
then within 10 seconds claire@example.org has an invitation

when the invitation of claire@example.org is opened
and she sends 2 stars "Deux heures d'attente, puis un bon accueil."
then the thank-you page's proof is there at once and leads to the signed root
and her receipt says under the log's signature what the platform is bound to
and her receipt and her proof verify offline
and without a key they do not verify offline
and under another key they do not verify offline
and with one letter of her words changed they do not verify offline
and with one hash of the proof changed they do not verify offline
and with one digit of the deadline changed they do not verify offline

then within 5 seconds the site FR-NAN shows 1 review with 2 stars
and the proof of her publication verifies offline, alone and with her receipt, as the words of the receipt
and her own space shows her place in the log, when it was signed, and where to check it
and the page to check a receipt holds the log's key and says how to do without it
