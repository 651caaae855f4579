{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.complaint_received.lead subject=SUBJECT_NAME date=date:DECIDE_BY}}</p>
<p style="margin:0 0 8px">{{t:mail.notice_received.yours}}</p>
<blockquote class="ink rule" style="margin:0 0 20px;padding:0 0 0 16px;border-left:2px solid #11191c">{{lines:EXPLANATION}}</blockquote>
{{?LINK}}
{{>mail_button url=LINK text=mail.me_button}}
{{/LINK}}
{{>mail_bottom}}
{{>mail_end}}
