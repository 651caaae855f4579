{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.new_reviews.lead site=SITE_NAME count=COUNT}}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
{{#NEW}}
<tr><td class="rule" style="border-top:1px solid #d5dcdc;padding:14px 0;font:16px/1.5 Arial,sans-serif">
<p class="soft" style="margin:0 0 6px;font-size:14px;color:#4c5a5e">{{t:service.@SERVICE}}, {{date:EXPERIENCE_ON}}{{?RATING}}, {{t:stars.label stars=number:RATING}}{{/RATING}}</p>
{{?BODY}}
<blockquote lang="{{LANG}}" style="margin:0 0 6px;white-space:pre-line">{{?TITLE}}<b>{{TITLE}}</b><br>{{/TITLE}}{{lines:BODY}}</blockquote>
{{/BODY}}
<a class="ink" href="{{ANSWER_LINK}}" style="color:#11191c">{{t:mail.new_reviews.answer}}</a>
</td></tr>
{{/NEW}}
</table>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.new_reviews.why site=SITE_NAME}}</p>
{{>mail_end}}
