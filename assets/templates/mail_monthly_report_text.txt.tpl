{{t:mail.monthly_report.lead site=SITE_NAME count=REVIEWS}}{{?MEAN}} {{t:mail.monthly_report.mean mean=MEAN}}{{/MEAN}}{{?PLACE}} {{t:mail.monthly_report.place rank=PLACE of=PLACES}}{{/PLACE}}

{{t:report.next}}
{{#STEPS}}
- {{SAYS}}
{{/STEPS}}

{{LINK}}
{{>mail_foot}}
{{t:mail.monthly_report.why site=SITE_NAME}}
