{{>mail_hello}}
{{WORDS}}

{{t:mail.plan.lead brand=BRAND dealer=DEALER}}
{{>mail_foot}}
{{t:mail.plan_service.why}}
