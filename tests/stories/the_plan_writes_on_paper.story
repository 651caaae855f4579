# What the plan decides for paper waits for a print run: a letter each, the addresses, and a manifest that says what is there. A run that was
# begun and never finished is made again, byte by byte the same, and what the post brings back closes the address for whoever lives there.
# Norms: EML-4, EML-10, GDP-2, GDP-3

given a platform with the demo's network
given an API key for rocio.serrano@aurelle.example as crm of *
given an experience E1 of kind order at FR-NAN on day -8 by odile@example.org named Odile Garnier with consent marketing=yes and product VIRELAI and street "7 rue des Lilas" and postcode 44000 and city Nantes
given an experience E2 of kind order at FR-NAN on day -8 by luc@example.org named Luc Perrin with consent marketing=yes and product VIRELAI
given an experience E3 of kind order at FR-NAN on day -8 by ines@example.org named Ines Morel with consent marketing=no and product VIRELAI and street "3 quai de la Fosse" and postcode 44100 and city Nantes
when in the plan the welcome goes by paper alone
and the packaged plan without quiet hours is published as version 2026-11-02 and has held for 30 days
and the plan looks at whom something is due for
then rocio.serrano@aurelle.example decided about odile@example.org: welcome sent
and rocio.serrano@aurelle.example decided about luc@example.org: welcome no_channel
and rocio.serrano@aurelle.example decided about ines@example.org: welcome unsubscribed
when the letters are to be printed into a folder that cannot be written
then that fails, and the run waits
when the letters are printed
then print run 1 has 1 letter, every file is as its manifest says, and none is missing
and letter 1-00001 goes to "Odile Garnier, 7 rue des Lilas, 44000, Nantes, FR" and is a PDF
when the letters are printed
then no letter waits for paper
when print run 1 is made again elsewhere
then its files are the same, byte by byte
when the post brings back 1-00001 because of "moved away"
given an experience E4 of kind order at FR-NAN on day -8 by marc@example.org named Marc Garnier with consent marketing=yes and product VIRELAI and street "7, Rue des Lilas" and postcode 44000 and city NANTES
when the plan looks at whom something is due for
then rocio.serrano@aurelle.example decided about marc@example.org: welcome no_channel

# The address is the person's: exported, and erased from what was printed too.
then verbatim export person of odile@example.org holds "7 rue des Lilas"
when the administrator erases odile@example.org
and print run 1 is made again elsewhere
then nothing of it is left but that one letter was there
