{{>mail_top}}
<p style="margin:0 0 16px">{{#IS_REPLY}}{{t:mail.moderation_request.reply subject=SUBJECT_NAME}}{{/IS_REPLY}}{{^IS_REPLY}}{{t:mail.moderation_request.lead subject=SUBJECT_NAME}}{{/IS_REPLY}}</p>
{{>mail_ask}}
{{>mail_button url=LINK text=mail.moderate_button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.staff.why}}</p>
{{>mail_end}}
