{{>head}}
<title>{{t:notice.title}}</title>
{{>top}}
<p class="soft">{{SUBJECT}}</p>
<h1>{{t:notice.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:notice.done number=NUMBER date=date:DECIDE_BY}} {{#MAILED}}{{t:notice.done_mail}}{{/MAILED}}{{^MAILED}}{{t:notice.done_no_address}}{{/MAILED}}</p>
<p class="where"><a href="{{REVIEW_URL}}">{{t:notice.back}}</a></p>
{{/DONE}}
{{^DONE}}
<p class="lead">{{t:notice.lead days=DECIDE_DAYS}}</p>
<p class="lead">{{t:notice.opinion}}</p>
{{>errors}}
{{?BODY}}
<blockquote class="voice rule" lang="{{LANG}}">{{?TITLE}}<b>{{TITLE}}</b>
{{/TITLE}}{{lines:BODY}}</blockquote>
{{/BODY}}
{{^BODY}}
<p class="rule soft">{{t:review.no_words}}</p>
{{/BODY}}
<form class="rule" method="post" action="{{ACTION_URL}}" novalidate>
<div class="field">
<label for="url">{{t:notice.url}}</label>
<input type="url" name="url" id="url" value="{{VALUES.url}}" readonly>
</div>
<fieldset class="field" id="reason">
<legend>{{t:notice.reason}}</legend>
{{>field_error name=reason}}
{{#REASONS}}
<label class="choice"><input type="radio" name="reason" value="{{CODE}}"{{#SELECTED}} checked{{/SELECTED}}> <span><b>{{t:reason.@CODE}}</b> <span class="soft">{{t:reason.why.@CODE}}</span></span></label>
{{/REASONS}}
</fieldset>
<div class="field">
<label for="explanation">{{t:notice.explanation}}</label>
<p class="hint" id="explanation-hint">{{t:notice.explanation_hint}}</p>
{{>field_error name=explanation}}
<textarea class="house" name="explanation" id="explanation" rows="5" maxlength="4000" aria-describedby="explanation-hint"{{#ERROR.explanation}} aria-invalid="true"{{/ERROR.explanation}}>{{lines:VALUES.explanation}}</textarea>
</div>
<fieldset class="field">
<legend>{{t:notice.who}}</legend>
<p class="hint">{{t:notice.who_hint}}</p>
<div class="field">
<label for="name">{{t:notice.name}}</label>
{{>field_error name=name}}
<input type="text" name="name" id="name" maxlength="200" autocomplete="name" value="{{VALUES.name}}">
</div>
<div class="field">
<label for="email">{{t:notice.email}}</label>
{{>field_error name=email}}
<input type="email" name="email" id="email" autocomplete="email" value="{{VALUES.email}}"{{#ERROR.email}} aria-invalid="true" aria-describedby="email-error"{{/ERROR.email}}>
</div>
</fieldset>
<div class="field">
{{>field_error name=good_faith}}
<label class="choice"><input type="checkbox" name="good_faith" id="good_faith" value="yes"{{#VALUES.good_faith}} checked{{/VALUES.good_faith}}{{#ERROR.good_faith}} aria-invalid="true" aria-describedby="good_faith-error"{{/ERROR.good_faith}}> <span>{{t:notice.good_faith}}</span></label>
</div>
<p class="field"><button class="big">{{t:notice.send}}</button></p>
</form>
{{/DONE}}
{{>bottom}}
