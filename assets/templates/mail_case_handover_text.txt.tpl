{{t:mail.case_handover.lead from=FROM site=SITE_NAME date=datetime:DUE_AT}}

{{?NOTE}}
{{NOTE}}

{{/NOTE}}
{{?RATING}}
{{t:stars.label stars=number:RATING}}
{{/RATING}}
{{?TITLE}}
{{TITLE}}
{{/TITLE}}
{{BODY}}

{{CUSTOMER_NAME}}{{?CUSTOMER_PHONE}}, {{CUSTOMER_PHONE}}{{/CUSTOMER_PHONE}}

{{t:mail.case_button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.case_handover.why from=FROM}}
