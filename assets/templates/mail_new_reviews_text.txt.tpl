{{t:mail.new_reviews.lead site=SITE_NAME count=COUNT}}

{{#NEW}}
{{t:service.@SERVICE}}, {{date:EXPERIENCE_ON}}{{?RATING}}, {{t:stars.label stars=number:RATING}}{{/RATING}}
{{?TITLE}}
{{TITLE}}
{{/TITLE}}
{{?BODY}}
{{BODY}}
{{/BODY}}
{{ANSWER_LINK}}

{{/NEW}}
{{>mail_foot}}
{{t:mail.new_reviews.why site=SITE_NAME}}
