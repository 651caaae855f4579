{{>mail_hello}}
{{t:mail.rephrase_request.lead subject=SUBJECT_NAME}}

{{#SEGMENTS}}{{?REASON}}[{{TEXT}}]{{/REASON}}{{^REASON}}{{TEXT}}{{/REASON}}{{/SEGMENTS}}

{{?EXPLANATION}}
{{EXPLANATION}}

{{/EXPLANATION}}
{{t:rephrase.same}} {{t:mail.rephrase_request.until date=datetime:UNTIL}}
{{t:me.rephrase}}
{{LINK}}
{{>mail_foot}}
