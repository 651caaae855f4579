
{{#REASON}}
{{t:reason.@REASON}}

{{/REASON}}
{{language:LANG}}, {{t:moderate.decide_by}} {{datetime:DECIDE_BY}}
{{#LAPSED}}

{{t:mail.moderation_request.lapsed}}
{{/LAPSED}}
{{#NO_MODERATOR}}

{{t:mail.moderation_request.no_moderator lang=language:LANG}}{{#NOBODY_READS}} {{t:mail.moderation_request.nobody_reads}}{{/NOBODY_READS}}
{{/NO_MODERATOR}}

