<div class="field">
<label for="[[name]]">{{t:[[text]]}}</label>
{{>field_error name=[[name]]}}
<input type="[[type]]" name="[[name]]" id="[[name]]" value="{{VALUES.[[name]]}}" autocomplete="[[auto]]"{{#ERROR.[[name]]}} aria-invalid="true" aria-describedby="[[name]]-error"{{/ERROR.[[name]]}} required>
</div>
