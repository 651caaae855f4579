{{>head}}
<title>{{t:product.title product=PRODUCT.NAME brand=BRAND}}</title>
<meta name="description" content="{{#SCORE.COUNT}}{{t:site.description site=PRODUCT.NAME average=decimal:SCORE.AVERAGE count=SCORE.COUNT}}{{/SCORE.COUNT}}{{^SCORE.COUNT}}{{t:product.title product=PRODUCT.NAME brand=BRAND}}{{/SCORE.COUNT}}">
{{#JSONLD}}
<script type="application/ld+json">{{json:JSONLD}}</script>
{{/JSONLD}}
{{>top}}
<div class="subject">
<div>
<h1>{{PRODUCT.NAME}}</h1>
<p class="soft">{{t:product.kind.@PRODUCT.KIND brand=BRAND}}</p>
{{#PRODUCT.URL}}
<p class="where"><a href="{{PRODUCT.URL}}">{{t:product.more}}</a></p>
{{/PRODUCT.URL}}
{{?VERSIONS}}
<h2 class="where">{{t:product.versions}}</h2>
<ul class="links">
{{#VERSIONS}}
<li><a href="{{URL}}">{{NAME}}</a></li>
{{/VERSIONS}}
</ul>
{{/VERSIONS}}
</div>
{{>score}}
</div>
{{>spoken}}
{{>list}}
{{>bottom}}
