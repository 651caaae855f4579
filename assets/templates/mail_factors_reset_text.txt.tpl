{{>mail_hello}}
{{t:mail.factors_reset.what brand=BRAND date=datetime:AT}}

{{t:mail.factors_reset.next}}

{{t:mail.factors_reset.button}}
{{LINK}}

{{t:mail.factors_reset.not_you}}
{{>mail_foot}}
{{t:mail.staff.why}}
