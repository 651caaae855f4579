# Webhooks go to https addresses of the open internet only, where the brand did not say otherwise.
# Norms: GDP-6

given a platform with the demo's network
given the program admin has a key of ann@example.org with role admin
then a webhook to http://crm.example.org/hook is refused
and a webhook to https://user:secret@crm.example.org/hook is refused
and a webhook to ftp://crm.example.org/hook is refused
and a webhook to https:// is refused
