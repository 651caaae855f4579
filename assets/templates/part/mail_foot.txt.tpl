
-- 
{{t:mail.operator brand=BRAND}}
