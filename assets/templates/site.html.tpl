{{>head}}
<title>{{t:site.title site=SITE.NAME brand=BRAND}}</title>
<meta name="description" content="{{#SCORE.COUNT}}{{t:site.description site=SITE.NAME average=decimal:SCORE.AVERAGE count=SCORE.COUNT}}{{/SCORE.COUNT}}{{^SCORE.COUNT}}{{t:site.title site=SITE.NAME brand=BRAND}}{{/SCORE.COUNT}}">
{{>top}}
<div class="subject">
<div>
<h1>{{SITE.NAME}}</h1>
<p class="soft">{{SITE.STREET}}, {{SITE.POSTCODE}} {{SITE.CITY}}, {{country:SITE.COUNTRY}}</p>
<ul class="criteria">
{{#SITE.SERVICES}}
<li>{{t:service.@.}}</li>
{{/SITE.SERVICES}}
</ul>
<p class="where stack">
{{?SITE.OPENING}}
<span class="soft">{{SITE.OPENING}}</span>
{{/SITE.OPENING}}
{{#SITE.PHONE}}
<span><a href="tel:{{dial:SITE.PHONE}}">{{SITE.PHONE}}</a></span>
{{/SITE.PHONE}}
<span><a href="{{WRITE_URL}}">{{t:site.write}}</a></span>
</p>
</div>
{{>score}}
</div>
{{>spoken}}
{{>list}}
{{>bottom}}
