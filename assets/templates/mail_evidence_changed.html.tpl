{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.evidence_changed.lead count=COUNT day=date:DAY}}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
{{#REQUIREMENTS}}
<tr><td class="rule" style="border-top:1px solid #d5dcdc;padding:10px 0;font:16px/1.5 Arial,sans-serif"><b>{{ID}}</b> <span lang="en">{{ASKS}}</span><br><span class="soft" lang="en" style="color:#4c5a5e">{{SAYS}}</span></td></tr>
{{/REQUIREMENTS}}
</table>
{{>mail_button url=LINK text=mail.evidence_changed.button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.evidence_changed.why}}</p>
{{>mail_end}}
