<!doctype html>
<html lang="{{locale}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{{#asset:fonts/brygada-1918-latin.woff2}}
<link rel="preload" href="{{asset:fonts/brygada-1918-latin.woff2}}" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="{{asset:fonts/commissioner-latin.woff2}}" as="font" type="font/woff2" crossorigin>
{{/asset:fonts/brygada-1918-latin.woff2}}
<link rel="stylesheet" href="{{asset:style.css}}">
<link rel="icon" href="{{asset:icon.svg}}" type="image/svg+xml">
{{#CANONICAL}}
<link rel="canonical" href="{{CANONICAL}}">
{{/CANONICAL}}
{{#NOINDEX}}
<meta name="robots" content="noindex">
{{/NOINDEX}}
{{#LANGUAGES}}
<link rel="alternate" hreflang="{{TAG}}" href="{{URL}}">
{{/LANGUAGES}}
