{{t:mail.evidence_changed.lead count=COUNT day=date:DAY}}

{{#REQUIREMENTS}}
{{ID}} {{ASKS}}
  {{SAYS}}
{{/REQUIREMENTS}}

{{LINK}}
{{>mail_foot}}
{{t:mail.evidence_changed.why}}
