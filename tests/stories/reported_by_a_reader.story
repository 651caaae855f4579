# Anyone reports a public review without an account; a person answers with reasons; nothing is hidden before; the author never
# learns who it was, and both may contest.
# Norms: MOD-9, MOD-11, MOD-12, MOD-13, SUP-4

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by claire@example.org named Claire Durand with consent invitation=yes
then within 10 seconds claire@example.org has an invitation
when claire@example.org answers with 1 star "Allez chez le concurrent, moins cher."
then within 5 seconds the site FR-NAN shows 1 review with 1 star

when a reader opens the notice form of the newest review of FR-NAN
and the notice is sent empty
then the answer is 422
and the page names the problem reason_missing
when a reader opens the notice form of the newest review of FR-NAN
and paule@example.net reports it as spam: "C'est de la publicité."
then within 5 seconds paule@example.net has the mail "notice_received"
and within 5 seconds mehdi.hamidi@aurelle.example has the mail "moderation_notice"
and the mail "moderation_notice" to mehdi.hamidi@aurelle.example does not say "paule"
and for 2 seconds the site FR-NAN shows 1 review with 1 star
and within 5 seconds the log's procedure reads published,noticed

when mehdi.hamidi@aurelle.example opens the mail "moderation_notice" to decide
then the page says "C'est de la publicité."
and the page does not say "Paule"
and the moderator sees no stars
when there he decides keep: "Comparer n'est pas de la publicité."
then within 5 seconds paule@example.net has the mail "notice_decided"
and the mail "notice_decided" to paule@example.net says "Comparer n'est pas de la publicité."
and the site FR-NAN shows 1 review with 1 star

when paule@example.net contests by the link in the mail "notice_decided": "Le concurrent est nommé ailleurs."
then within 5 seconds severine.cordier@aurelle.example has the mail "moderation_complaint"
and mehdi.hamidi@aurelle.example has no mail "moderation_complaint"
when severine.cordier@aurelle.example opens the mail "moderation_complaint" to decide
and there she decides overturn as spam: "L'avis envoie chez un concurrent."
then within 5 seconds the site FR-NAN shows no review
and within 5 seconds claire@example.org has the mail "removed"
and the mail "removed" to claire@example.org says "L'avis envoie chez un concurrent."
and the mail "removed" to claire@example.org says "un signalement"
and within 5 seconds paule@example.net has the mail "complaint_decided"
and nothing sent to claire@example.org names paule
and nothing sent to claire@example.org names Paule
and within 5 seconds the log's procedure reads published,noticed,decided:kept,appealed,decided:overturned,removed

# The author's turn: only headquarters has not decided yet.
when claire@example.org contests by the link in the mail "removed": "Je ne suis le concurrent de personne."
then within 5 seconds chantal.colin@aurelle.example has the mail "moderation_complaint"
when chantal.colin@aurelle.example opens the mail "moderation_complaint" to decide
and there she decides overturn: "Une comparaison est une opinion."
then within 5 seconds the site FR-NAN shows 1 review with 1 star
and the newest review of the site FR-NAN says "Allez chez le concurrent, moins cher."
and within 5 seconds the log verifies

# Without an address the answer stands in the log alone.
when a reader opens the notice form of the newest review of FR-NAN
and somebody unknown reports it as unrelated: "Rien à voir."
then within 5 seconds the log holds 2 entries of kind noticed
when she withdraws it
then within 5 seconds the log holds 4 entries of kind decided
and the log verifies
