{{?SPOKEN}}
{{#SPOKEN}}
<section class="spoken" aria-labelledby="spoken">
<h2 id="spoken">{{t:spoken.heading}}</h2>
<p class="small soft">{{t:spoken.made count=COUNT months=MONTHS}}</p>
<ul class="bars">
{{#THEMES}}
<li><span>{{NAME}}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8"/><rect width="{{bar:SHARE}}" height="8"/></svg><span>{{t:spoken.share share=percent:SHARE count=MENTIONS}}</span></li>
{{/THEMES}}
</ul>
{{?SUMMARY}}
<h3>{{t:spoken.summary}}</h3>
<p class="small soft">{{t:spoken.chosen}}</p>
<ul class="said">
{{#SUMMARY}}
<li>{{>stars of=RATING}}<blockquote class="voice" lang="{{LANG}}">{{TEXT}}</blockquote><a href="{{URL}}">{{t:review.permalink}}<span class="hidden"> {{t:review.number number=ID}}</span></a></li>
{{/SUMMARY}}
</ul>
{{/SUMMARY}}
</section>
{{/SPOKEN}}
{{/SPOKEN}}
