{{?FIRST_NAME}}{{t:hello name=FIRST_NAME}}{{/FIRST_NAME}}{{^FIRST_NAME}}{{t:hello_nobody}}{{/FIRST_NAME}}

{{t:lead.@LETTER model=MODEL dealer=DEALER brand=BRAND date=date:DATE year=YEAR}}

{{#FAMILY=welcome}}
1. {{t:one.@LETTER dealer=DEALER}}
2. {{t:two.@LETTER dealer=DEALER}}
3. {{t:three.@LETTER dealer=DEALER}}
{{/FAMILY=welcome}}
{{^FAMILY=welcome}}
{{t:body.@LETTER model=MODEL dealer=DEALER brand=BRAND}}
{{/FAMILY=welcome}}
