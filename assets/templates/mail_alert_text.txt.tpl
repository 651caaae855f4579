{{t:mail.alert.lead site=SITE_NAME hours=HOURS_LEFT date=datetime:DUE_AT}}

{{?RATING}}
{{t:stars.label stars=number:RATING}}
{{/RATING}}
{{?TITLE}}
{{TITLE}}
{{/TITLE}}
{{BODY}}

{{CUSTOMER_NAME}}{{?CUSTOMER_PHONE}}, {{CUSTOMER_PHONE}}{{/CUSTOMER_PHONE}}
{{?EXPERIENCE_ON}}
{{t:mail.case.visit date=date:EXPERIENCE_ON}}
{{/EXPERIENCE_ON}}
{{t:case.why.@WHY}}

{{t:mail.case_button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.case.why site=SITE_NAME}}
