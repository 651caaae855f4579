{{t:mail.equality_alert.lead}}
{{#REFUSAL}}

{{t:mail.equality_alert.refusal low=rate:LOW_RATE low_count=LOW_DECIDED high=rate:HIGH_RATE high_count=HIGH_DECIDED}}
{{/REFUSAL}}
{{#DELAY}}

{{t:mail.equality_alert.delay low=duration:LOW_SECONDS high=duration:HIGH_SECONDS}}
{{/DELAY}}

{{t:mail.equality_alert.why}}

{{LINK}}
{{>mail_foot}}
