<!doctype html>
<html lang="{{locale}}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>{{SUBJECT}}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
:root { color-scheme: light dark; supported-color-schemes: light dark; }
h1 { font: 28px/1.25 Georgia, serif; margin: 0; }
p { margin: 0 0 8px; }
ol { margin: 0; padding: 0 0 0 22px; }
li { padding: 0 0 10px; }
a { color: inherit; }
.words div, .words td { overflow-wrap: anywhere; }
.star { text-decoration: none; font-size: 38px; line-height: 1.2; padding: 0 14px 0 0; }
@media (prefers-color-scheme: dark) {
body, body > div { background: #0d1416 !important; }
.ink div, .ink td, .ink a, .ink h1 { color: #e8eeec !important; }
.soft div, .soft a { color: #a3b1b1 !important; }
.button td { background: #e8eeec !important; }
.button a { background: #e8eeec !important; color: #0d1416 !important; }
.alarm div { color: #ff8d75 !important; }
.rule p { border-color: #2c383b !important; }
.frame table, .frame td { border-color: #2c383b !important; }
}
[data-ogsc] .ink div, [data-ogsc] .ink td, [data-ogsc] .ink a, [data-ogsc] .ink h1 { color: #e8eeec !important; }
[data-ogsc] .soft div, [data-ogsc] .soft a { color: #a3b1b1 !important; }
[data-ogsc] .alarm div { color: #ff8d75 !important; }
</style>
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
</head>
<body  class="page" style="word-spacing:normal;background-color:#ffffff;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">{{t:lead.@LETTER model=MODEL dealer=DEALER brand=BRAND date=date:DATE year=YEAR}}</div>
<div
aria-label="{{SUBJECT}}" aria-roledescription="email" role="article" lang="{{locale}}" dir="ltr" style="word-spacing:normal;background-color:#ffffff;"
>
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:600px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:ltr;font-size:0px;padding:36px 0 0;text-align:left;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:600px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
<tr>
<td
align="left" class="ink" style="font-size:0px;padding:0 24px 18px;padding-bottom:28px;word-break:break-word;"
>
<div
style="font-family:Georgia, serif;font-size:20px;line-height:1.55;text-align:left;color:#11191c;"
>{{BRAND}} <span class="dealer" style="font:15px Arial,sans-serif">{{^SAME}}{{DEALER}}{{/SAME}}</span></div>
</td>
</tr>
<tr>
<td
align="left" class="ink words" style="font-size:0px;padding:0 24px 18px;padding-bottom:22px;word-break:break-word;"
>
<div
style="font-family:Arial, sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#11191c;"
><h1 style="font:28px/1.25 Georgia,serif;margin:0">{{SUBJECT}}</h1></div>
</td>
</tr>
<tr>
<td
align="left" class="ink words" style="font-size:0px;padding:0 24px 18px;word-break:break-word;"
>
<div
style="font-family:Arial, sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#11191c;"
>{{?FIRST_NAME}}{{t:hello name=FIRST_NAME}}{{/FIRST_NAME}}{{^FIRST_NAME}}{{t:hello_nobody}}{{/FIRST_NAME}}</div>
</td>
</tr>
<tr>
<td
align="left" class="ink words" style="font-size:0px;padding:0 24px 18px;word-break:break-word;"
>
<div
style="font-family:Arial, sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#11191c;"
>{{t:lead.@LETTER model=MODEL dealer=DEALER brand=BRAND date=date:DATE year=YEAR}}</div>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:600px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:ltr;font-size:0px;padding:0;text-align:left;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:600px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
<tr>
<td
align="left" class="ink words" style="font-size:0px;padding:0 24px 18px;word-break:break-word;"
>
<div
style="font-family:Arial, sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#11191c;"
><ol style="margin:0;padding:0 0 0 22px"><li style="padding:0 0 10px">{{t:one.@LETTER dealer=DEALER}}</li><li style="padding:0 0 10px">{{t:two.@LETTER dealer=DEALER}}</li><li style="padding:0 0 10px">{{t:three.@LETTER dealer=DEALER}}</li></ol></div>
</td>
</tr>
<tr>
<td
align="left" class="button" style="font-size:0px;padding:6px 24px 30px;word-break:break-word;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;"
>
<tbody>
<tr>
<td
align="center" bgcolor="#11191c" role="presentation" style="border:none;border-radius:3px;cursor:auto;mso-padding-alt:14px 26px;background:#11191c;" valign="middle"
>
<a
href="{{LINK}}" style="display:inline-block;background:#11191c;color:#ffffff;font-family:Arial, sans-serif;font-size:16px;font-weight:600;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:14px 26px;mso-padding-alt:0px;border-radius:3px;" target="_blank"
>
{{t:button.@BUTTON dealer=DEALER}}
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  style="margin:0px auto;max-width:600px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;"
>
<tbody>
<tr>
<td
style="direction:ltr;font-size:0px;padding:0 0 36px;text-align:left;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:600px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
<tr>
<td
align="center" class="rule" style="font-size:0px;padding:6px 24px 18px;word-break:break-word;"
>
<p
style="border-top:solid 1px #d5dcdc;font-size:1px;margin:0px auto;width:100%;"
>
</p>
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" style="border-top:solid 1px #d5dcdc;font-size:1px;margin:0px auto;width:552px;" role="presentation" width="552px" ><tr><td style="height:0;line-height:0;"> &nbsp;
</td></tr></table><![endif]-->
</td>
</tr>
<tr>
<td
align="left" class="soft words" style="font-size:0px;padding:0 24px 18px;word-break:break-word;"
>
<div
style="font-family:Arial, sans-serif;font-size:13px;line-height:1.55;text-align:left;color:#4c5a5e;"
>{{?NOTICE}}<p style="margin:0 0 8px">{{t:privacy.text source=NOTICE_SOURCE operator=OPERATOR}} <a href="{{BASE_URL}}/{{PLATFORM_LANG}}/privacy" style="color:#4c5a5e">{{t:privacy.more}}</a></p>{{/NOTICE}}
<p style="margin:0 0 8px">{{t:operator brand=BRAND operator=OPERATOR}}</p>
<p style="margin:0">{{t:why.@PURPOSE brand=BRAND}}{{?UNSUBSCRIBE_URL}} <a href="{{UNSUBSCRIBE_URL}}" style="color:#4c5a5e">{{t:stop}}</a>{{/UNSUBSCRIBE_URL}}</p>
{{?PIXEL}}<p style="margin:8px 0 0">{{t:measured}}{{?UNSUBSCRIBE_URL}} <a href="{{UNSUBSCRIBE_URL}}" style="color:#4c5a5e">{{t:measured.stop}}</a>{{/UNSUBSCRIBE_URL}}<img src="{{PIXEL}}" width="1" height="1" alt="" style="display:block;border:0" /></p>{{/PIXEL}}</div>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>
