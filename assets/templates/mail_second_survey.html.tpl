{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.second_survey.lead site=SITE_NAME date=date:SUBMITTED_AT}}</p>
<p style="margin:0 0 16px">{{t:mail.second_survey.private}}</p>
{{>mail_button url=LINK text=mail.second_survey.button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.second_survey.why site=SITE_NAME}} <a class="soft" style="color:#4c5a5e" href="{{UNSUBSCRIBE_URL}}">{{t:mail.unsubscribe}}</a></p>
{{>mail_end}}
