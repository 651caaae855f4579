{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.finding_answered.lead who=WHO title=TITLE}}</p>
{{?ANSWER}}
<p style="margin:0 0 16px">{{lines:ANSWER}}</p>
{{/ANSWER}}
{{?CHANGED}}
<p style="margin:0 0 8px"><b>{{t:mail.finding_answered.changed}}</b></p>
<p style="margin:0 0 16px">{{lines:CHANGED}}</p>
{{/CHANGED}}
{{>mail_button url=LINK text=mail.finding.button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.finding_answered.why}}</p>
{{>mail_end}}
