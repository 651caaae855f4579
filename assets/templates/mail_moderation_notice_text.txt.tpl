{{t:mail.moderation_notice.lead subject=SUBJECT_NAME}}{{#DEALER}} {{t:mail.moderation_notice.dealer}}{{/DEALER}}
{{>mail_ask}}
{{t:mail.moderate_button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.staff.why}}
