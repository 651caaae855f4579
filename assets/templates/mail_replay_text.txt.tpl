{{t:mail.replay.lead day=date:DAY}}

{{REPORT}}

{{t:mail.replay.button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.replay.why}}
