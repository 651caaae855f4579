{{#IS_REPLY}}{{t:mail.moderation_request.reply subject=SUBJECT_NAME}}{{/IS_REPLY}}{{^IS_REPLY}}{{t:mail.moderation_request.lead subject=SUBJECT_NAME}}{{/IS_REPLY}}
{{>mail_ask}}
{{t:mail.moderate_button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.staff.why}}
