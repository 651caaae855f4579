<p style="margin:0 0 20px">{{?FIRST_NAME}}{{t:mail.hello name=FIRST_NAME}}{{/FIRST_NAME}}{{^FIRST_NAME}}{{t:mail.hello_nobody}}{{/FIRST_NAME}}</p>
