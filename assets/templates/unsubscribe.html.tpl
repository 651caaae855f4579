{{>head}}
<title>{{t:unsubscribe.title}}</title>
{{>top}}
<h1>{{t:unsubscribe.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:unsubscribe.done}}</p>
{{/DONE}}
<p class="lead where">{{t:unsubscribe.who brand=BRAND email=EMAIL_MASKED}}</p>
<form class="rule" method="post" action="{{ACTION_URL}}">
<button class="big" name="all" value="yes">{{t:unsubscribe.all}}</button>
<p class="hint">{{t:unsubscribe.all_hint}}</p>
</form>
<form class="rule" method="post" action="{{ACTION_URL}}">
<h2>{{t:unsubscribe.choose}}</h2>
<input type="hidden" name="preferences" value="yes">
<fieldset class="field">
<legend>{{t:unsubscribe.topics}}</legend>
{{#PURPOSES}}
<label class="choice"><input type="checkbox" name="purpose_{{CODE}}" value="yes"{{#WANTED}} checked{{/WANTED}}> <span>{{t:purpose.@CODE}}<br><span class="soft small">{{t:purpose.why.@CODE}}</span></span></label>
{{/PURPOSES}}
</fieldset>
{{?CHANNELS}}
<input type="hidden" name="channels" value="yes">
<fieldset class="field">
<legend>{{t:unsubscribe.channels}}</legend>
{{#CHANNELS}}
<label class="choice"><input type="checkbox" name="channel_{{CODE}}" value="yes"{{#WANTED}} checked{{/WANTED}}> <span>{{t:channel.@CODE}}<br><span class="soft small">{{t:channel.why.@CODE}}</span></span></label>
{{/CHANNELS}}
</fieldset>
{{/CHANNELS}}
<p class="field"><button class="quiet">{{t:unsubscribe.save}}</button></p>
</form>
{{>bottom}}
