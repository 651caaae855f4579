# What waits for a moderator stands in one list, whatever it is, by age alone and cut to the branch; what somebody may not decide is said.
# Norms: MOD-2, MOD-6, MOD-7, MOD-12

given the setting moderate.second_opinion=refusals
given a platform with the demo's network
given the file people.csv holds
given the line email,name,role,scope,locale,languages
given the line ines@aurelle.example,Ines Pia,moderator,*,fr,
given the line ines@aurelle.example,Ines Pia,site,FR-NAN,fr,
when people are imported from it
then it ends with 0 and says "2 taken"
given 2 experiences of kind workshop at FR-NAN on day -10 with consent invitation=yes
then within 10 seconds customer2@example.org has an invitation
given an API key for mehdi.hamidi@aurelle.example with role moderator
given an API key for severine.cordier@aurelle.example with role moderator
given an API key for ines@aurelle.example with role moderator
given an API key for gemma.whitfield@aurelle.example with role moderator on GB

when customer1@example.org answers with 5 stars "Quel connard, mais un génie."
then for mehdi.hamidi@aurelle.example there waits: "Quel connard"
when customer2@example.org answers with 1 star "Un connard de plus."
then for mehdi.hamidi@aurelle.example there wait: "Quel connard" "Un connard"
and for gemma.whitfield@aurelle.example there waits nothing
and gemma.whitfield@aurelle.example cannot find the first of these
and of these the first may not be decided by ines@aurelle.example: own_house

# A first opinion for refusal: its giver waits for another.
when mehdi.hamidi@aurelle.example decides by API to refuse the oldest review as insult saying "Une insulte."
then the answer is 200
and of these the first may not be decided by mehdi.hamidi@aurelle.example: second_opinion
and for severine.cordier@aurelle.example there waits of second: "Quel connard"
when severine.cordier@aurelle.example decides by API to refuse the oldest review as insult saying "Une insulte."
then the answer is 200
and for severine.cordier@aurelle.example there waits: "Un connard"
and severine.cordier@aurelle.example has decided 1 today and 1 wait
