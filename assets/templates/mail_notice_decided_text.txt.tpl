{{>mail_hello}}
{{#OUTCOME=kept}}{{t:mail.notice_decided.kept subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=kept}}{{#OUTCOME=removed}}{{t:mail.notice_decided.removed subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=removed}}{{#OUTCOME=moot}}{{t:mail.notice_decided.moot subject=SUBJECT_NAME}}{{/OUTCOME=moot}}
{{?GROUND}}

{{t:reason.@GROUND}}. {{t:reason.why.@GROUND}}
{{/GROUND}}
{{?EXPLANATION}}

{{EXPLANATION}}

{{t:mail.notice_decided.human}} {{t:refused.ground version=POLICY}}
{{/EXPLANATION}}
{{?CONTEST_LINK}}

{{t:mail.notice_decided.appeal date=date:APPEAL_UNTIL}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}
{{CONTEST_LINK}}
{{/CONTEST_LINK}}

{{REVIEW_URL}}
{{>mail_foot}}
