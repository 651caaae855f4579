{{>mail_hello}}
{{t:mail.removed.lead subject=SUBJECT_NAME date=datetime:DECIDED_AT}}
{{>mail_reasons}}
{{>mail_foot}}
