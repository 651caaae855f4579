{{>mail_hello}}
{{t:mail.invitation.ask.@KIND site=SITE_NAME brand=BRAND date=date:EXPERIENCE_ON}}
{{t:kind.@KIND}}, {{date:EXPERIENCE_ON}}{{?PRODUCT_NAME}}, {{PRODUCT_NAME}}{{/PRODUCT_NAME}}

{{t:mail.invitation.button}}
{{LINK}}

{{t:mail.invitation.shown}} {{t:mail.invitation.use brand=BRAND site=SITE_NAME}} {{?INCENTIVE}}{{t:incentive.promise reward=INCENTIVE}}{{/INCENTIVE}}{{^INCENTIVE}}{{t:incentive.none}}{{/INCENTIVE}}
{{t:frame.how}}
{{BASE_URL}}/{{locale}}/rules
{{t:mail.invitation.expires date=date:EXPIRES_AT}}
{{>mail_foot}}
{{t:mail.invitation.why site=SITE_NAME}}
{{t:mail.unsubscribe}}
{{UNSUBSCRIBE_URL}}
