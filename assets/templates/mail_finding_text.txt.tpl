{{t:mail.finding.lead author=AUTHOR about=ABOUT count=COUNT}}

{{TITLE}}

{{TEXT}}

{{t:mail.finding.ask}}
{{LINK}}
{{>mail_foot}}
{{t:mail.finding.why brand=BRAND}}
