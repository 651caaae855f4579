
{{BODY}}

{{t:reason.@REASON}}. {{t:reason.why.@REASON}}
{{?EXPLANATION}}
{{EXPLANATION}}
{{/EXPLANATION}}

- {{#REMOVED}}{{t:refused.measure_removed}}{{/REMOVED}}{{^REMOVED}}{{#CORRECTION}}{{t:refused.measure_correction}}{{/CORRECTION}}{{^CORRECTION}}{{t:refused.measure}}{{/CORRECTION}}{{/REMOVED}}
- {{t:refused.scope}}
{{?FACTS}}
- {{t:refused.facts}}
{{#FACTS}}
  “{{WORDS}}”
{{/FACTS}}
{{/FACTS}}
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
{{?LAW}}
- {{t:refused.law law=LAW}}
{{/LAW}}
- {{t:refused.ground version=POLICY}} {{BASE_URL}}/{{locale}}/rules#reasons

{{t:refused.appeal date=date:APPEAL_UNTIL}}{{?DISPUTE_BODY}} {{t:refused.outside body=DISPUTE_BODY}}{{/DISPUTE_BODY}}
{{CONTEST_LINK}}

{{t:mail.refused.space}}
{{LINK}}
