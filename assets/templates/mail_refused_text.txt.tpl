{{>mail_hello}}
{{?CORRECTION}}{{t:mail.refused.correction subject=SUBJECT_NAME date=datetime:DECIDED_AT}}{{/CORRECTION}}{{^CORRECTION}}{{t:mail.refused.lead subject=SUBJECT_NAME date=datetime:DECIDED_AT}}{{/CORRECTION}}
{{>mail_reasons}}
{{>mail_foot}}
