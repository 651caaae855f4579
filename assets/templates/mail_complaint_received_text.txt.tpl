{{>mail_hello}}
{{t:mail.complaint_received.lead subject=SUBJECT_NAME date=date:DECIDE_BY}}

{{t:mail.notice_received.yours}}
{{EXPLANATION}}
{{?LINK}}

{{t:mail.me_button}}
{{LINK}}
{{/LINK}}
{{>mail_foot}}
