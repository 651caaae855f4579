{{#REASON}}
<p style="margin:0 0 16px"><b>{{t:reason.@REASON}}</b></p>
{{/REASON}}
<p style="margin:0 0 16px">{{language:LANG}}, {{t:moderate.decide_by}} {{datetime:DECIDE_BY}}</p>
{{#LAPSED}}
<p style="margin:0 0 16px">{{t:mail.moderation_request.lapsed}}</p>
{{/LAPSED}}
{{#NO_MODERATOR}}
<p style="margin:0 0 16px">{{t:mail.moderation_request.no_moderator lang=language:LANG}}{{#NOBODY_READS}} {{t:mail.moderation_request.nobody_reads}}{{/NOBODY_READS}}</p>
{{/NO_MODERATOR}}
