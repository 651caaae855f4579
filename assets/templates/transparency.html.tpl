{{>head}}
<title>{{t:transparency.title}}</title>
<meta name="description" content="{{t:transparency.lead brand=BRAND}}">
{{>top}}
<h1>{{t:transparency.title}}</h1>
<p class="lead soft where">{{t:transparency.lead brand=BRAND}}</p>
<p class="small soft">{{t:transparency.period}} <time datetime="{{FROM}}">{{date:FROM}}</time> – <time datetime="{{TO}}">{{date:TO}}</time>. {{t:transparency.size}} {{number:TREE_SIZE}}.</p>
<section class="scroll" tabindex="0" aria-labelledby="by-star">
<table class="figures">
<caption id="by-star">{{t:transparency.by_star}}</caption>
<thead><tr><th scope="col">{{t:transparency.star}}</th>
{{>figure_heads}}
</tr></thead>
<tbody>
{{#BY_STAR}}
<tr><th scope="row">{{t:score.stars count=STARS}}</th>
{{>figure_cells}}
</tr>
{{/BY_STAR}}
{{#TOTAL}}
<tr><th scope="row">{{t:transparency.total}}</th>
{{>figure_cells}}
</tr>
{{/TOTAL}}
</tbody>
</table>
</section>
<p class="prose soft small">{{t:transparency.same}}</p>
<section class="scroll" tabindex="0" aria-labelledby="by-reason">
<table class="figures">
<caption id="by-reason">{{t:transparency.by_reason}}</caption>
<thead><tr><th scope="col">{{t:transparency.reason}}</th><th scope="col">{{t:transparency.refused}}</th><th scope="col">{{t:transparency.appealed}}</th><th scope="col">{{t:transparency.overturned}}</th></tr></thead>
<tbody>
{{#BY_REASON}}
<tr><th scope="row">{{t:reason.@REASON}}</th><td>{{number:REFUSED}}</td><td>{{number:APPEALED}}</td><td>{{number:OVERTURNED}}</td></tr>
{{/BY_REASON}}
</tbody>
</table>
</section>
<section class="scroll" tabindex="0" aria-labelledby="by-country">
<table class="figures">
<caption id="by-country">{{t:transparency.by_country}}</caption>
<thead><tr><th scope="col">{{t:transparency.country}}</th>
{{>figure_heads}}
</tr></thead>
<tbody>
{{#BY_COUNTRY}}
<tr><th scope="row">{{country:COUNTRY}}</th>
{{>figure_cells}}
</tr>
{{/BY_COUNTRY}}
</tbody>
</table>
</section>
<section class="scroll" tabindex="0" aria-labelledby="by-site">
<table class="figures">
<caption id="by-site">{{t:transparency.by_site}}</caption>
<thead><tr><th scope="col">{{t:transparency.site}}</th><th scope="col">{{t:transparency.eligible}}</th><th scope="col">{{t:transparency.invited}}</th>
{{>figure_heads}}
</tr></thead>
<tbody>
{{#BY_SITE}}
<tr><th scope="row"><a href="{{URL}}">{{NAME}}</a></th><td>{{number:ELIGIBLE}}</td><td>{{number:INVITED}}</td>
{{>figure_cells}}
</tr>
{{/BY_SITE}}
</tbody>
</table>
</section>
{{>pages}}
{{#CALLS}}
<p class="rule"><b>{{t:transparency.calls}}</b><br>{{t:transparency.calls_text in_time=IN_TIME late=LATE open=OPEN}}</p>
{{/CALLS}}
{{?OUTCOMES}}
<section class="scroll" tabindex="0" aria-labelledby="outcomes">
<table class="figures">
<caption id="outcomes">{{t:transparency.outcomes}}</caption>
<thead><tr><th scope="col">{{t:transparency.outcome}}</th><th scope="col">{{t:transparency.number}}</th></tr></thead>
<tbody>
{{#OUTCOMES}}
<tr><th scope="row">{{t:invitation.@OUTCOME}}</th><td>{{number:COUNT}}</td></tr>
{{/OUTCOMES}}
</tbody>
</table>
</section>
{{/OUTCOMES}}
<p class="rule prose">{{t:transparency.verify}} <code>verbatim log verify {{LOG_URL}}</code></p>
{{>bottom}}
