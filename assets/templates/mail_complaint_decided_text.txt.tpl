{{>mail_hello}}
{{#OF_NOTICE}}{{#OUTCOME=overturned}}{{t:mail.complaint_decided.notifier_overturned subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=overturned}}{{#OUTCOME=upheld}}{{t:mail.complaint_decided.notifier_upheld subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=upheld}}{{/OF_NOTICE}}{{^OF_NOTICE}}{{#OUTCOME=overturned}}{{t:mail.complaint_decided.author_overturned subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=overturned}}{{#OUTCOME=upheld}}{{t:mail.complaint_decided.author_upheld subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=upheld}}{{/OF_NOTICE}}

{{EXPLANATION}}

{{t:mail.notice_decided.human}} {{t:refused.ground version=POLICY}}
{{#OUTCOME=upheld}}

{{t:mail.complaint_decided.outside}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}
{{/OUTCOME=upheld}}

{{REVIEW_URL}}
{{?LINK}}

{{t:mail.me_button}}
{{LINK}}
{{/LINK}}
{{>mail_foot}}
