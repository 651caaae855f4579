{{t:mail.pressure.lead subject=SUBJECT_CODE}}
{{t:review.number number=REVIEW_ID}}
{{>mail_foot}}
{{t:mail.pressure.why}}
