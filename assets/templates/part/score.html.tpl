<section aria-labelledby="score">
<h2 class="hidden" id="score">{{t:score.heading}}</h2>
{{#SCORE.COUNT}}
<div class="score">
<p class="figure">{{decimal:SCORE.AVERAGE}}</p>
<div>
{{>stars of=SCORE.AVERAGE}}
<p>{{t:score.count count=SCORE.COUNT months=SCORE.MONTHS}}</p>
</div>
</div>
<ul class="bars">
{{#SCORE.DISTRIBUTION}}
<li><a href="{{URL}}"{{#CURRENT}} aria-current="true"{{/CURRENT}}><span>{{t:score.stars count=STARS}}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8"/><rect width="{{bar:SHARE}}" height="8"/></svg><span>{{percent:SHARE}}</span></a></li>
{{/SCORE.DISTRIBUTION}}
</ul>
{{/SCORE.COUNT}}
{{^SCORE.COUNT}}
<p class="lead">{{t:score.none months=SCORE.MONTHS}}</p>
{{/SCORE.COUNT}}
<p class="small soft"><a href="{{RULES_URL}}#score">{{t:score.how}}</a></p>
{{#SCORE.REWARDED}}
<p class="small soft">{{t:score.rewarded count=NUMBER average=decimal:MEAN}}</p>
{{/SCORE.REWARDED}}
{{#GATHERED}}
<p class="small soft">{{t:score.gathered source=SOURCE count=COUNT average=decimal:AVERAGE}}</p>
{{/GATHERED}}
</section>
