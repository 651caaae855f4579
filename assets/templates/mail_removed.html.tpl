{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.removed.lead subject=SUBJECT_NAME date=datetime:DECIDED_AT}}</p>
{{>mail_reasons}}
{{>mail_bottom}}
{{>mail_end}}
