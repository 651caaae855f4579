{{>mail_hello}}
{{t:mail.reply_published.lead subject=SUBJECT_NAME author=REPLY_AUTHOR}}

{{REPLY_BODY}}

{{REVIEW_URL}}

{{t:mail.reply_published.free}}
{{LINK}}
{{>mail_foot}}
