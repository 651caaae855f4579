# Before a plan may hold, each letter people would get is written and none is sent. What lacks something is found before a customer finds it.
# Norms: EML-4, GDP-1

given a platform with the demo's network
given the packaged plan as a file
given an experience T1 of kind order at FR-NAN on day -1 by odile@example.org named Odile Marchand with consent marketing=yes and product VIRELAI
then a dry run over everybody misses nothing and has written 1 letter for people
and odile@example.org has 0 letters that begin "Votre"

# Of this order nobody said which model it is, and the welcome speaks of the model.
given an experience T2 of kind order at FR-NAN on day -1 by basile@example.org named Basile Thomas with consent marketing=yes
then a dry run over everybody finds letters of welcome in fr that lack {model}, and names nobody called Basile
and that plan is refused; said that such letters are to be held back, it is published

when a test letter of welcome in fr is sent to look@aurelle.example
then within 10 seconds look@aurelle.example has 1 letter that begins "[test] Votre Compact arrive"
