</td></tr>
<tr><td class="soft rule" style="font:13px/1.55 Arial,sans-serif;color:#4c5a5e;border-top:1px solid #d5dcdc;padding-top:16px">
<p style="margin:0 0 8px">{{t:mail.operator brand=BRAND operator=OPERATOR}}</p>
