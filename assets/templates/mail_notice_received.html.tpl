{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{#SUSPENDED_UNTIL}}{{t:mail.notice_received.suspended subject=SUBJECT_NAME number=NOTICE_ID date=date:SUSPENDED_UNTIL}}{{/SUSPENDED_UNTIL}}{{^SUSPENDED_UNTIL}}{{t:mail.notice_received.lead subject=SUBJECT_NAME number=NOTICE_ID date=date:DECIDE_BY}}{{/SUSPENDED_UNTIL}}</p>
<p style="margin:0 0 8px">{{t:mail.notice_received.yours}} <b>{{t:reason.@REASON}}</b></p>
<blockquote class="ink rule" style="margin:0 0 20px;padding:0 0 0 16px;border-left:2px solid #11191c">{{lines:EXPLANATION}}</blockquote>
<p style="margin:0 0 16px"><a class="ink" style="color:#11191c" href="{{REVIEW_URL}}">{{REVIEW_URL}}</a></p>
{{>mail_bottom}}
{{>mail_end}}
