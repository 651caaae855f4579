{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.moderation_late.lead count=COUNT date=datetime:DECIDE_BY}}</p>
{{#PUBLISHED}}
<p style="margin:0 0 16px">{{t:mail.moderation_late.published}}</p>
{{/PUBLISHED}}
{{^PUBLISHED}}
<p style="margin:0 0 16px">{{t:mail.moderation_late.waiting}}</p>
{{/PUBLISHED}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
{{#LINKS}}
<tr><td class="rule" style="border-top:1px solid #d5dcdc;padding:10px 0;font:16px/1.5 Arial,sans-serif"><a class="ink" href="{{LINK}}" style="color:#11191c">{{t:review.number number=REVIEW_ID}}</a></td></tr>
{{/LINKS}}
</table>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.staff.why}}</p>
{{>mail_end}}
