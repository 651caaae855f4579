<label class="choice"><input type="radio" name="[[name]]" value="[[value]]" id="[[id]]"{{#[[of]]=[[value]]}} checked{{/[[of]]=[[value]]}}> <span>{{t:[[text]]}}</span></label>
