{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.moderation_complaint.lead subject=SUBJECT_NAME}}</p>
{{>mail_ask}}
{{>mail_button url=LINK text=mail.moderate_button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.staff.why}}</p>
{{>mail_end}}
