# A member of staff gets a link by mail, chooses a password, signs in and out; nobody else comes in that way, and all of it is in the trail.
# Norms: GDP-6

given the setting access.second_factor=optional
given a platform with the demo's network

# Nobody can find out who works here by asking for a link.
when stranger@example.org asks for a password link
then the answer is 202
and for 1 second stranger@example.org has no mail "password_link"
when chantal.lacroix@aurelle.example asks for a password link
then the answer is 202
and within 5 seconds chantal.lacroix@aurelle.example has the mail "password_link"

# The link works once, for a password that is not about its owner.
when the manager chooses the password "short"
then the answer is 422 with the code password_short
when the manager chooses the password "aurelle1 aurelle2"
then the answer is 422 with the code password_own_words
when the manager chooses the password "three quiet herons"
then the answer is 200
and the manager is signed in as site on site:FR-NAN
when the manager chooses the password "four brave otters"
then the answer is 410 with the code link_used

# Without the password there is no session, without the session no private answer, without its token no write.
when the manager signs in with "three quiet heron"
then the answer is 403 with the code sign_in_refused
when the manager signs in with "three quiet herons"
then the answer is 200
and the session's cookie is kept from scripts and from other sites
and the manager is signed in as site on site:FR-NAN
when the manager writes without the session's token
then the answer is 403 with the code csrf
when another site's page sends the manager's address and password
then the answer is 403 with the code cross_origin

# Two browsers; one is ended from the other.
when the manager signs in from another browser with "three quiet herons"
then the manager has 3 sessions
when the manager ends every other session
then the manager has 1 session
when the manager signs out
then the answer is 204
and the manager is signed in no more

# The trail says all of it, in order, and holds.
given an API key for chief@aurelle.example with role admin
then the trail of the manager reads: password_link done, set_password done, sign_in_by_link done, sign_in refused, sign_in done, POST /api/v1/session/role 403, sign_in done, DELETE /api/v1/sessions done, sign_out done
when the trail is verified
then it ends with 0 and says "verified"
when somebody who has the database changes a line of the trail
then the database refuses it
