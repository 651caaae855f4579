{{>mail_top}}
{{>mail_hello}}
<p lang="{{LANG}}" style="margin:0 0 16px">{{WORDS}}</p>
<p style="margin:0 0 16px">{{t:mail.plan.lead brand=BRAND dealer=DEALER}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.plan_service.why}}</p>
{{>mail_end}}
