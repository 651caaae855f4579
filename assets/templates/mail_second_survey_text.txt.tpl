{{>mail_hello}}
{{t:mail.second_survey.lead site=SITE_NAME date=date:SUBMITTED_AT}}
{{t:mail.second_survey.private}}

{{t:mail.second_survey.button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.second_survey.why site=SITE_NAME}}
{{t:mail.unsubscribe}}
{{UNSUBSCRIBE_URL}}
