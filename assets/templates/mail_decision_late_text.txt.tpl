{{>mail_hello}}
{{t:mail.decision_late.lead subject=SUBJECT_NAME date=datetime:DECIDE_BY}}

{{t:mail.me_button}}
{{LINK}}
{{>mail_foot}}
