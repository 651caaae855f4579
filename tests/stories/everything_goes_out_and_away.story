# A person takes everything with her, then leaves: words, salt and data go from everywhere, the log stays whole.
# Norms: GDP-3, GDP-4, GDP-7, AUT-4, TLG-8

given a platform with the demo's network
given an experience E1 of kind workshop at FR-NAN on day -10 by zenobie@example.org named Zénobie Quatrelivres with consent invitation=legitimate_interest and product VIRELAI and vin VRLTESTVIN0000042 and phone "+33 6 98 76 54 32"
given an experience E2 of kind workshop at FR-LYO on day -9 by paul@example.org named Paul Morel with consent invitation=legitimate_interest
then within 10 seconds zenobie@example.org has an invitation
when paul@example.org answers with 4 stars "Bien."
when zenobie@example.org answers with 1 star "Un grincement de marmotte au freinage." signing with her name, with title "Marmotte grinçante", with 2 stars and "Le hamster du ventilateur siffle." for the vehicle
then within 5 seconds chantal.lacroix@aurelle.example has the mail "alert"
when chantal.lacroix@aurelle.example opens the case
and the call is noted as reached: "Elle imite la marmotte au téléphone."
and the answer "Nous avons entendu la marmotte en atelier." is proposed
then within 5 seconds the newest review of the site FR-NAN shows the answer "Nous avons entendu la marmotte en atelier." of "Garage Kervadec"
and within 5 seconds zenobie@example.org has the mail "reply_published"
when she corrects it to 2 stars "Un grincement de loutre au freinage."
then within 5 seconds the site FR-NAN shows 1 review with 2 stars
and within 5 seconds the newest review of the site FR-NAN shows when it was changed
and her receipt holds against the log's key
and the checkpoint is written down

when she reports pressure: "On m'a promis un bidon d'huile si je change ma note."
then within 5 seconds chantal.colin@aurelle.example has the mail "pressure"
when she exports everything
then the export has 2 reviews with 1 earlier version, 1 experience, 1 call and the mails sent
and the export holds "Un grincement de loutre au freinage."
and the export holds "Un grincement de marmotte au freinage."
and the export holds "Le hamster du ventilateur siffle."
and the export holds "Elle imite la marmotte au téléphone."
and the export holds "Nous avons entendu la marmotte en atelier."
and the export holds "VRLTESTVIN0000042"
and the export holds "Quatrelivres"
and the export holds "+33 6 98 76 54 32"
and the export holds "bidon d'huile"
and verbatim export person of zenobie@example.org holds "Un grincement de loutre au freinage."
and the bytes of the database hold "marmotte"
and the bytes of the database hold "Quatrelivres" no more

when she erases everything
then within 5 seconds the site FR-NAN shows no review
and the site FR-LYO shows 1 review with 4 stars
and the product VIRELAI shows no review
and neither API nor pages of site FR-NAN hold "loutre"
and neither API nor pages of site FR-NAN hold "marmotte"
and neither API nor pages of product VIRELAI hold "hamster"
and her review page answers 410
and her old links open nothing
and verbatim export person of zenobie@example.org knows nobody
and within 60 seconds the bytes of the database hold "loutre" no more
and within 60 seconds the bytes of the database hold "marmotte" no more
and within 60 seconds the bytes of the database hold "hamster" no more
and within 60 seconds the bytes of the database hold "grinçante" no more
and within 60 seconds the bytes of the database hold "Quatrelivres" no more
and within 60 seconds the bytes of the database hold "zenobie@example.org" no more
and within 60 seconds the bytes of the database hold "VRLTESTVIN0000042" no more
and within 60 seconds the bytes of the database hold "+33 6 98 76 54 32" no more
and within 60 seconds the bytes of the database hold "bidon d'huile" no more
and within 60 seconds the bytes of the database hold her salt no more
and no entry of the log holds "marmotte"
and within 5 seconds the log holds 2 entries of kind erased
and the log has only grown since
and the log verifies
when the case of chantal.lacroix@aurelle.example is opened again
then the page does not say "marmotte"
