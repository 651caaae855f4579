{{>head}}
<title>{{t:contest.title}}</title>
{{>top}}
<h1>{{t:contest.title}}</h1>
<p class="lead">{{t:contest.lead.@SOURCE subject=SUBJECT}}</p>
{{#DONE}}
<p class="lead notice" role="status">{{t:me.done.contested}}</p>
{{/DONE}}
{{>errors}}
<div class="case rule">
<blockquote class="voice" lang="{{LANG}}">{{?TITLE}}<b>{{TITLE}}</b>
{{/TITLE}}{{lines:BODY}}</blockquote>
<div>
<h2>{{t:contest.decision}}</h2>
<p class="soft small"><time datetime="{{iso:DECIDED_AT}}">{{datetime:DECIDED_AT}}</time></p>
{{?REASON}}
<p><b>{{t:reason.@REASON}}</b>. {{t:reason.why.@REASON}}</p>
{{/REASON}}
{{?EXPLANATION}}
<p class="reply">{{lines:EXPLANATION}}</p>
{{/EXPLANATION}}
</div>
</div>
{{#COMPLAINT}}
<section class="rule" aria-labelledby="yours">
<h2 id="yours">{{t:contest.yours}}</h2>
<p class="voice">{{lines:WORDS}}</p>
<p class="reply">{{#OUTCOME=}}{{t:contest.received date=date:DECIDE_BY}}{{/OUTCOME=}}{{^OUTCOME=}}{{t:contest.@OUTCOME date=date:ENDED_AT}}
{{lines:ANSWER}}{{/OUTCOME=}}</p>
</section>
{{/COMPLAINT}}
{{#OPEN}}
<form class="rule" method="post" action="{{ACTION_URL}}" novalidate>
<div class="field">
<label for="explanation">{{t:contest.why}}</label>
<p class="hint">{{t:contest.until}} <time datetime="{{iso:UNTIL}}">{{date:UNTIL}}</time></p>
{{>field_error name=explanation}}
<textarea class="house" name="explanation" id="explanation" rows="6" maxlength="4000"{{#ERROR.explanation}} aria-invalid="true"{{/ERROR.explanation}}>{{lines:VALUES.explanation}}</textarea>
</div>
<p class="field"><button class="big">{{t:contest.send}}</button></p>
</form>
{{/OPEN}}
{{#OVER}}
<p class="rule">{{t:contest.over}}</p>
{{/OVER}}
{{>bottom}}
