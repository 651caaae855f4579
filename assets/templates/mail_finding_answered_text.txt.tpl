{{t:mail.finding_answered.lead who=WHO title=TITLE}}

{{?ANSWER}}
{{ANSWER}}

{{/ANSWER}}
{{?CHANGED}}
{{t:mail.finding_answered.changed}}
{{CHANGED}}

{{/CHANGED}}
{{LINK}}
{{>mail_foot}}
{{t:mail.finding_answered.why}}
