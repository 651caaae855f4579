# Who answers for something follows a theme where it concerns them. It stands first on their screen, and once a week a mail says what
# customers said of it, in their words; where nobody said anything, nothing comes.
# Norms: GDP-4

given a platform with the demo's network
given the program france has a key of aurelie.fauvel@aurelle.example with role country for FR
given the program nantes has a key of chantal.lacroix@aurelle.example with role site for FR-NAN
when france follows service.waiting on country:FR
and france follows vehicle.gearbox on country:FR
and france may not follow service.waiting on country:DE
and nantes may not follow service.waiting on site:FR-LYO
and a customer of FR-NAN writes "Une attente insupportable, je suis très mécontent."
and a customer of FR-LYO writes "L'attente était interminable, quelle déception."
then within 10 seconds france sees among the followed themes service.waiting on country:FR: 2 reviews, 2 complaining
and france sees among the followed themes vehicle.gearbox on country:FR: 0 reviews, 0 complaining
and the week is looked back on: 1 mails to followers, 0 languages drifted
and within 5 seconds aurelie.fauvel@aurelle.example has the weekly mail with "Attente" and "Une attente insupportable"
when france leaves service.waiting on country:FR
then the week is looked back on: 0 mails to followers, 0 languages drifted
