{{?ERRORS}}
<div class="errors" id="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">
<h2 id="errors-title">{{t:form.errors}}</h2>
<ul>
{{#ERRORS}}
<li><a href="#{{FIELD}}">{{t:problem.@CODE}}{{#CRITERION}} ({{#OWN_LABEL}}{{OWN_LABEL}}{{/OWN_LABEL}}{{^OWN_LABEL}}{{t:criterion.@CRITERION}}{{/OWN_LABEL}}){{/CRITERION}}</a></li>
{{/ERRORS}}
</ul>
</div>
{{/ERRORS}}
