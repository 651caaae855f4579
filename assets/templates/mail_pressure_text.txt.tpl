{{t:mail.pressure.lead subject=SUBJECT_CODE answer=ANSWER}}

{{?WORDS}}
{{WORDS}}

{{/WORDS}}
{{t:review.number number=REVIEW_ID}}
{{>mail_foot}}
{{t:mail.pressure.why}}
