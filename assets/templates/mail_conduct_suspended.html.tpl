{{>mail_top}}
{{>mail_hello}}
<p style="margin:0 0 16px">{{#AUTHOR}}{{t:mail.conduct_suspended.author marks=MARKS months=MONTHS date=date:UNTIL}}{{/AUTHOR}}{{^AUTHOR}}{{t:mail.conduct_suspended.notifier marks=MARKS months=MONTHS date=date:UNTIL}}{{/AUTHOR}}</p>
<p style="margin:0 0 16px">{{t:mail.conduct.ground version=POLICY}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}</p>
{{?LINK}}
{{>mail_button url=LINK text=mail.me_button}}
{{/LINK}}
{{>mail_bottom}}
{{>mail_end}}
