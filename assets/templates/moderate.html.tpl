{{>head}}
<title>{{t:moderate.title.@KIND}}</title>
{{>top}}
<p class="soft">{{SUBJECT}}, {{t:service.@SERVICE}}, <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time>, {{language:LANG}}</p>
<h1>{{t:moderate.title.@KIND}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:moderate.done.@DONE}}</p>
{{/DONE}}
{{>errors}}
{{#OVERDUE}}
<p class="notice">{{t:moderate.overdue}}</p>
{{/OVERDUE}}
{{#LAPSED}}
<p class="notice">{{t:moderate.lapsed}}</p>
{{/LAPSED}}
<div class="case rule">
<div>
{{?TITLE_SEGMENTS}}
<p class="voice" lang="{{LANG}}"><b>{{#TITLE_SEGMENTS}}{{#REASON}}<mark>{{TEXT}}</mark>{{/REASON}}{{^REASON}}{{TEXT}}{{/REASON}}{{/TITLE_SEGMENTS}}</b></p>
{{/TITLE_SEGMENTS}}
{{?SEGMENTS}}
<blockquote class="voice big-voice" lang="{{LANG}}">{{#SEGMENTS}}{{?REASON}}<mark>{{lines:TEXT}}</mark>{{/REASON}}{{^REASON}}{{lines:TEXT}}{{/REASON}}{{/SEGMENTS}}</blockquote>
{{/SEGMENTS}}
{{^SEGMENTS}}
<p class="soft">{{t:review.no_words}}</p>
{{/SEGMENTS}}
</div>
<div>
{{#NOTICE}}
<h2>{{t:moderate.notice}}</h2>
<p class="soft small">{{t:moderate.notice.@SOURCE}}, <time datetime="{{iso:AT}}">{{datetime:AT}}</time></p>
<p class="where"><b>{{t:reason.@REASON}}</b>. {{t:reason.why.@REASON}}</p>
<p class="reply">{{lines:EXPLANATION}}</p>
{{?PUBLIC}}
<p class="soft small where">{{t:moderate.public}}</p>
{{/PUBLIC}}
{{/NOTICE}}
{{#COMPLAINT}}
<h2 class="where">{{t:moderate.complaint.@SOURCE}}</h2>
<p class="soft small"><time datetime="{{iso:AT}}">{{datetime:AT}}</time></p>
<p class="reply">{{lines:EXPLANATION}}</p>
{{/COMPLAINT}}
{{#DECISION}}
<h2 class="where">{{t:moderate.complaint.decision}}</h2>
<p class="soft small"><time datetime="{{iso:AT}}">{{datetime:AT}}</time></p>
{{?REASON}}
<p><b>{{t:reason.@REASON}}</b>. {{t:reason.why.@REASON}}</p>
{{/REASON}}
{{?EXPLANATION}}
<p class="reply">{{lines:EXPLANATION}}</p>
{{/EXPLANATION}}
{{/DECISION}}
{{#FIRST}}
<h2>{{t:moderate.first}}</h2>
<p><b>{{t:reason.@REASON}}</b>. {{t:reason.why.@REASON}}</p>
{{?EXPLANATION}}
<p class="reply">{{lines:EXPLANATION}}</p>
{{/EXPLANATION}}
<p class="soft small">{{t:moderate.first_hint}}</p>
{{/FIRST}}
{{#WORDS}}
<h2 class="where">{{t:moderate.findings}}</h2>
<ol class="rows">
{{#FINDINGS}}
<li><span><b>{{t:reason.@REASON}}</b> <span class="soft">{{percent:CONFIDENCE}}</span></span><span class="voice" lang="{{LANG}}"><mark>{{TEXT}}</mark></span></li>
{{/FINDINGS}}
{{^FINDINGS}}
<li class="soft">{{t:moderate.no_findings}}</li>
{{/FINDINGS}}
</ol>
{{/WORDS}}
<p class="soft small where">{{t:moderate.decide_by}} <time datetime="{{iso:DECIDE_BY}}">{{datetime:DECIDE_BY}}</time></p>
<p class="soft small">{{t:moderate.blind}}</p>
</div>
</div>
{{^DONE}}
<form class="rule" method="post" action="{{ACTION_URL}}" novalidate>
<input type="hidden" name="version" value="{{VERSION}}">
<fieldset class="field" id="decision">
<legend>{{t:moderate.decision}}</legend>
{{>field_error name=decision}}
{{#DECISIONS}}
<label class="choice"><input type="radio" name="decision" value="{{CODE}}"{{#SELECTED}} checked{{/SELECTED}}> <span>{{t:decision.@CODE}}</span></label>
{{/DECISIONS}}
</fieldset>
{{?REASONS}}
<div class="field">
<label for="reason">{{t:moderate.reason}}</label>
<p class="hint" id="reason-hint">{{t:moderate.reason_hint}} <a href="{{RULES_URL}}#reasons">{{t:moderate.policy version=POLICY_VERSION}}</a></p>
{{>field_error name=reason}}
<select name="reason" id="reason" aria-describedby="reason-hint"{{#ERROR.reason}} aria-invalid="true"{{/ERROR.reason}}>
<option value="">–</option>
{{#REASONS}}
<option value="{{CODE}}"{{#SELECTED}} selected{{/SELECTED}}>{{t:reason.@CODE}}</option>
{{/REASONS}}
</select>
</div>
{{/REASONS}}
<div class="field">
<label for="explanation">{{#WORDS}}{{t:moderate.explanation}}{{/WORDS}}{{^WORDS}}{{#KIND=notice}}{{t:moderate.explanation.notice}}{{/KIND=notice}}{{^KIND=notice}}{{t:moderate.explanation.complaint}}{{/KIND=notice}}{{/WORDS}}</label>
<p class="hint" id="explanation-hint">{{t:moderate.explanation_hint}}</p>
{{>field_error name=explanation}}
<textarea class="house" name="explanation" id="explanation" rows="4" aria-describedby="explanation-hint">{{lines:VALUES.explanation}}</textarea>
</div>
{{?REASONS}}
<details class="panel"{{?VALUES.law}} open{{/VALUES.law}}><summary>{{t:moderate.law}}</summary>
<p class="hint" id="law-hint">{{t:moderate.law_hint}}</p>
<div class="field">
<label class="hidden" for="law">{{t:moderate.law}}</label>
<input type="text" name="law" id="law" maxlength="200" value="{{VALUES.law}}" aria-describedby="law-hint">
</div>
</details>
{{/REASONS}}
{{#TICK}}
<fieldset class="field">
<legend class="hidden">{{t:moderate.@TICK}}</legend>
<label class="choice"><input type="checkbox" name="{{TICK}}" value="yes"{{#TICKED}} checked{{/TICKED}}> <span>{{t:moderate.@TICK}} <span class="soft">{{t:moderate.standing count=MARKS}}{{?NEXT}} {{t:moderate.next.@NEXT}}{{/NEXT}}</span></span></label>
</fieldset>
{{/TICK}}
{{#MUST_DECLARE}}
<fieldset class="field">
<legend>{{t:moderate.reads_label}}</legend>
{{>field_error name=reads}}
<label class="choice"><input type="checkbox" name="reads" id="reads" value="yes"> <span>{{t:moderate.reads language=language:LANG}}</span></label>
</fieldset>
{{/MUST_DECLARE}}
<p class="field"><button>{{t:moderate.send}}</button></p>
</form>
{{/DONE}}
{{>bottom}}
