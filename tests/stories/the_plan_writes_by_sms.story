# An SMS of the plan passes the gate that letters pass: nobody whom a dealer named and we never told so gets one, a gateway in trouble is
# asked again for the same message, and its way out closes every door but service.
# Norms: EML-4, EML-10, GDP-2

given an SMS gateway
given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an experience E1 of kind workshop at FR-NAN on day -9 by odile@example.org named Odile Garnier with consent invitation=yes and phone +33611223344
then within 10 seconds odile@example.org has an invitation
given an experience E2 of kind order at FR-NAN on day -8 by odile@example.org named Odile Garnier with consent marketing=yes and product VIRELAI and phone +33611223344
given an experience E3 of kind order at FR-NAN on day -8 by luc@example.org named Luc Perrin with consent marketing=yes and product VIRELAI and phone +33655667788
when in the plan the welcome goes by SMS alone
and the packaged plan without quiet hours is published as version 2026-11-02 and has held for 30 days
and the SMS gateway answers 503
and the plan looks at whom something is due for
then within 10 seconds the SMS gateway was asked 2 times or more for +33611223344, each time for one message of one id
and rocio.serrano@aurelle.example decided about luc@example.org: welcome no_channel
and there was no SMS to +33655667788
when the SMS gateway is well again
then within 15 seconds the SMS to +33611223344 says "Votre Aurelle Virelai arrive"
and rocio.serrano@aurelle.example decided about odile@example.org: welcome sent
when whoever holds +33611223344 leaves by the link in it
given an experience E4 of kind delivery at FR-NAN on day -8 by odile@example.org named Odile Garnier with consent invitation=yes and phone +33611223344
then the experience E4 is suppressed because of opt_out
