{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.webhook_disabled.lead}}</p>
<p style="margin:0 0 16px;overflow-wrap:anywhere"><b>{{URL}}</b></p>
{{#GONE}}<p style="margin:0 0 16px">{{t:mail.webhook_disabled.gone}}</p>{{/GONE}}
{{^GONE}}<p style="margin:0 0 16px">{{t:mail.webhook_disabled.failing since=datetime:SINCE}}</p>
{{#STATUS}}<p style="margin:0 0 16px">{{t:mail.webhook_disabled.status status=STATUS}}</p>{{/STATUS}}
{{#FAULT}}<p class="soft" style="margin:0 0 16px;color:#4c5a5e" lang="en">{{FAULT}}</p>{{/FAULT}}{{/GONE}}
<p style="margin:0">{{t:mail.webhook_disabled.next}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.webhook_disabled.why}}</p>
{{>mail_end}}
