{{?CRITERIA}}
<ul class="criteria">
{{#CRITERIA}}
<li>{{t:criterion.@CODE}} <b>{{t:criterion.of value=VALUE}}</b></li>
{{/CRITERIA}}
</ul>
{{/CRITERIA}}
