# Programs that ask twice, ask too often, or ask for what is not there.
# Norms: GDP-6

given the setting limits.key_per_minute=60
given a platform with the demo's network
given the program admin has a key of ann@example.org with role admin
given the program auditor has a key of olga@example.org with role admin
then every body that the API describes has an example, and each example is as it describes
and admin sends the same request twice with one key and it happens once
and admin who kept an answer is told that it still holds
and a wrong address and a wrong method below /api/ are answered as problems
and auditor is told how often it may ask, and when it asked too often
and admin who kept an answer is told that it still holds
