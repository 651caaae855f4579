{{t:mail.followed_themes.lead count=COUNT}}

{{#LINES}}
{{THEME}}, {{PLACE}}: {{t:mail.followed_themes.counts reviews=REVIEWS positive=POSITIVE negative=NEGATIVE usual=decimal:USUAL}}
{{#WORDS}}
  {{TEXT}}
{{/WORDS}}
{{/LINES}}

{{t:mail.followed_themes.machine}}
{{LINK}}
{{>mail_foot}}
{{t:mail.followed_themes.why}}
