{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.replay.lead day=date:DAY}}</p>
<p style="margin:0 0 16px;font-family:monospace;font-size:13px">{{lines:REPORT}}</p>
{{>mail_button url=LINK text=mail.replay.button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.replay.why}}</p>
{{>mail_end}}
