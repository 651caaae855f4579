{{?FIRST_NAME}}{{t:mail.hello name=FIRST_NAME}}{{/FIRST_NAME}}{{^FIRST_NAME}}{{t:mail.hello_nobody}}{{/FIRST_NAME}}

