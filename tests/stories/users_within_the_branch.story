# Whoever looks after others does so within his own branch and never above his own role; whoever is barred is out at once.
# Norms: GDP-6

given the setting access.second_factor=optional
given a platform with the demo's network
given an API key for country@aurelle.example with role country on FR
given an API key for manager@aurelle.example with role site on FR-NAN
when country@aurelle.example gives zoe.petit@aurelle.example the role adviser on FR-NAN
then the answer is 201
and within 5 seconds zoe.petit@aurelle.example has the mail "password_link"
when country@aurelle.example gives zoe.petit@aurelle.example the role site on DE-MUC
then the answer is 422 with the code scope_beside
when country@aurelle.example gives zoe.petit@aurelle.example the role hq on *
then the answer is 422 with the code scope_beside
when manager@aurelle.example gives zoe.petit@aurelle.example the role country on FR
then the answer is 422 with the code scope_beside
when manager@aurelle.example gives zoe.petit@aurelle.example the role site on FR-NAN
then the answer is 201
when manager@aurelle.example looks at everybody
then all of them lie on FR-NAN
when country@aurelle.example looks at everybody
then all of them lie in FR
given zoe.petit@aurelle.example chose the password "three quiet herons" by the link
when country@aurelle.example ends the role site of zoe.petit@aurelle.example
then the answer is 204
and zoe.petit@aurelle.example acts as adviser when signing in with "three quiet herons"

# By the command line too.
when the command user disable --email zoe.petit@aurelle.example runs
then it ends with 0 and says "every session has ended"
and zoe.petit@aurelle.example cannot sign in with "three quiet herons"
when the command user add --email neu@aurelle.example --role site --scope NOWHERE runs
then it ends with 1 and says "is no known site"
when the command user add --email neu@aurelle.example --role hq runs
then it ends with 0 and says "/office/password/"
