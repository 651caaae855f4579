{{t:mail.moderation_complaint.lead subject=SUBJECT_NAME}}
{{>mail_ask}}
{{t:mail.moderate_button}}
{{LINK}}
{{>mail_foot}}
{{t:mail.staff.why}}
