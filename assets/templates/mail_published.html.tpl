{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.published.lead subject=SUBJECT_NAME}}</p>
{{>mail_button url=REVIEW_URL text=thanks.read}}
<p style="margin:0 0 16px">{{t:mail.receipt.me}} <a class="ink" href="{{LINK}}" style="color:#11191c">{{t:mail.me_button}}</a></p>
{{>mail_bottom}}
{{>mail_end}}
