{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.equality_alert.lead}}</p>
{{#REFUSAL}}
<p style="margin:0 0 16px">{{t:mail.equality_alert.refusal low=rate:LOW_RATE low_count=LOW_DECIDED high=rate:HIGH_RATE high_count=HIGH_DECIDED}}</p>
{{/REFUSAL}}
{{#DELAY}}
<p style="margin:0 0 16px">{{t:mail.equality_alert.delay low=duration:LOW_SECONDS high=duration:HIGH_SECONDS}}</p>
{{/DELAY}}
<p style="margin:0 0 16px">{{t:mail.equality_alert.why}}</p>
{{>mail_button url=LINK text=mail.equality_alert.button}}
{{>mail_bottom}}
{{>mail_end}}
