{{>mail_hello}}
{{t:mail.confirm_address.lead subject=SUBJECT_NAME date=date:DECIDE_BY}}

{{t:confirm.send}}
{{LINK}}

{{t:mail.confirm_address.not_you}}
{{>mail_foot}}
