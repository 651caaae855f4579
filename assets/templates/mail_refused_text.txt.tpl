{{>mail_hello}}
{{t:mail.refused.lead subject=SUBJECT_NAME date=datetime:DECIDED_AT}}

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

{{t:refused.appeal}}
{{LINK}}
{{>mail_foot}}
