{{t:mail.moderation_digest.lead count=COUNT source=SOURCE}}

{{#LINKS}}
{{t:review.number number=REVIEW_ID}}: {{LINK}}
{{/LINKS}}
{{>mail_foot}}
{{t:mail.moderation.once}}
