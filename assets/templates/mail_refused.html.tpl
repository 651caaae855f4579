{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{?CORRECTION}}{{t:mail.refused.correction subject=SUBJECT_NAME date=datetime:DECIDED_AT}}{{/CORRECTION}}{{^CORRECTION}}{{t:mail.refused.lead subject=SUBJECT_NAME date=datetime:DECIDED_AT}}{{/CORRECTION}}</p>
{{>mail_reasons}}
{{>mail_bottom}}
{{>mail_end}}
