<!doctype html>
<html lang="{{locale}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{{t:office.title brand=BRAND}}</title>
<link rel="icon" href="{{asset:icon.svg}}" type="image/svg+xml">
{{#ENTRY_URL}}
{{#asset:fonts/brygada-1918-latin.woff2}}
<link rel="preload" href="{{asset:fonts/commissioner-latin.woff2}}" as="font" type="font/woff2" crossorigin>
{{/asset:fonts/brygada-1918-latin.woff2}}
<link rel="stylesheet" href="{{STYLE_URL}}">
{{#EARLY}}
<link rel="modulepreload" href="{{URL}}">
{{/EARLY}}
<script src="{{ENTRY_URL}}" type="module"></script>
{{/ENTRY_URL}}
{{^ENTRY_URL}}
<link rel="stylesheet" href="{{asset:style.css}}">
{{/ENTRY_URL}}
</head>
<body>
<div id="office">
<main>
<h1 class="hidden">{{t:office.title brand=BRAND}}</h1>
{{#ENTRY_URL}}
<noscript><p>{{t:office.script}}</p></noscript>
{{/ENTRY_URL}}
{{^ENTRY_URL}}
<p>{{t:office.not_built}}</p>
{{/ENTRY_URL}}
</main>
</div>
</body>
</html>
