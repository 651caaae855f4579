{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{#OF_NOTICE}}{{#OUTCOME=overturned}}{{t:mail.complaint_decided.notifier_overturned subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=overturned}}{{#OUTCOME=upheld}}{{t:mail.complaint_decided.notifier_upheld subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=upheld}}{{/OF_NOTICE}}{{^OF_NOTICE}}{{#OUTCOME=overturned}}{{t:mail.complaint_decided.author_overturned subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=overturned}}{{#OUTCOME=upheld}}{{t:mail.complaint_decided.author_upheld subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=upheld}}{{/OF_NOTICE}}</p>
<p style="margin:0 0 16px">{{lines:EXPLANATION}}</p>
<p class="soft" style="margin:0 0 16px;color:#4c5a5e">{{t:mail.notice_decided.human}} {{t:refused.ground version=POLICY}}</p>
{{#OUTCOME=upheld}}
<p style="margin:0 0 16px">{{t:mail.complaint_decided.outside}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}</p>
{{/OUTCOME=upheld}}
<p style="margin:0 0 16px"><a class="ink" style="color:#11191c" href="{{REVIEW_URL}}">{{REVIEW_URL}}</a></p>
{{?LINK}}
{{>mail_button url=LINK text=mail.me_button}}
{{/LINK}}
{{>mail_bottom}}
{{>mail_end}}
