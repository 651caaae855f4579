{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{t:mail.invitation.ask.@KIND site=SITE_NAME brand=BRAND date=date:EXPERIENCE_ON}}</p>
<p style="margin:0 0 8px"><b>{{t:kind.@KIND}}, {{date:EXPERIENCE_ON}}{{?PRODUCT_NAME}}, {{PRODUCT_NAME}}{{/PRODUCT_NAME}}</b></p>
<p style="margin:0 0 20px;white-space:nowrap">
{{>mail_star n=1}}
{{>mail_star n=2}}
{{>mail_star n=3}}
{{>mail_star n=4}}
{{>mail_star n=5}}
</p>
{{>mail_button url=LINK text=mail.invitation.button}}
<p class="soft" style="margin:0 0 12px;font-size:14px;color:#4c5a5e">{{t:mail.invitation.shown}} {{t:mail.invitation.use brand=BRAND site=SITE_NAME}} {{?INCENTIVE}}<b>{{t:incentive.promise reward=INCENTIVE}}</b>{{/INCENTIVE}}{{^INCENTIVE}}{{t:incentive.none}}{{/INCENTIVE}} <a class="soft" style="color:#4c5a5e" href="{{BASE_URL}}/{{locale}}/rules">{{t:frame.how}}</a></p>
<p class="soft" style="margin:0 0 24px;font-size:14px;color:#4c5a5e">{{t:mail.invitation.expires date=date:EXPIRES_AT}}</p>
{{>mail_bottom}}
<p style="margin:0">{{t:mail.invitation.why site=SITE_NAME}} <a class="soft" style="color:#4c5a5e" href="{{UNSUBSCRIBE_URL}}">{{t:mail.unsubscribe}}</a></p>
{{>mail_end}}
