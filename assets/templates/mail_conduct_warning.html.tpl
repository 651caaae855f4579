{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{#AUTHOR}}{{t:mail.conduct_warning.author marks=MARKS months=MONTHS limit=LIMIT days=DAYS}}{{/AUTHOR}}{{^AUTHOR}}{{t:mail.conduct_warning.notifier marks=MARKS months=MONTHS limit=LIMIT days=DAYS}}{{/AUTHOR}}</p>
<p style="margin:0 0 16px">{{t:mail.conduct.ground version=POLICY}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}</p>
{{?LINK}}
{{>mail_button url=LINK text=mail.me_button}}
{{/LINK}}
{{>mail_bottom}}
{{>mail_end}}
