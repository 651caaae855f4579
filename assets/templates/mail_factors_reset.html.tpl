{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.factors_reset.what brand=BRAND date=datetime:AT}}</p>
<p style="margin:0 0 16px">{{t:mail.factors_reset.next}}</p>
{{>mail_button url=LINK text=mail.factors_reset.button}}
<p class="soft" style="margin:0 0 24px;font-size:14px;color:#4c5a5e">{{t:mail.factors_reset.not_you}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.staff.why}}</p>
{{>mail_end}}
