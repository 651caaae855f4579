{{>head}}
<title>{{t:again.title}}</title>
{{>top}}
<p class="soft">{{SUBJECT}}</p>
<h1>{{t:again.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:again.done}}</p>
{{/DONE}}
{{^DONE}}
<p class="lead">{{t:again.lead date=date:SUBMITTED_AT}}</p>
<p class="soft">{{t:again.private}}</p>
{{>errors}}
<form class="rule" method="post" action="{{ACTION_URL}}">
<fieldset class="field" aria-describedby="rating-hint{{#ERROR.rating}} rating-error{{/ERROR.rating}}">
<legend>{{t:again.rating}}</legend>
<p class="hint" id="rating-hint">{{t:form.stars_hint}}</p>
{{>field_error name=rating}}
<div class="pick">
{{>five_stars name=rating value=VALUES.rating error=ERROR.rating}}
</div>
</fieldset>
<fieldset class="field"{{#ERROR.solved}} aria-describedby="solved-error"{{/ERROR.solved}}>
<legend>{{t:again.solved}}</legend>
{{>field_error name=solved}}
{{>choice name=solved value=yes id=solved of=VALUES.solved text=again.solved.yes}}
{{>choice name=solved value=partly id=solved-2 of=VALUES.solved text=again.solved.partly}}
{{>choice name=solved value=no id=solved-3 of=VALUES.solved text=again.solved.no}}
</fieldset>
<div class="field">
<label for="words">{{t:again.words}}</label>
<p class="hint" id="words-hint">{{t:again.words_hint}}</p>
{{>field_error name=words}}
<textarea name="words" id="words" rows="5" aria-describedby="words-hint{{#ERROR.words}} words-error{{/ERROR.words}}"{{#ERROR.words}} aria-invalid="true"{{/ERROR.words}}>{{lines:VALUES.words}}</textarea>
</div>
<p class="field"><button class="big">{{t:again.send}}</button></p>
</form>
{{/DONE}}
{{>bottom}}
