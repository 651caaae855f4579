{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.finding_changed.lead brand=BRAND subject=SUBJECT_NAME date=date:WRITTEN_ON}}</p>
<p lang="{{LANG}}" style="margin:0 0 16px">{{lines:WORDS}}</p>
<p style="margin:0 0 16px">{{t:mail.finding_changed.thanks}} <a class="ink" href="{{REVIEW_URL}}" style="color:#11191c">{{t:thanks.read}}</a></p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.finding_changed.why brand=BRAND}} <a class="soft" style="color:#4c5a5e" href="{{UNSUBSCRIBE_URL}}">{{t:mail.finding_changed.stop}}</a></p>
{{>mail_end}}
