{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.pressure_question.lead subject=SUBJECT_NAME cause=CAUSE date=date:CONTACT_AT}}</p>
<p style="margin:0 0 16px">{{t:mail.pressure_question.secret}}</p>
{{>mail_button url=LINK text=mail.pressure_question.button}}
{{>mail_bottom}}
{{>mail_end}}
