<form method="post" action="{{ACTION_URL}}">
<input type="hidden" name="action" value="[[action]]">
{{#ERROR.confirm_[[action]]}}
<p class="error" id="confirm_[[action]]-error">{{t:problem.confirm}}</p>
{{/ERROR.confirm_[[action]]}}
<label class="choice"><input type="checkbox" name="confirm" id="confirm_[[action]]" value="yes" required{{#ERROR.confirm_[[action]]}} aria-invalid="true" aria-describedby="confirm_[[action]]-error"{{/ERROR.confirm_[[action]]}}> <span>{{t:me.[[action]].confirm}}</span></label>
<p><button>{{t:me.[[action]].send}}</button></p>
</form>
