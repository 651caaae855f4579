# The page behind the link in each mail asks what about and by what, without a login; a look changes nothing, and what is chosen holds at once,
# for the plan and for calls that already waited.
# Norms: EML-3, EML-4, EML-10, GDP-1

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an experience E1 of kind workshop at FR-NAN on day -9 by odile@example.org named Odile Garnier with consent invitation=yes and phone +33611223344
then within 10 seconds odile@example.org has an invitation
given an experience E2 of kind order at FR-NAN on day -8 by odile@example.org named Odile Garnier with consent marketing=yes and product VIRELAI and phone +33611223344 and vin VF1AAAAA555111222 and street "7 rue des Lilas" and postcode 44000 and city Nantes
when odile@example.org only looks at the unsubscribe page
then odile@example.org is asked about invitation survey marketing data_platform tracking, and by mail sms paper call
and the page offers marketing as wanted, and survey as not
when in the plan the welcome goes by call, else by mail
and the packaged plan without quiet hours is published as version 2026-11-02 and has held for 30 days
and the plan looks at whom something is due for
then rocio.serrano@aurelle.example has 1 call to make, to +33611223344, that begins "Votre Aurelle Virelai arrive"
when odile@example.org wants no more call and no more paper
then the page offers call as not wanted, and mail as wanted
and rocio.serrano@aurelle.example has no call to make
when four days pass for the plan
given an experience E3 of kind order at FR-NAN on day -8 by odile@example.org named Odile Garnier with consent marketing=yes and product ARIETTA and phone +33611223344 and vin VF1AAAAA555444333
when the plan looks at whom something is due for
then rocio.serrano@aurelle.example has no call to make
and within 10 seconds odile@example.org has 1 letter that begins "Votre Aurelle Arietta arrive"
when odile@example.org wants call again
then the page offers call as wanted, and paper as not
