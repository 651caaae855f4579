{{>mail_top}}
<p style="margin:0 0 16px"><b>{{t:mail.case_handover.lead from=FROM site=SITE_NAME date=datetime:DUE_AT}}</b></p>
{{?NOTE}}
<p style="margin:0 0 16px">{{lines:NOTE}}</p>
{{/NOTE}}
{{?RATING}}
<p style="margin:0 0 8px;font-size:20px;letter-spacing:3px" role="img" aria-label="{{t:stars.label stars=number:RATING}}">{{#RATING=1}}★☆☆☆☆{{/RATING=1}}{{#RATING=2}}★★☆☆☆{{/RATING=2}}{{#RATING=3}}★★★☆☆{{/RATING=3}}{{#RATING=4}}★★★★☆{{/RATING=4}}{{#RATING=5}}★★★★★{{/RATING=5}}</p>
{{/RATING}}
<blockquote class="ink rule" lang="{{LANG}}" style="margin:0 0 20px;padding:0 0 0 16px;border-left:2px solid #11191c;font:20px/1.5 Georgia,serif;white-space:pre-line">{{?TITLE}}<b>{{TITLE}}</b><br>{{/TITLE}}{{lines:BODY}}</blockquote>
<p style="margin:0 0 16px">{{CUSTOMER_NAME}}{{?CUSTOMER_PHONE}}, <a class="ink" href="tel:{{dial:CUSTOMER_PHONE}}" style="color:#11191c">{{CUSTOMER_PHONE}}</a>{{/CUSTOMER_PHONE}}</p>
{{>mail_button url=LINK text=mail.case_button}}
{{>mail_bottom}}
<p style="margin:0">{{t:mail.case_handover.why from=FROM}}</p>
{{>mail_end}}
