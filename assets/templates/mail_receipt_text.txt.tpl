{{>mail_hello}}
{{t:mail.receipt.thanks subject=SUBJECT_NAME}} {{t:mail.receipt.next date=datetime:DECIDE_BY}}
{{t:mail.receipt.me}}
{{LINK}}

{{t:receipt.heading}}
{{t:receipt.why}}
{{t:receipt.review}}: {{REVIEW_ID}}
{{t:receipt.commitment}}: {{COMMITMENT}}
{{t:receipt.salt}}: {{SALT}}
{{t:receipt.leaf}}: {{LEAF}}
{{>mail_foot}}
