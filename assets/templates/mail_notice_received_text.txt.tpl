{{>mail_hello}}
{{#SUSPENDED_UNTIL}}{{t:mail.notice_received.suspended subject=SUBJECT_NAME number=NOTICE_ID date=date:SUSPENDED_UNTIL}}{{/SUSPENDED_UNTIL}}{{^SUSPENDED_UNTIL}}{{t:mail.notice_received.lead subject=SUBJECT_NAME number=NOTICE_ID date=date:DECIDE_BY}}{{/SUSPENDED_UNTIL}}

{{t:mail.notice_received.yours}} {{t:reason.@REASON}}
{{EXPLANATION}}

{{REVIEW_URL}}
{{>mail_foot}}
