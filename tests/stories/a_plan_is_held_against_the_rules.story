# The contact plan is a file people read. Whoever writes a mistake into it is told where; what it would do is seen before it does it.
# Norms: EML-4, EML-11, INC-1, INC-2, INC-3, INC-4, INC-5, INC-6, GDP-1, COL-7

given the packaged plan as a file
then the plan has no mistakes
and the plan has 30 campaigns in 8 languages

when in the plan line "trigger = { event = "order", after = "14 days" }" is changed to "trigger = { event = "review", score = { from = 4 }, after = "1 day" }"
then the check names that line and says "COL-7: who is invited may not hang on an opinion already known"

when in the plan line "fr = "Comment s'est passée votre visite à l'atelier de {dealer} ?"" is changed to "fr = "Cinq étoiles pour {dealer} ?""
then the check names that line and says "INC-5"

when in the plan line "reward = { kind = "draw", disclosed = true }" is changed to "reward = { kind = "voucher", disclosed = false }"
then the check names that line and says "INC-1: a voucher for every review buys it"
and the check names that line and says "INC-2: a reward must be told"

when in the plan line "priority = 100" is changed to "priorty = 100"
then the check names that line and says "did you mean "priority"?"

given the packaged plan as a file
when 2000 vehicles live under the plan for 10 years with seed 7
then the last line of the simulation is its number of touchpoints
and its months and its campaigns add up to that number
and the same seed says the same again, and another seed does not
