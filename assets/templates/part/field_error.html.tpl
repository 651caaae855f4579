{{#ERROR.[[name]]}}
<p class="error" id="[[name]]-error">{{t:problem.@ERROR.[[name]]}}</p>
{{/ERROR.[[name]]}}
