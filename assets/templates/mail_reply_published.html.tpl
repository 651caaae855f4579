{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.reply_published.lead subject=SUBJECT_NAME author=REPLY_AUTHOR}}</p>
<p class="rule" style="margin:0 0 20px;padding:0 0 0 16px;border-left:2px solid #11191c;white-space:pre-line">{{lines:REPLY_BODY}}</p>
{{>mail_button url=REVIEW_URL text=mail.reply_published.button}}
<p class="soft" style="margin:0 0 24px;font-size:14px;color:#4c5a5e">{{t:mail.reply_published.free}} <a class="soft" style="color:#4c5a5e" href="{{LINK}}">{{t:mail.me_button}}</a></p>
{{>mail_bottom}}
{{>mail_end}}
