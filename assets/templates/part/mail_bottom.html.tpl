</td></tr>
<tr><td class="soft rule" style="font:13px/1.55 Arial,sans-serif;color:#4c5a5e;border-top:1px solid #d5dcdc;padding-top:16px">
{{?NOTICE}}
<p style="margin:0 0 8px">{{t:mail.notice.text source=NOTICE_SOURCE operator=OPERATOR}} <a class="soft" style="color:#4c5a5e" href="{{BASE_URL}}/{{locale}}/privacy">{{t:mail.notice.more}}</a></p>
{{/NOTICE}}
<p style="margin:0 0 8px">{{t:mail.operator brand=BRAND operator=OPERATOR}}</p>
