
-- 
{{?NOTICE}}
{{t:mail.notice.text source=NOTICE_SOURCE operator=OPERATOR}}
{{t:mail.notice.more}}
{{BASE_URL}}/{{locale}}/privacy

{{/NOTICE}}
{{t:mail.operator brand=BRAND operator=OPERATOR}}
