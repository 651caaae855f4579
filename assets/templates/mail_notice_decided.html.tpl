{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{#OUTCOME=kept}}{{t:mail.notice_decided.kept subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=kept}}{{#OUTCOME=removed}}{{t:mail.notice_decided.removed subject=SUBJECT_NAME date=date:DECIDED_AT}}{{/OUTCOME=removed}}{{#OUTCOME=moot}}{{t:mail.notice_decided.moot subject=SUBJECT_NAME}}{{/OUTCOME=moot}}</p>
{{?GROUND}}
<p style="margin:0 0 16px"><b>{{t:reason.@GROUND}}</b>. {{t:reason.why.@GROUND}}</p>
{{/GROUND}}
{{?EXPLANATION}}
<p style="margin:0 0 16px">{{lines:EXPLANATION}}</p>
<p class="soft" style="margin:0 0 16px;color:#4c5a5e">{{t:mail.notice_decided.human}} {{t:refused.ground version=POLICY}}</p>
{{/EXPLANATION}}
{{?CONTEST_LINK}}
<p style="margin:0 0 16px">{{t:mail.notice_decided.appeal date=date:APPEAL_UNTIL}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}</p>
{{>mail_button url=CONTEST_LINK text=mail.refused.button}}
{{/CONTEST_LINK}}
<p style="margin:0 0 16px"><a class="ink" style="color:#11191c" href="{{REVIEW_URL}}">{{REVIEW_URL}}</a></p>
{{>mail_bottom}}
{{>mail_end}}
