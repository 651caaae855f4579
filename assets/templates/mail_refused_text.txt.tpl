{{>mail_hello}}
{{?CORRECTION}}{{t:mail.refused.correction subject=SUBJECT_NAME date=datetime:DECIDED_AT}}{{/CORRECTION}}{{^CORRECTION}}{{t:mail.refused.lead subject=SUBJECT_NAME date=datetime:DECIDED_AT}}{{/CORRECTION}}

{{BODY}}

{{t:reason.@REASON}}. {{t:reason.why.@REASON}}
{{?EXPLANATION}}
{{EXPLANATION}}
{{/EXPLANATION}}

- {{t:refused.measure}}
- {{t:refused.scope}}
{{#AUTOMATED}}
- {{t:refused.found_by_machine}}
{{/AUTOMATED}}
{{^AUTOMATED}}
- {{t:refused.found_by_human}}
{{/AUTOMATED}}
{{#NOTICED}}
- {{t:refused.from_notice}}
{{/NOTICED}}
{{^NOTICED}}
- {{t:refused.own_initiative}}
{{/NOTICED}}
- {{t:refused.ground version=POLICY}} {{BASE_URL}}/{{locale}}/rules#reasons

{{t:refused.appeal}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}
{{LINK}}
{{>mail_foot}}
