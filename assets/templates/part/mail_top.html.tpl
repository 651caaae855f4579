<!doctype html>
<html lang="{{locale}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{SUBJECT}}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background: #ffffff; color: #11191c; }
.mark { background: #e9f27c; color: inherit; }
blockquote { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) {
body, .page { background: #0d1416 !important; color: #e8eeec !important; }
.ink, .star { color: #e8eeec !important; }
.soft { color: #a3b1b1 !important; }
.button { background: #e8eeec !important; color: #0d1416 !important; }
.rule { border-color: #2c383b !important; }
.mark { background: #56601a !important; color: #e8eeec !important; }
}
[data-ogsc] .ink, [data-ogsc] .star { color: #e8eeec !important; }
[data-ogsc] .soft { color: #a3b1b1 !important; }
</style>
</head>
<body>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#ffffff;color:#11191c">
<tr><td align="left" style="padding:36px 24px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td class="ink" style="font:22px/1.4 Georgia,serif;color:#11191c;padding-bottom:32px">{{t:frame.wordmark}} <span class="soft" style="font:16px/1.4 Arial,sans-serif;color:#4c5a5e">{{BRAND}}</span></td></tr>
<tr><td class="ink" style="font:16px/1.55 Arial,sans-serif;color:#11191c">
