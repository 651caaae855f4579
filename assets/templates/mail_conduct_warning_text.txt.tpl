{{>mail_hello}}
{{#AUTHOR}}{{t:mail.conduct_warning.author marks=MARKS months=MONTHS limit=LIMIT days=DAYS}}{{/AUTHOR}}{{^AUTHOR}}{{t:mail.conduct_warning.notifier marks=MARKS months=MONTHS limit=LIMIT days=DAYS}}{{/AUTHOR}}

{{t:mail.conduct.ground version=POLICY}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}
{{?LINK}}

{{t:mail.me_button}}
{{LINK}}
{{/LINK}}
{{>mail_foot}}
