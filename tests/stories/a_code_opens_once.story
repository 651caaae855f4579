# A password alone opens nothing where the house asks for a second factor. A code of the app opens once, wrong ones make the account wait,
# a recovery code stands in once, and who lost everything is helped by an administrator and told so.
# Norms: GDP-6

given the setting access.second_factor=required
given a platform with the demo's network
when chantal.lacroix@aurelle.example asks for a password link
then the answer is 202
when the manager chooses the password "three quiet herons"
then the answer is 200

# Before there is a second factor there is nothing but making one.
then the manager still has to make a second factor
when the manager looks at the own account
then the answer is 401 with the code enrol_factor
when the manager sets up an authenticator app
then the manager has 10 recovery codes
and the manager is signed in as site on site:FR-NAN
when the manager signs out

# Password, then a code. The code that was used is refused, in another browser too; the next one opens.
when the manager signs in with "three quiet herons"
then the answer asks for totp or recovery
when the manager looks at the own account
then the answer is 401 with the code second_factor
when the manager sets up another authenticator app
then the answer is 403 with the code second_factor
when the manager gives the code that was used
then the answer is 422 with the code wrong_code
when the manager gives the next code
then the answer is 200
and the manager is signed in as site on site:FR-NAN
when the manager signs out
when the manager signs in with "three quiet herons"
when the manager gives the code that was used
then the answer is 422 with the code wrong_code

# A recovery code opens once.
when the manager gives the recovery code 1
then the answer is 200
and the manager is signed in as site on site:FR-NAN
when the manager signs out
when the manager signs in with "three quiet herons"
when the manager gives the recovery code 1
then the answer is 422 with the code wrong_code

# Whoever guesses waits. (One was wrong above.)
when the manager gives 4 wrong codes
then the answer is 422 with the code wrong_code
when the manager gives the recovery code 2
then the answer is 429 with the code factor_wait

# The last factor stays; an administrator takes all of them, and it is told by mail and in the trail.
when an administrator takes the manager's second factors
then within 5 seconds chantal.lacroix@aurelle.example has the mail "factors_reset"
when the manager signs in with "three quiet herons"
then the manager still has to make a second factor
given an API key for chief@aurelle.example with role admin
then the manager's trail holds: enrol totp done, totp refused, totp done, recovery done, recovery refused, user reset-factors done
