{{>head}}
<title>{{t:audit.title}}</title>
{{>top}}
<p class="soft">{{t:audit.for holder=HOLDER}}</p>
<h1>{{t:audit.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:audit.done.@DONE}}</p>
{{/DONE}}
{{>errors}}
<p class="lead">{{t:audit.lead met=MET not_met=NOT_MET}}</p>
<ul class="rows tally">
{{#COUNTS}}
<li><span>{{t:audit.count.@CODE}}</span> <b>{{number:COUNT}}</b></li>
{{/COUNTS}}
</ul>
{{?OPEN}}
<p><b>{{t:audit.open}}</b> {{#OPEN}}<a href="#{{ID}}">{{ID}}</a> {{/OPEN}}</p>
{{/OPEN}}
<p class="soft small">{{t:audit.made}} <time datetime="{{iso:MADE_AT}}">{{datetime:MADE_AT}}</time>. {{t:audit.entries count=ENTRIES}} {{t:audit.own_report}}</p>
<p class="where"><a class="button" href="{{ACTION_URL}}/evidence.pdf">{{t:audit.pdf}}</a></p>
<p><a href="{{ACTION_URL}}/evidence.json">{{t:audit.json}}</a> · <a href="{{ACTION_URL}}/evidence.note">{{t:audit.note}}</a></p>
<form method="post" action="{{ACTION_URL}}"><p class="field"><button class="quiet" name="again" value="1">{{t:audit.again}}</button></p></form>
{{#GROUPS}}
<section class="rule" aria-labelledby="group-{{GROUP}}">
<h2 id="group-{{GROUP}}">{{t:audit.group.@GROUP}}</h2>
{{#REQUIREMENTS}}
<details class="panel line" id="{{ID}}"{{#EVIDENCE}}{{?BAD}} open{{/BAD}}{{/EVIDENCE}}>
<summary><b>{{ID}}</b> <span lang="en">{{ASKS}}</span>{{#EVIDENCE}} <span class="state {{RESULT}}">{{t:audit.result.@RESULT}}</span>{{/EVIDENCE}}{{?DUTY}} <span class="state duty">{{t:audit.human}}</span>{{/DUTY}}</summary>
<dl class="pairs">
<dt>{{t:audit.clause}}</dt><dd lang="en">{{CLAUSE}}</dd>
<dt>{{t:audit.how}}</dt><dd lang="en">{{HOW}}</dd>
{{#EVIDENCE}}
<dt>{{t:audit.today}}</dt><dd lang="en">{{SAYS}}{{#COUNTED}}: <b>{{number:VALUE}}</b>{{/COUNTED}}{{#AMONG}} / {{number:OF}}{{/AMONG}}{{?EXPECTS}} ({{EXPECTS}}){{/EXPECTS}}</dd>
{{?SQL}}
<dt>{{t:audit.statement}}</dt><dd><pre lang="en">{{SQL}}</pre></dd>
{{/SQL}}
{{/EVIDENCE}}
{{#DUTY}}
<dt>{{t:audit.duty}}</dt><dd lang="en">{{WHO}}: {{WHAT}}</dd>
<dt>{{t:audit.proofs}}</dt><dd>{{#PROOFS}}<p>{{date:ON}}, {{BY}}{{?NOTE}}: {{lines:NOTE}}{{/NOTE}}{{?URL}} <a href="{{URL}}">{{FILE}}</a>{{/URL}}</p>{{/PROOFS}}{{^PROOFS}}<p class="soft">{{t:audit.no_proof}}</p>{{/PROOFS}}</dd>
{{/DUTY}}
</dl>
</details>
{{/REQUIREMENTS}}
</section>
{{/GROUPS}}
<form class="rule" method="post" action="{{ACTION_URL}}" enctype="multipart/form-data" novalidate>
<h2>{{t:audit.lay_down}}</h2>
<div class="field">
<label for="duty">{{t:audit.which}}</label>
{{>field_error name=duty}}
<select name="duty" id="duty"{{#ERROR.duty}} aria-invalid="true"{{/ERROR.duty}}>
{{#DUTIES}}
<option value="{{ID}}"{{?SELECTED}} selected{{/SELECTED}} lang="en">{{ID}}: {{WHAT}}</option>
{{/DUTIES}}
</select>
</div>
<div class="field">
<label for="on">{{t:audit.on}}</label>
{{>field_error name=on}}
<input type="date" name="on" id="on" value="{{VALUES.on}}"{{#ERROR.on}} aria-invalid="true"{{/ERROR.on}}>
</div>
<div class="field">
<label for="note">{{t:audit.what_was_done}}</label>
{{>field_error name=note}}
<textarea class="house" name="note" id="note" rows="3">{{lines:VALUES.note}}</textarea>
</div>
<div class="field">
<label for="file">{{t:audit.file}}</label>
<p class="hint" id="file-hint">{{t:audit.file_hint}}</p>
{{>field_error name=file}}
<input type="file" name="file" id="file" aria-describedby="file-hint">
</div>
<p class="field"><button>{{t:audit.keep}}</button></p>
</form>
{{>bottom}}
