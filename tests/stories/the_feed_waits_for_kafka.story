# Brokers that are away are waited for and said to be away; nothing of the feed is passed over, and the platform stops in time all the same.
# Norms: GDP-1

given the setting plan.kafka_brokers=127.0.0.1:9
given a platform with the demo's network
when the packaged plan without quiet hours is published as version 2026-11-05 and has held for 30 days
given an experience E1 of kind order at FR-NAN on day -8 by apolline@example.org named Apolline Weiss with consent marketing=yes;data_platform=yes and product VIRELAI
when the plan looks at whom something is due for
then within 10 seconds the feed tells, of apolline@example.org, of ordered sent
and within 30 seconds the server has said "Kafka's brokers do not answer"
and nothing of the feed counts as taken by Kafka
and the figures for watching show that something of the feed waits
when the platform is stopped
and from the next start a test cluster of the client's own takes the feed
and the platform is started again
then within 30 seconds all of the feed counts as taken by Kafka
and within 10 seconds the figures for watching show that nothing of the feed waits
