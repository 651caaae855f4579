{{>mail_top}}
<p style="margin:0 0 16px"><b>{{t:mail.breach24h.lead site=SITE_NAME hours=HOURS_LEFT date=datetime:DUE_AT}}</b></p>
{{?RATING}}
<p style="margin:0 0 8px;font-size:20px;letter-spacing:3px" role="img" aria-label="{{t:stars.label stars=number:RATING}}">{{#RATING=1}}★☆☆☆☆{{/RATING=1}}{{#RATING=2}}★★☆☆☆{{/RATING=2}}{{#RATING=3}}★★★☆☆{{/RATING=3}}{{#RATING=4}}★★★★☆{{/RATING=4}}{{#RATING=5}}★★★★★{{/RATING=5}}</p>
{{/RATING}}
<blockquote class="ink rule" lang="{{LANG}}" style="margin:0 0 20px;padding:0 0 0 16px;border-left:2px solid #11191c;font:20px/1.5 Georgia,serif;white-space:pre-line">{{?TITLE}}<b>{{TITLE}}</b><br>{{/TITLE}}{{lines:BODY}}</blockquote>
<p style="margin:0 0 16px">{{CUSTOMER_NAME}}{{?CUSTOMER_PHONE}}, <a class="ink" href="tel:{{dial:CUSTOMER_PHONE}}" style="color:#11191c">{{CUSTOMER_PHONE}}</a>{{/CUSTOMER_PHONE}}{{?EXPERIENCE_ON}}<br><span class="soft" style="color:#4c5a5e">{{t:mail.case.visit date=date:EXPERIENCE_ON}}</span>{{/EXPERIENCE_ON}}<br><span class="soft" style="color:#4c5a5e">{{t:case.why.@WHY}}</span></p>
{{>mail_button url=LINK text=mail.case_button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.case.why site=SITE_NAME}}</p>
{{>mail_end}}
