{{t:mail.moderation_late.lead count=COUNT date=datetime:DECIDE_BY}}
{{#PUBLISHED}}
{{t:mail.moderation_late.published}}
{{/PUBLISHED}}
{{^PUBLISHED}}
{{t:mail.moderation_late.waiting}}
{{/PUBLISHED}}

{{#LINKS}}
{{t:review.number number=REVIEW_ID}}: {{LINK}}
{{/LINKS}}
{{>mail_foot}}
{{t:mail.staff.why}}
