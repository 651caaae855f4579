{{>head}}
<title>{{t:transparency.title}}</title>
<meta name="description" content="{{t:transparency.lead brand=BRAND}}">
<link rel="alternate" type="application/json" href="/transparency.json">
{{>top}}
<h1>{{t:transparency.title}}</h1>
<p class="lead soft">{{t:transparency.lead brand=BRAND}}</p>
<div class="sum">
{{#TOTAL}}
<p class="lead">{{t:transparency.first received=RECEIVED published=PUBLISHED refused=REFUSED pending=PENDING}}</p>
{{/TOTAL}}
{{?MEDIAN}}
<p class="lead">{{t:transparency.second low=rate:LOW_RATE high=rate:HIGH_RATE median=duration:MEDIAN}}</p>
{{/MEDIAN}}
{{#ASKED}}
<p class="lead">{{t:transparency.third eligible=ELIGIBLE answered=ANSWERED}}</p>
{{/ASKED}}
</div>
<p class="small soft">{{t:transparency.size}} <data value="{{SIZE}}" data-size>{{number:SIZE}}</data>, <time datetime="{{iso:AS_OF}}">{{datetime:AS_OF}}</time>. <a href="/transparency.json" download>JSON</a> · <a href="/transparency.csv" download>CSV</a> · <a href="#verify">{{t:transparency.how}}</a></p>

<section class="scroll" tabindex="0" aria-labelledby="where">
<table class="figures narrow">
<caption id="where">{{t:transparency.where}}</caption>
<thead><tr><th scope="col">{{t:transparency.state}}</th><th scope="col">{{t:transparency.number}}</th></tr></thead>
{{#TOTAL}}
<tbody data-row="{{PATH}}">
<tr><th scope="row">{{t:transparency.received}}</th><td data-figure="received">{{number:RECEIVED}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.published}}</th><td data-figure="published">{{number:PUBLISHED}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.refused}}</th><td data-figure="refused">{{number:REFUSED}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.left}}</th><td data-figure="left">{{number:LEFT}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.pending}}</th><td data-figure="pending">{{number:PENDING}}</td></tr>
<tr class="whole"><th scope="row">{{t:transparency.of_published}}</th><td data-figure="published">{{number:PUBLISHED}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.visible}}</th><td data-figure="visible">{{number:VISIBLE}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.withdrawn}}</th><td data-figure="withdrawn">{{number:WITHDRAWN}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.erased}}</th><td data-figure="erased">{{number:ERASED}}</td></tr>
<tr class="part"><th scope="row">{{t:transparency.removed}}</th><td data-figure="removed">{{number:REMOVED}}</td></tr>
</tbody>
{{/TOTAL}}
</table>
</section>
{{#TOTAL}}
<ul class="sums small">
<li>{{t:transparency.sum_received received=RECEIVED published=PUBLISHED refused=REFUSED left=LEFT pending=PENDING}}</li>
<li>{{t:transparency.sum_visible published=PUBLISHED withdrawn=WITHDRAWN erased=ERASED removed=REMOVED visible=VISIBLE}}</li>
<li><b>{{?SUMS_HOLD}}{{t:transparency.sums_hold}}{{/SUMS_HOLD}}{{^SUMS_HOLD}}{{t:transparency.sums_broken}}{{/SUMS_HOLD}}</b></li>
</ul>
{{/TOTAL}}

<section class="scroll" tabindex="0" aria-labelledby="by-star">
<table class="figures">
<caption id="by-star">{{t:transparency.by_star}}</caption>
<thead><tr><th scope="col">{{t:transparency.star}}</th>
{{>figure_heads}}
<td aria-hidden="true"></td></tr></thead>
<tbody>
{{#BY_STAR}}
<tr data-row="{{PATH}}"><th scope="row">{{t:score.stars count=STARS}}</th>
{{>figure_cells}}
<td class="chart" aria-hidden="true"><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none"><rect width="100" height="8"/><rect width="{{bar:BAR}}" height="8"/></svg></td></tr>
{{/BY_STAR}}
</tbody>
</table>
</section>
<p class="prose soft small">{{t:transparency.same}} {{t:transparency.star_unknown}}</p>

<section class="scroll" tabindex="0" aria-labelledby="by-reason">
<table class="figures">
<caption id="by-reason">{{t:transparency.by_reason}}</caption>
<thead><tr><th scope="col">{{t:transparency.reason}}</th><th scope="col">{{t:transparency.refused}}</th><th scope="col">{{t:transparency.removed}}</th><th scope="col">{{t:transparency.appealed}}</th><th scope="col">{{t:transparency.overturned}}</th></tr></thead>
<tbody>
{{#BY_REASON}}
<tr data-row="{{PATH}}"><th scope="row">{{t:reason.@REASON}}</th><td data-figure="refused">{{number:REFUSED}}</td><td data-figure="removed">{{number:REMOVED}}</td><td data-figure="appealed">{{number:APPEALED}}</td><td data-figure="overturned">{{number:OVERTURNED}}</td></tr>
{{/BY_REASON}}
{{^BY_REASON}}
<tr><th scope="row">{{t:transparency.nothing_refused}}</th><td>0</td><td>0</td><td>0</td><td>0</td></tr>
{{/BY_REASON}}
</tbody>
</table>
</section>
<p class="prose soft small">{{t:transparency.reports notices=NOTICES appeals=APPEALS overturned=OVERTURNED}}</p>

<section class="scroll" tabindex="0" aria-labelledby="by-month">
<h2 id="by-month">{{t:transparency.by_month}}</h2>
{{#CHART}}
<svg class="columns-chart" viewBox="0 0 {{WIDTH}} 100" preserveAspectRatio="none" role="img" aria-label="{{t:transparency.chart from=date:FROM to=date:TO}}">
{{#COLUMNS}}
<rect x="{{X}}" y="{{Y}}" width="8" height="{{HEIGHT}}"/><rect class="no" x="{{X}}" y="{{REFUSED_Y}}" width="8" height="{{REFUSED_HEIGHT}}"/>
{{/COLUMNS}}
</svg>
{{/CHART}}
<table class="figures" aria-labelledby="by-month">
<thead><tr><th scope="col">{{t:transparency.month}}</th>
{{>figure_heads}}
<th scope="col">{{t:transparency.pending}}</th></tr></thead>
<tbody>
{{#BY_MONTH}}
<tr data-row="{{PATH}}"><th scope="row"><time datetime="{{MONTH}}">{{MONTH}}</time></th>
{{>figure_cells}}
<td data-figure="pending">{{number:PENDING}}</td></tr>
{{/BY_MONTH}}
</tbody>
</table>
</section>

{{#ASKED}}
<section class="scroll" tabindex="0" aria-labelledby="asked">
<table class="figures narrow">
<caption id="asked">{{t:transparency.outcomes}}</caption>
<thead><tr><th scope="col">{{t:transparency.outcome}}</th><th scope="col">{{t:transparency.number}}</th></tr></thead>
<tbody data-row="{{PATH}}">
<tr><th scope="row">{{t:invitation.eligible}}</th><td data-figure="eligible">{{number:ELIGIBLE}}</td></tr>
<tr class="part"><th scope="row">{{t:invitation.answered}}</th><td data-figure="answered">{{number:ANSWERED}}</td></tr>
<tr class="part"><th scope="row">{{t:invitation.expired}}</th><td data-figure="expired">{{number:EXPIRED}}</td></tr>
{{#SUPPRESSED}}
<tr class="part"><th scope="row">{{t:invitation.suppressed.@REASON}}</th><td data-figure="suppressed/{{REASON}}">{{number:COUNT}}</td></tr>
{{/SUPPRESSED}}
<tr class="part"><th scope="row">{{t:transparency.open}}</th><td data-figure="open">{{number:OPEN}}</td></tr>
</tbody>
</table>
</section>
<p class="prose soft small">{{t:transparency.asked_note}}</p>
{{/ASKED}}

<section class="scroll" tabindex="0" aria-labelledby="by-country">
<table class="figures">
<caption id="by-country">{{t:transparency.by_country}}</caption>
<thead><tr><th scope="col">{{t:transparency.country}}</th>
{{>figure_heads}}
<th scope="col">{{t:transparency.pending}}</th></tr></thead>
<tbody>
{{#BY_COUNTRY}}
<tr data-row="{{PATH}}"><th scope="row">{{country:COUNTRY}}</th>
{{>figure_cells}}
<td data-figure="pending">{{number:PENDING}}</td></tr>
{{/BY_COUNTRY}}
</tbody>
</table>
</section>

<details class="panel wide" id="by-site">
<summary>{{t:transparency.by_site}} ({{number:SITES.COUNT}})</summary>
<section class="scroll" tabindex="0" aria-label="{{t:transparency.by_site}}">
<table class="figures">
<thead><tr><th scope="col">{{t:transparency.site}}</th>
{{>figure_heads}}
<th scope="col">{{t:transparency.pending}}</th><th scope="col">{{t:transparency.eligible}}</th><th scope="col">{{t:transparency.answered}}</th><th scope="col">{{t:transparency.replied}}</th><th scope="col">{{t:transparency.pressed}}</th></tr></thead>
<tbody>
{{#BY_SITE}}
<tr data-row="{{PATH}}"><th scope="row"><a href="{{URL}}">{{NAME}}</a></th>
{{>figure_cells}}
<td data-figure="pending">{{number:PENDING}}</td><td data-figure="eligible">{{number:ELIGIBLE}}</td><td data-figure="answered">{{number:ANSWERED}}</td><td data-figure="replied_within_7_days">{{number:REPLIED_WITHIN_7_DAYS}}</td><td>{{#PRESSED}}{{number:PRESSED}}{{/PRESSED}}{{^PRESSED}}–{{/PRESSED}}</td></tr>
{{/BY_SITE}}
</tbody>
</table>
</section>
<p class="small soft">{{t:transparency.site_note}} {{#SITES.MORE}}{{t:transparency.more count=SITES.MORE}}{{/SITES.MORE}}</p>
</details>

{{?BY_SUBJECT}}
<details class="panel wide" id="by-vehicle">
<summary>{{t:transparency.by_vehicle}}</summary>
<section class="scroll" tabindex="0" aria-label="{{t:transparency.by_vehicle}}">
<table class="figures">
<thead><tr><th scope="col">{{t:transparency.vehicle}}</th>
{{>figure_heads}}
<th scope="col">{{t:transparency.pending}}</th></tr></thead>
<tbody>
{{#BY_SUBJECT}}
<tr data-row="{{PATH}}"><th scope="row"><a href="{{URL}}">{{NAME}}</a></th>
{{>figure_cells}}
<td data-figure="pending">{{number:PENDING}}</td></tr>
{{/BY_SUBJECT}}
</tbody>
</table>
</section>
</details>
{{/BY_SUBJECT}}

{{#TOTAL}}
<p class="prose small soft" data-row="{{PATH}}">{{t:transparency.other spontaneous=SPONTANEOUS incentive=INCENTIVE late=LATE days=MAX_DAYS replied=REPLIED in_time=REPLIED_WITHIN_7_DAYS}}</p>
{{/TOTAL}}
{{?GATHERED}}
<p class="prose small soft">{{t:transparency.gathered}} {{#GATHERED}}<span data-row="{{PATH}}">{{SOURCE}}: <span data-figure="shown">{{number:SHOWN}}</span>.</span> {{/GATHERED}}</p>
{{/GATHERED}}

<section class="rule prose">
<h2 id="verify">{{t:transparency.how}}</h2>
<p>{{t:transparency.from_log}}</p>
<p><code>verbatim log figures {{LOG_URL}}</code><br><code>verbatim log verify {{LOG_URL}}</code></p>
</section>
{{>bottom}}
