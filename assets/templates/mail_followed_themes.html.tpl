{{>mail_top}}
<p style="margin:0 0 16px">{{t:mail.followed_themes.lead count=COUNT}}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
{{#LINES}}
<tr><td class="rule" style="border-top:1px solid #d5dcdc;padding:10px 0;font:16px/1.5 Arial,sans-serif"><b>{{THEME}}</b>, {{PLACE}}<br>{{t:mail.followed_themes.counts reviews=REVIEWS positive=POSITIVE negative=NEGATIVE usual=decimal:USUAL}}
{{#WORDS}}
<br><span lang="{{LANG}}" style="font:18px/1.4 Georgia,serif">{{TEXT}}</span>
{{/WORDS}}
</td></tr>
{{/LINES}}
</table>
<p style="margin:0 0 16px">{{t:mail.followed_themes.machine}}</p>
{{>mail_button url=LINK text=mail.followed_themes.button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.followed_themes.why}}</p>
{{>mail_end}}
