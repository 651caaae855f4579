{{?CRITERIA}}
<ul class="criteria">
{{#CRITERIA}}
<li>{{#LABEL}}{{LABEL}}{{/LABEL}}{{^LABEL}}{{t:criterion.@CODE}}{{/LABEL}} <b>{{t:criterion.of value=VALUE}}</b></li>
{{/CRITERIA}}
</ul>
{{/CRITERIA}}
