{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.pressure.lead subject=SUBJECT_CODE}}</p>
<p style="margin:0 0 16px">{{t:review.number number=REVIEW_ID}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.pressure.why}}</p>
{{>mail_end}}
