{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.finding.lead author=AUTHOR about=ABOUT count=COUNT}}</p>
<p style="margin:0 0 8px"><b>{{TITLE}}</b></p>
<p style="margin:0 0 16px">{{lines:TEXT}}</p>
<p style="margin:0 0 16px">{{t:mail.finding.ask}}</p>
{{>mail_button url=LINK text=mail.finding.button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.finding.why brand=BRAND}}</p>
{{>mail_end}}
