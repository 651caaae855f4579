{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.monthly_report.lead site=SITE_NAME count=REVIEWS}}{{?MEAN}} {{t:mail.monthly_report.mean mean=MEAN}}{{/MEAN}}{{?PLACE}} {{t:mail.monthly_report.place rank=PLACE of=PLACES}}{{/PLACE}}</p>
<p style="margin:0 0 8px"><b>{{t:report.next}}</b></p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
{{#STEPS}}
<tr><td class="rule" style="border-top:1px solid #d5dcdc;padding:10px 0;font:16px/1.5 Arial,sans-serif">{{SAYS}}</td></tr>
{{/STEPS}}
</table>
{{>mail_button url=LINK text=mail.monthly_report.button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.monthly_report.why site=SITE_NAME}}</p>
{{>mail_end}}
