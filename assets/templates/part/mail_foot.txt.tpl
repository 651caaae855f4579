
-- 
{{t:mail.operator brand=BRAND operator=OPERATOR}}
