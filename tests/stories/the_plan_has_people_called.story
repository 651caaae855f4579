# A call of the plan is on a list with its script, its vehicle and the hours at which people may be called. What came of it is told; whoever
# wants no calls gets none, at once, also under another name, and the plan takes its next channel. The call centre sees the calls of its branch,
# tells what came of them, and sees nothing else of the plan.
# Norms: EML-4, EML-10, GDP-2, GDP-6

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an API key for oceane.garnier@aurelle.example as agent of FR
given an API key for lena.vogt@example.org as agent of DE
given an experience E1 of kind workshop at FR-NAN on day -9 by odile@example.org named Odile Garnier with consent invitation=yes and phone +33611223344
then within 10 seconds odile@example.org has an invitation
given an experience E2 of kind order at FR-NAN on day -8 by odile@example.org named Odile Garnier with consent marketing=yes and product VIRELAI and phone +33611223344 and vin VF1AAAAA555111222
given an experience E3 of kind order at FR-NAN on day -8 by luc@example.org named Luc Perrin with consent marketing=yes and product VIRELAI and phone +33655667788
when in the plan the welcome goes by call, else by mail
and the packaged plan without quiet hours is published as version 2026-11-02 and has held for 30 days
and the plan looks at whom something is due for
then rocio.serrano@aurelle.example has 1 call to make, to +33611223344, that begins "Votre Aurelle Virelai arrive"
and within 10 seconds luc@example.org has 1 letter that begins "Votre Aurelle Virelai arrive"
and oceane.garnier@aurelle.example has 1 call to make, to +33611223344, that begins "Votre Aurelle Virelai arrive"
and lena.vogt@example.org has no call to make
and to lena.vogt@example.org this call does not exist, and no other call does either
and of the plan oceane.garnier@aurelle.example sees whom to call and nothing else
when oceane.garnier@aurelle.example tells of the call to +33611223344: call_back on day 2
then oceane.garnier@aurelle.example has no call to make
and rocio.serrano@aurelle.example has no call to make
when the call to +33611223344 is due
and rocio.serrano@aurelle.example tells of the call to +33611223344: do_not_call
then rocio.serrano@aurelle.example has no call to make
and telling of that call again is refused as done
when four days pass for the plan
given an experience E4 of kind order at FR-NAN on day -8 by odile@example.org named Odile Garnier with consent marketing=yes and product ARIETTA and phone +33611223344 and vin VF1AAAAA555444333
when the plan looks at whom something is due for
then rocio.serrano@aurelle.example has no call to make
and within 10 seconds odile@example.org has 1 letter that begins "Votre Aurelle Arietta arrive"
