{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{#FIRST}}{{t:mail.password_link.first brand=BRAND date=datetime:UNTIL}}{{/FIRST}}{{^FIRST}}{{t:mail.password_link.lost brand=BRAND date=datetime:UNTIL}}{{/FIRST}}</p>
{{>mail_button url=LINK text=mail.password_link.button}}
<p class="soft" style="margin:0 0 24px;font-size:14px;color:#4c5a5e">{{t:mail.password_link.not_you}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.staff.why}}</p>
{{>mail_end}}
