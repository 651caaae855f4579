# Whose words are advertising again and again is warned first, then suspended for a time; whose reports never have a ground, too.
# Every step is a human's tick, and the next one's effect is said before.
# Norms: MOD-10, MOD-15

given the setting moderate.abuse.warn=1
given the setting moderate.abuse.suspend=2
given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 4 stars "Bien."
then within 5 seconds the site FR-NAN shows 1 review

# A notifier.
when a reader opens the notice form of the newest review of FR-NAN
and paule@example.net reports it as spam: "Je n'aime pas."
then within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_notice"
when mehdi.hamidi@aurelle.example opens the mail "moderation_notice" to decide
then the page warns that the next tick means warned
when there he decides keep: "Rien n'est publicitaire." and ticks unfounded
then within 5 seconds paule@example.net has the mail "conduct_warning"
and paule@example.net has no mail "conduct_suspended"
given the warnings were given yesterday
when a reader opens the notice form of the newest review of FR-NAN
and paule@example.net reports it as insult: "Toujours pas."
then within 5 seconds mehdi.hamidi@aurelle.example has 2 mails "moderation_notice"
when mehdi.hamidi@aurelle.example opens the mail "moderation_notice" to decide
then the page warns that the next tick means suspended
when there he decides keep: "Rien n'est injurieux." and ticks unfounded
then within 5 seconds paule@example.net has the mail "conduct_suspended"
when a reader opens the notice form of the newest review of FR-NAN
and paule@example.net reports it as hate: "Encore."
then within 5 seconds paule@example.net has 3 mails "notice_received"
and the mail "notice_received" to paule@example.net says "pas traités"
and for 2 seconds mehdi.hamidi@aurelle.example has 2 mails "moderation_notice"
and within 5 seconds the log's procedure reads published,noticed,decided:kept,noticed,decided:kept,noticed,decided:suspended
and the log verifies
