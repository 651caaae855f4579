{{>mail_top}}
{{>mail_hello}}
<p lang="{{LANG}}" style="margin:0 0 16px">{{WORDS}}</p>
<p style="margin:0 0 16px">{{t:mail.plan.lead brand=BRAND dealer=DEALER}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.plan.why brand=BRAND}} <a class="soft" style="color:#4c5a5e" href="{{UNSUBSCRIBE_URL}}">{{t:mail.plan.stop}}</a></p>
{{>mail_end}}
