{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.pressure.lead subject=SUBJECT_CODE answer=ANSWER}}</p>
{{?WORDS}}
<blockquote style="margin:0 0 16px;padding:0 0 0 16px;border-left:2px solid #11191c;white-space:pre-line">{{lines:WORDS}}</blockquote>
{{/WORDS}}
<p style="margin:0 0 16px">{{t:review.number number=REVIEW_ID}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.pressure.why}}</p>
{{>mail_end}}
