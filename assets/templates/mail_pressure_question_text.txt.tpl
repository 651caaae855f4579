{{>mail_hello}}
{{t:mail.pressure_question.lead subject=SUBJECT_NAME cause=CAUSE date=date:CONTACT_AT}}
{{t:mail.pressure_question.secret}}

{{t:mail.pressure_question.button}}
{{LINK}}
{{>mail_foot}}
