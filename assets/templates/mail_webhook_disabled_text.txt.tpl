{{t:mail.webhook_disabled.lead}}

{{URL}}

{{#GONE}}
{{t:mail.webhook_disabled.gone}}
{{/GONE}}
{{^GONE}}
{{t:mail.webhook_disabled.failing since=datetime:SINCE}}
{{#STATUS}}
{{t:mail.webhook_disabled.status status=STATUS}}
{{/STATUS}}
{{#FAULT}}
{{FAULT}}
{{/FAULT}}
{{/GONE}}

{{t:mail.webhook_disabled.next}}
{{>mail_foot}}
{{t:mail.webhook_disabled.why}}
