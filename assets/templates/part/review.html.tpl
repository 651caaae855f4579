<article class="review" id="review-{{ID}}" aria-labelledby="title-{{ID}}">
<div class="facts">
{{?RATING}}
{{>stars of=RATING}}
{{/RATING}}
{{?EXPERIENCE_ON}}
<p>{{t:review.experience.@SERVICE}} <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time></p>
{{/EXPERIENCE_ON}}
<p>{{t:review.published}} <time datetime="{{iso:PUBLISHED_AT}}">{{date:PUBLISHED_AT}}</time></p>
{{?UPDATED_AT}}
<p>{{t:review.updated}} <time datetime="{{iso:UPDATED_AT}}">{{date:UPDATED_AT}}</time></p>
{{/UPDATED_AT}}
{{>origin}}
</div>
<div>
{{?TITLE}}
<h3 class="title" id="title-{{ID}}" lang="{{LANG}}">{{TITLE}}</h3>
{{/TITLE}}
{{^TITLE}}
<h3 class="hidden" id="title-{{ID}}">{{?AUTHOR}}{{t:review.heading author=AUTHOR}}{{/AUTHOR}}{{^AUTHOR}}{{t:review.heading_anonymous}}{{/AUTHOR}}{{?RATING}}, {{t:stars.label stars=decimal:RATING}}{{/RATING}}</h3>
{{/TITLE}}
<blockquote class="voice" lang="{{LANG}}">{{?SEGMENTS}}{{#SEGMENTS}}{{?THEME}}<mark title="{{THEME}}">{{lines:TEXT}}</mark>{{/THEME}}{{^THEME}}{{lines:TEXT}}{{/THEME}}{{/SEGMENTS}}{{/SEGMENTS}}{{^SEGMENTS}}{{lines:BODY}}{{/SEGMENTS}}</blockquote>
<p class="byline">{{?AUTHOR}}{{AUTHOR}}{{/AUTHOR}}{{^AUTHOR}}{{t:review.anonymous}}{{/AUTHOR}}{{?MODEL}} — {{MODEL}}{{/MODEL}}{{#SUBJECT}} — <a href="{{SUBJECT_URL}}">{{SUBJECT}}</a>{{/SUBJECT}}</p>
{{>criteria}}
{{>reply level=4}}
<p class="links">
<a href="{{URL}}">{{t:review.permalink}}<span class="hidden"> {{t:review.number number=ID}}</span></a>
{{?LOG_INDEX}}
<span class="soft">{{t:review.log_place place=number:LOG_INDEX}}</span>
{{/LOG_INDEX}}
{{?NOTICE_URL}}
<a href="{{NOTICE_URL}}">{{t:review.report}}<span class="hidden"> {{t:review.number number=ID}}</span></a>
{{/NOTICE_URL}}
</p>
</div>
</article>
