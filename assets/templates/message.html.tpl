{{t:message.back}} {{x}}
