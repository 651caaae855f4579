{{#IS_REPLY}}{{t:mail.moderation_request.reply subject=SUBJECT_NAME}}{{/IS_REPLY}}{{^IS_REPLY}}{{t:mail.moderation_request.lead subject=SUBJECT_NAME}}{{/IS_REPLY}}

{{language:LANG}}, {{t:moderate.decide_by}} {{datetime:DECIDE_BY}}

{{t:mail.moderate_button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.moderation.once}}
