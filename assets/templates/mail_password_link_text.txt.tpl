{{>mail_hello}}
{{#FIRST}}{{t:mail.password_link.first brand=BRAND date=datetime:UNTIL}}{{/FIRST}}{{^FIRST}}{{t:mail.password_link.lost brand=BRAND date=datetime:UNTIL}}{{/FIRST}}

{{t:mail.password_link.button}}
{{LINK}}

{{t:mail.password_link.not_you}}
{{>mail_foot}}
{{t:mail.staff.why}}
