{{>mail_hello}}
{{t:mail.published.lead subject=SUBJECT_NAME}}
{{REVIEW_URL}}

{{t:mail.receipt.me}}
{{LINK}}
{{>mail_foot}}
