{{>head}}
<title>{{t:confirm.title}}</title>
{{>top}}
<h1>{{t:confirm.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:confirm.done}}</p>
{{/DONE}}
{{^DONE}}
<p class="lead">{{t:confirm.why}}</p>
<form class="rule" method="post" action="{{ACTION_URL}}">
<button class="big" name="confirm" value="yes">{{t:confirm.send}}</button>
</form>
{{/DONE}}
{{>bottom}}
