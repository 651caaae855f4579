{{>head}}
<title>{{t:moderate.title}}</title>
{{>top}}
<p class="soft">{{SUBJECT}}, {{t:service.@SERVICE}}, <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time>, {{language:LANG}}</p>
<h1>{{t:moderate.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:moderate.done.@DONE}}</p>
{{/DONE}}
{{>errors}}
<div class="case rule">
<div>
{{?TITLE_SEGMENTS}}
<p class="voice" lang="{{LANG}}"><b>{{#TITLE_SEGMENTS}}{{#REASON}}<mark>{{TEXT}}</mark>{{/REASON}}{{^REASON}}{{TEXT}}{{/REASON}}{{/TITLE_SEGMENTS}}</b></p>
{{/TITLE_SEGMENTS}}
<blockquote class="voice big-voice" lang="{{LANG}}">{{#SEGMENTS}}{{?REASON}}<mark>{{lines:TEXT}}</mark>{{/REASON}}{{^REASON}}{{lines:TEXT}}{{/REASON}}{{/SEGMENTS}}</blockquote>
</div>
<div>
<h2>{{t:moderate.findings}}</h2>
<ol class="rows">
{{#FINDINGS}}
<li><span><b>{{t:reason.@REASON}}</b> <span class="soft">{{percent:CONFIDENCE}}</span></span><span class="voice" lang="{{LANG}}"><mark>{{TEXT}}</mark></span></li>
{{/FINDINGS}}
{{^FINDINGS}}
<li class="soft">{{t:moderate.no_findings}}</li>
{{/FINDINGS}}
</ol>
<p class="soft small">{{t:moderate.decide_by}} <time datetime="{{iso:DECIDE_BY}}">{{datetime:DECIDE_BY}}</time></p>
<p class="soft small">{{t:moderate.blind}}</p>
</div>
</div>
{{^DONE}}
<form class="rule" method="post" action="{{ACTION_URL}}" novalidate>
<fieldset class="field">
<legend>{{t:moderate.decision}}</legend>
{{>field_error name=decision}}
{{>choice name=decision value=publish id=decision of=VALUES.decision text=decision.publish}}
{{>choice name=decision value=refuse id=decision-2 of=VALUES.decision text=decision.refuse}}
{{>choice name=decision value=rephrase id=decision-3 of=VALUES.decision text=decision.rephrase}}
</fieldset>
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
<div class="field">
<label for="explanation">{{t:moderate.explanation}}</label>
<p class="hint" id="explanation-hint">{{t:moderate.explanation_hint}}</p>
{{>field_error name=explanation}}
<textarea class="house" name="explanation" id="explanation" rows="4" aria-describedby="explanation-hint">{{lines:VALUES.explanation}}</textarea>
</div>
<p class="field"><button>{{t:moderate.send}}</button></p>
</form>
{{/DONE}}
{{>bottom}}
