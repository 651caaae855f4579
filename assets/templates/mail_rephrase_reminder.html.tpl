{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.rephrase_reminder.lead subject=SUBJECT_NAME date=datetime:UNTIL}}</p>
{{>mail_button url=LINK text=mail.rephrase_reminder.button}}
{{>mail_bottom}}
{{>mail_end}}
