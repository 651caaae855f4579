{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.rephrase_request.lead subject=SUBJECT_NAME}}</p>
<blockquote class="ink rule" lang="{{LANG}}" style="margin:0 0 20px;padding:0 0 0 16px;border-left:2px solid #11191c;font:20px/1.5 Georgia,serif;white-space:pre-line">{{#SEGMENTS}}{{?REASON}}<span class="mark" style="background:#e9f27c">{{lines:TEXT}}</span>{{/REASON}}{{^REASON}}{{lines:TEXT}}{{/REASON}}{{/SEGMENTS}}</blockquote>
{{?EXPLANATION}}
<p style="margin:0 0 16px">{{lines:EXPLANATION}}</p>
{{/EXPLANATION}}
<p style="margin:0 0 16px">{{t:rephrase.same}} {{t:mail.rephrase_request.until date=datetime:UNTIL}}</p>
{{>mail_button url=LINK text=me.rephrase}}
{{>mail_bottom}}
{{>mail_end}}
