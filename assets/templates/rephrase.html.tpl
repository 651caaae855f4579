{{>head}}
<title>{{t:rephrase.title}}</title>
{{>top}}
<h1>{{t:rephrase.title}}</h1>
<p class="lead">{{t:rephrase.lead}}</p>
{{>errors}}
<blockquote class="voice rule" lang="{{LANG}}">{{#SEGMENTS}}{{?REASON}}<mark>{{lines:TEXT}}</mark>{{/REASON}}{{^REASON}}{{lines:TEXT}}{{/REASON}}{{/SEGMENTS}}</blockquote>
<ul class="prose where">
{{#REASONS}}
<li><b>{{t:reason.@CODE}}</b>. {{t:reason.why.@CODE}}</li>
{{/REASONS}}
</ul>
{{#EXPLANATION}}
<p class="reply">{{lines:EXPLANATION}}</p>
{{/EXPLANATION}}
<form class="rule" method="post" action="{{ACTION_URL}}" novalidate>
<input type="hidden" name="action" value="correct">
<div class="field">
<label for="body">{{t:form.body}}</label>
<p class="hint" id="body-hint">{{t:form.body_hint max=BODY_MAX}}</p>
{{>field_error name=body}}
<textarea name="body" id="body" rows="8" aria-describedby="body-hint{{#ERROR.body}} body-error{{/ERROR.body}}"{{#ERROR.body}} aria-invalid="true"{{/ERROR.body}}>{{lines:VALUES.body}}</textarea>
</div>
<div class="field">
<label for="title">{{t:form.review_title}}</label>
<input type="text" name="title" id="title" maxlength="120" value="{{VALUES.title}}">
</div>
<p class="small soft field">{{t:rephrase.same}}</p>
<p class="field"><button class="big">{{t:rephrase.send}}</button></p>
</form>
{{>bottom}}
