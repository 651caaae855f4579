{{?FIRST_NAME}}{{t:hello name=FIRST_NAME}}{{/FIRST_NAME}}{{^FIRST_NAME}}{{t:hello_nobody}}{{/FIRST_NAME}}

{{#FAMILY=notice}}
{{t:notice.title}}

{{/FAMILY=notice}}
{{t:lead.@LETTER model=MODEL dealer=DEALER brand=BRAND date=date:DATE year=YEAR}}

{{#FAMILY=welcome}}
1. {{t:one.@LETTER dealer=DEALER}}
2. {{t:two.@LETTER dealer=DEALER}}
3. {{t:three.@LETTER dealer=DEALER}}
{{/FAMILY=welcome}}
{{^FAMILY=welcome}}
{{t:body.@LETTER model=MODEL dealer=DEALER brand=BRAND}}
{{/FAMILY=welcome}}

{{?FACTS}}
{{?MODEL}}
{{t:box.vehicle}}: {{MODEL}}
{{/MODEL}}
{{t:box.dealer}}: {{DEALER}}
{{?PHONE}}
{{t:box.phone}}: {{PHONE}}
{{/PHONE}}

{{/FACTS}}
{{t:button.@BUTTON dealer=DEALER}}:
{{LINK}}

-- 
{{?NOTICE}}
{{t:privacy.text source=NOTICE_SOURCE operator=OPERATOR}}
{{t:privacy.more}}: {{BASE_URL}}/{{PLATFORM_LANG}}/privacy

{{/NOTICE}}
{{t:operator brand=BRAND operator=OPERATOR}}
{{t:why.@PURPOSE brand=BRAND}}
{{?UNSUBSCRIBE_URL}}
{{t:stop}}: {{UNSUBSCRIBE_URL}}
{{/UNSUBSCRIBE_URL}}
