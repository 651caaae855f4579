{{>mail_hello}}
{{WORDS}}

{{t:mail.plan.lead brand=BRAND dealer=DEALER}}
{{>mail_foot}}
{{t:mail.plan.why brand=BRAND}}
{{t:mail.plan.stop}}
{{UNSUBSCRIBE_URL}}
