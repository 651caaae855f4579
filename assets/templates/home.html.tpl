{{>head}}
<title>{{t:home.title brand=BRAND}}</title>
<meta name="description" content="{{t:home.lead brand=BRAND}}">
{{>top}}
<h1>{{t:home.heading brand=BRAND}}</h1>
<p class="lead soft where">{{t:home.lead brand=BRAND}}</p>
<form class="search" method="get" action="{{HOME_URL}}" role="search">
<label>{{t:home.search}} <input type="search" name="q" value="{{Q}}" autocomplete="postal-code"></label>
<label>{{t:home.country}} <select name="country">
<option value="">{{t:home.everywhere}}</option>
{{#COUNTRIES}}
<option value="{{CODE}}"{{#SELECTED}} selected{{/SELECTED}}>{{country:CODE}}</option>
{{/COUNTRIES}}
</select></label>
<button>{{t:home.find}}</button>
</form>
{{#SEARCHED}}
<p class="order" role="status">{{t:home.found count=FOUND}}</p>
<ol class="rows sites">
{{#SITES}}
<li><a href="{{URL}}">{{NAME}}</a><span class="soft">{{CITY}}, {{country:COUNTRY}}{{#DISTANCE_KM}}, {{t:home.distance km=number:DISTANCE_KM}}{{/DISTANCE_KM}}</span><span>{{?COUNT}}{{>stars of=AVERAGE}} {{t:home.rated average=decimal:AVERAGE count=COUNT}}{{/COUNT}}{{^COUNT}}<span class="soft">{{t:home.unrated}}</span>{{/COUNT}}</span></li>
{{/SITES}}
</ol>
{{>pages}}
{{/SEARCHED}}
{{^SEARCHED}}
<section class="rule" aria-labelledby="countries">
<h2 id="countries">{{t:home.countries}}</h2>
<ul class="columns">
{{#COUNTRIES}}
<li><a href="{{URL}}">{{country:CODE}}</a><span class="soft">{{number:SITES}}</span></li>
{{/COUNTRIES}}
</ul>
</section>
{{?PRODUCTS}}
<section class="rule" aria-labelledby="products">
<h2 id="products">{{t:home.products brand=BRAND}}</h2>
<ul class="columns">
{{#PRODUCTS}}
<li><a href="{{URL}}">{{NAME}}</a><span class="soft">{{?COUNT}}{{decimal:AVERAGE}}{{/COUNT}}{{^COUNT}}–{{/COUNT}}</span></li>
{{/PRODUCTS}}
</ul>
</section>
{{/PRODUCTS}}
{{?LATEST}}
<section class="rule" aria-labelledby="latest">
<h2 id="latest">{{t:home.latest}}</h2>
<p class="soft small">{{t:home.latest_note}} <a href="{{TRANSPARENCY_URL}}">{{t:frame.figures}}</a></p>
<ul class="words">
{{#LATEST}}
<li>
{{?RATING}}
{{>stars of=RATING}}
{{/RATING}}
<blockquote class="voice" lang="{{LANG}}">{{lines:EXCERPT}}</blockquote>
<p class="byline">{{?AUTHOR}}{{AUTHOR}}{{/AUTHOR}}{{^AUTHOR}}{{t:review.anonymous}}{{/AUTHOR}}, <a href="{{SUBJECT_URL}}">{{SUBJECT}}</a>, <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time></p>
<p class="links"><a href="{{URL}}">{{t:review.permalink}}<span class="hidden"> {{t:review.number number=ID}}</span></a></p>
</li>
{{/LATEST}}
</ul>
</section>
{{/LATEST}}
{{/SEARCHED}}
{{>bottom}}
