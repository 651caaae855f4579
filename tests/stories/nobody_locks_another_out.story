# Whoever guesses a colleague's password slows himself down, and nobody else.
# Norms: GDP-6

given the setting access.second_factor=optional
given a platform with the demo's network
when chantal.lacroix@aurelle.example asks for a password link
and the manager chooses the password "three quiet herons"
when the manager signs in with "three quiet herons"
then the answer is 200
when somebody else gives 12 wrong passwords for the manager
then the answer is 429 with the code sign_in_wait
and the answer says when to come back
when the manager signs in from the same browser with "three quiet herons"
then the answer is 200
