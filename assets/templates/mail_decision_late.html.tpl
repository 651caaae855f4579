{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.decision_late.lead subject=SUBJECT_NAME date=datetime:DECIDE_BY}}</p>
{{>mail_button url=LINK text=mail.me_button}}
{{>mail_bottom}}
{{>mail_end}}
