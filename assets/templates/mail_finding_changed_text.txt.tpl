{{>mail_hello}}
{{t:mail.finding_changed.lead brand=BRAND subject=SUBJECT_NAME date=date:WRITTEN_ON}}

{{WORDS}}

{{t:mail.finding_changed.thanks}}
{{REVIEW_URL}}
{{>mail_foot}}
{{t:mail.finding_changed.why brand=BRAND}}
{{t:mail.finding_changed.stop}}
{{UNSUBSCRIBE_URL}}
