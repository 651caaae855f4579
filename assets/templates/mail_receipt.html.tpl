{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.receipt.thanks subject=SUBJECT_NAME}} {{t:mail.receipt.next date=datetime:DECIDE_BY}}</p>
<p style="margin:0 0 16px">{{t:mail.receipt.me}}</p>
{{>mail_button url=LINK text=mail.me_button}}
<p style="margin:0 0 8px"><b>{{t:receipt.heading}}</b></p>
<p class="soft" style="margin:0 0 12px;font-size:14px;color:#4c5a5e">{{t:receipt.why}}</p>
<p style="margin:0 0 24px;font:13px/1.6 monospace;word-break:break-all">{{t:receipt.review}}: {{REVIEW_ID}}<br>{{t:receipt.commitment}}: {{COMMITMENT}}<br>{{t:receipt.salt}}: {{SALT}}<br>{{t:receipt.leaf}}: {{LEAF}}</p>
{{>mail_bottom}}
{{>mail_end}}
