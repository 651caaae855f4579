{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.confirm_address.lead subject=SUBJECT_NAME date=date:DECIDE_BY}}</p>
{{>mail_button url=LINK text=confirm.send}}
<p class="soft" style="margin:0 0 24px;font-size:14px;color:#4c5a5e">{{t:mail.confirm_address.not_you}}</p>
{{>mail_bottom}}
{{>mail_end}}
