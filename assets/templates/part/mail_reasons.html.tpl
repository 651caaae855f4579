<blockquote class="ink rule" lang="{{LANG}}" style="margin:0 0 20px;padding:0 0 0 16px;border-left:2px solid #11191c;font:20px/1.5 Georgia,serif;white-space:pre-line">{{lines:BODY}}</blockquote>
<p style="margin:0 0 8px"><b>{{t:reason.@REASON}}</b>. {{t:reason.why.@REASON}}</p>
{{?EXPLANATION}}
<p style="margin:0 0 16px">{{lines:EXPLANATION}}</p>
{{/EXPLANATION}}
<ul class="soft" style="margin:0 0 16px;padding:0 0 0 20px;font-size:14px;color:#4c5a5e">
<li>{{#REMOVED}}{{t:refused.measure_removed}}{{/REMOVED}}{{^REMOVED}}{{#CORRECTION}}{{t:refused.measure_correction}}{{/CORRECTION}}{{^CORRECTION}}{{t:refused.measure}}{{/CORRECTION}}{{/REMOVED}}</li>
<li>{{t:refused.scope}}</li>
{{?FACTS}}
<li>{{t:refused.facts}}{{#FACTS}} <span class="mark" lang="{{LANG}}">{{WORDS}}</span>{{/FACTS}}</li>
{{/FACTS}}
<li>{{#AUTOMATED}}{{t:refused.found_by_machine}}{{/AUTOMATED}}{{^AUTOMATED}}{{t:refused.found_by_human}}{{/AUTOMATED}}</li>
<li>{{#NOTICED}}{{t:refused.from_notice}}{{/NOTICED}}{{^NOTICED}}{{t:refused.own_initiative}}{{/NOTICED}}</li>
{{?LAW}}
<li>{{t:refused.law law=LAW}}</li>
{{/LAW}}
<li>{{t:refused.ground version=POLICY}} <a class="soft" style="color:#4c5a5e" href="{{BASE_URL}}/{{locale}}/rules#reasons">{{t:frame.rules}}</a></li>
</ul>
<p style="margin:0 0 16px">{{t:refused.appeal date=date:APPEAL_UNTIL}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}</p>
{{>mail_button url=CONTEST_LINK text=mail.refused.button}}
<p style="margin:0 0 16px">{{t:mail.refused.space}} <a class="ink" style="color:#11191c" href="{{LINK}}">{{t:mail.me_button}}</a></p>
