{{>head}}
<title>{{t:review.page_title subject=REVIEW.SUBJECT}}</title>
<meta name="description" content="{{t:review.page_title subject=REVIEW.SUBJECT}}">
{{>top}}
{{#REVIEW}}
<p class="soft"><a href="{{SUBJECT_URL}}">{{SUBJECT}}</a></p>
<h1{{?TITLE}} class="said" lang="{{LANG}}"{{/TITLE}}>{{?TITLE}}{{TITLE}}{{/TITLE}}{{^TITLE}}{{t:review.page_title subject=SUBJECT}}{{/TITLE}}</h1>
<article class="review rule" aria-label="{{t:review.page_title subject=SUBJECT}}">
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
<blockquote class="voice big-voice" lang="{{LANG}}">{{lines:BODY}}</blockquote>
<p class="byline">{{?AUTHOR}}{{AUTHOR}}{{/AUTHOR}}{{^AUTHOR}}{{t:review.anonymous}}{{/AUTHOR}}{{?MODEL}} — {{MODEL}}{{/MODEL}}</p>
{{>criteria}}
{{>reply level=2}}
</div>
</article>
<p class="order">{{t:list.checked}} <a href="{{RULES_URL}}">{{t:frame.how}}</a></p>
<section class="rule">
<h2 id="log">{{t:log.heading}}</h2>
<p class="prose soft">{{t:log.why}}</p>
<section class="scroll" tabindex="0" aria-labelledby="log">
<table class="figures">
<thead><tr><th scope="col">{{t:log.event}}</th><th scope="col">{{t:log.at}}</th><th scope="col">{{t:log.place}}</th></tr></thead>
<tbody>
{{#LOG}}
<tr><th scope="row">{{t:log.kind.@KIND}}</th><td><time datetime="{{iso:AT}}">{{datetime:AT}}</time></td><td>{{#INDEX=}}{{t:receipt.soon}}{{/INDEX=}}{{^INDEX=}}{{number:INDEX}}{{/INDEX=}}</td></tr>
{{/LOG}}
</tbody>
</table>
</section>
<dl class="pairs">
<dt>{{t:receipt.commitment}}</dt><dd><code>{{COMMITMENT}}</code></dd>
</dl>
<p class="links">
{{#PROOF_URL}}
<a href="{{PROOF_URL}}" download>{{t:receipt.proof}}</a>
{{/PROOF_URL}}
<a href="{{CHECKPOINT_URL}}">{{t:log.checkpoint}}</a>
{{?NOTICE_URL}}
<a href="{{NOTICE_URL}}">{{t:review.report}}</a>
{{/NOTICE_URL}}
</p>
</section>
{{/REVIEW}}
{{>bottom}}
