{{>mail_hello}}
{{t:mail.rephrase_reminder.lead subject=SUBJECT_NAME date=datetime:UNTIL}}

{{t:mail.rephrase_reminder.button}}
{{LINK}}
{{>mail_foot}}
