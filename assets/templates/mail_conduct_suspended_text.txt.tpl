{{>mail_hello}}
{{#AUTHOR}}{{t:mail.conduct_suspended.author marks=MARKS months=MONTHS date=date:UNTIL}}{{/AUTHOR}}{{^AUTHOR}}{{t:mail.conduct_suspended.notifier marks=MARKS months=MONTHS date=date:UNTIL}}{{/AUTHOR}}

{{t:mail.conduct.ground version=POLICY}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}
{{?LINK}}

{{t:mail.me_button}}
{{LINK}}
{{/LINK}}
{{>mail_foot}}
