# A moderator reads the language and does not belong to the house: asked so, and held to it when deciding, by link or by key.
# Norms: MOD-2, MOD-6, MOD-7

given a platform with the demo's network
given the file people.csv holds
given the line email,name,role,scope,locale,languages
given the line vera@aurelle.example,Vera Olive,moderator,*,pt,pt;pl
given the line ines@aurelle.example,Ines Pia,moderator,*,fr,
given the line ines@aurelle.example,Ines Pia,site,FR-NAN,fr,
when people are imported from it
then it ends with 0 and says "3 taken"
given 4 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer4@example.org has an invitation

# French words go to those who read French, but not to Ines, who works there.
when customer1@example.org answers with 1 star "Le chef d'atelier est un connard."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_request"
and gemma.whitfield@aurelle.example has no mail "moderation_request"
and ines@aurelle.example has no mail "moderation_request"
given an API key for ines@aurelle.example with role moderator
given an API key for gemma.whitfield@aurelle.example with role moderator
given an API key for stranger@example.org with role moderator reading en
given an API key for reader@example.org with role moderator reading en,fr
when ines@aurelle.example decides by API to publish the oldest review
then the answer is 403
when gemma.whitfield@aurelle.example decides by API to publish the oldest review
then the answer is 403
when stranger@example.org decides by API to publish the oldest review
then the answer is 403
and for 1 second the site FR-NAN shows no review

# The oldest first, whatever its stars.
when customer2@example.org answers with 5 stars "Quel connard, mais un génie."
and customer3@example.org answers with 1 star "Un connard de plus."
then within 5 seconds mehdi.hamidi@aurelle.example has 3 mails "moderation_request"
and reader@example.org reads the queue by API: "Le chef d'atelier est un connard." "Quel connard, mais un génie." "Un connard de plus."
when reader@example.org decides by API to publish the oldest review
then the answer is 200
when reader@example.org decides by API to publish the oldest review
then the answer is 200
and within 5 seconds the site FR-NAN shows 2 reviews
and anyone reads by API how stars are treated: 0 of 1 low ones refused, 0 of 1 high ones

# Polish words go to Vera alone, whose file says that she reads them.
when customer4@example.org answers with 2 stars "Mechanik to zwykły skurwysyn, nigdy więcej tam nie pojadę."
then within 5 seconds vera@aurelle.example has the mail "moderation_request"
and mehdi.hamidi@aurelle.example has 3 mails "moderation_request"
