{{>head}}
<title>{{t:me.title}}</title>
{{>top}}
<p class="soft">{{SUBJECT}}, {{t:service.@SERVICE}}, <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time></p>
<h1>{{t:me.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:me.done.@DONE}}</p>
{{/DONE}}
{{>errors}}
<p class="lead where"><b>{{t:state.@STATE}}</b> {{t:me.state.@STATE date=date:STATE_AT}}</p>
{{#ASKED}}
<section class="reply" aria-labelledby="asked">
<h2 id="asked">{{t:me.asked.heading}}</h2>
<p>{{t:me.asked.@CAUSE date=date:CONTACT_AT}}</p>
<p class="hint">{{t:me.asked.secret}}</p>
<form method="post" action="{{ACTION_URL}}">
<input type="hidden" name="action" value="pressure_answer">
<fieldset class="field">
<legend class="hidden">{{t:me.asked.heading}}</legend>
{{>field_error name=answer}}
{{>choice name=answer value=no id=answer of=VALUES.answer text=me.asked.no}}
{{>choice name=answer value=pressed id=answer-2 of=VALUES.answer text=me.asked.pressed}}
{{>choice name=answer value=offered id=answer-3 of=VALUES.answer text=me.asked.offered}}
</fieldset>
<div class="field">
<label for="told">{{t:me.asked.what}}</label>
<textarea class="house" name="what" id="told" rows="3"></textarea>
</div>
<p class="field"><button>{{t:me.asked.send}}</button></p>
</form>
</section>
{{/ASKED}}
{{#REFUSAL}}
<div class="reply">
<p><b>{{t:reason.@REASON}}</b>. {{t:reason.why.@REASON}}</p>
{{#EXPLANATION}}
<p>{{lines:EXPLANATION}}</p>
{{/EXPLANATION}}
{{?UNTIL}}
<p>{{t:refused.appeal date=date:UNTIL}}</p>
{{/UNTIL}}
</div>
{{/REFUSAL}}
{{#COMPLAINT}}
<section class="rule" aria-labelledby="complaint">
<h2 id="complaint">{{t:contest.yours}}</h2>
<p class="voice">{{lines:WORDS}}</p>
<p class="reply">{{#OUTCOME=}}{{t:contest.received date=date:DECIDE_BY}}{{/OUTCOME=}}{{^OUTCOME=}}{{t:contest.@OUTCOME date=date:ENDED_AT}}
{{lines:ANSWER}}{{/OUTCOME=}}</p>
</section>
{{/COMPLAINT}}
{{#REPHRASE_URL}}
<p class="where"><a class="button" href="{{REPHRASE_URL}}">{{t:me.rephrase}}</a></p>
{{/REPHRASE_URL}}
{{#REVIEW}}
<section class="rule" aria-labelledby="words">
<h2 id="words">{{t:me.words}}</h2>
{{?RATING}}
{{>stars of=RATING}}
{{/RATING}}
{{?TITLE}}
<p class="voice" lang="{{LANG}}"><b>{{TITLE}}</b></p>
{{/TITLE}}
<blockquote class="voice" lang="{{LANG}}">{{lines:BODY}}</blockquote>
{{>criteria}}
{{?URL}}
<p class="links"><a href="{{URL}}">{{t:me.public}}</a></p>
{{/URL}}
{{>reply level=3}}
</section>
{{/REVIEW}}
{{?VERSIONS}}
<section class="rule" aria-labelledby="versions">
<h2 id="versions">{{t:me.versions}}</h2>
<ol class="rows">
{{#VERSIONS}}
<li><span class="soft">{{t:me.version number=NUMBER}} <time datetime="{{iso:SUBMITTED_AT}}">{{datetime:SUBMITTED_AT}}</time>, {{t:state.@STATE}}</span>
{{?RATING}}
{{>stars of=RATING}}
{{/RATING}}
<span class="voice" lang="{{LANG}}">{{lines:BODY}}</span></li>
{{/VERSIONS}}
</ol>
</section>
{{/VERSIONS}}
{{#RECEIPT}}
<section class="rule" aria-labelledby="receipt">
<h2 id="receipt">{{t:receipt.heading}}</h2>
{{>receipt}}
</section>
{{/RECEIPT}}
{{?MAY_ACT}}
<section class="rule" aria-labelledby="rights">
<h2 id="rights">{{t:me.rights}}</h2>
{{#MAY_CONTEST}}
<details class="panel"{{#OPEN=contest}} open{{/OPEN=contest}}><summary>{{t:me.contest}}</summary>
<form method="post" action="{{ACTION_URL}}">
<input type="hidden" name="action" value="contest">
<div class="field">
<label for="explanation">{{t:contest.why}}</label>
{{>field_error name=explanation}}
<textarea class="house" name="explanation" id="explanation" rows="5" required{{#ERROR.explanation}} aria-invalid="true" aria-describedby="explanation-error"{{/ERROR.explanation}}>{{lines:VALUES.explanation}}</textarea>
</div>
<p class="field"><button>{{t:contest.send}}</button></p>
</form>
</details>
{{/MAY_CONTEST}}
{{#MAY_CORRECT}}
<details class="panel"{{#OPEN=correct}} open{{/OPEN=correct}}><summary>{{t:me.correct}}</summary>
<p>{{t:me.correct.why}}</p>
<form method="post" action="{{ACTION_URL}}" novalidate>
<input type="hidden" name="action" value="correct">
<fieldset class="field">
<legend>{{t:form.rating}}</legend>
{{>field_error name=rating}}
<div class="pick">
{{>five_stars name=rating value=VALUES.rating error=ERROR.rating}}
</div>
</fieldset>
<div class="field">
<label for="body">{{t:form.body}}</label>
{{>field_error name=body}}
<textarea name="body" id="body" rows="6"{{#ERROR.body}} aria-invalid="true" aria-describedby="body-error"{{/ERROR.body}}>{{lines:VALUES.body}}</textarea>
</div>
<div class="field">
<label for="title">{{t:form.review_title}}</label>
<input type="text" name="title" id="title" maxlength="120" value="{{VALUES.title}}">
</div>
<p class="field"><button>{{t:me.correct.send}}</button></p>
</form>
</details>
{{/MAY_CORRECT}}
{{#MAY_WITHDRAW}}
<details class="panel"{{#OPEN=withdraw}} open{{/OPEN=withdraw}}><summary>{{t:me.withdraw}}</summary>
<p>{{t:me.withdraw.why}}</p>
{{>confirm action=withdraw}}
</details>
{{/MAY_WITHDRAW}}
{{?CONSENTS}}
<details class="panel"><summary>{{t:me.consents}}</summary>
<p>{{t:me.consents.why}}</p>
<ol class="rows">
{{#CONSENTS}}
<li><span><b>{{t:me.consent.purpose.@PURPOSE}}</b>: {{t:me.consent.basis.@BASIS}}</span><span class="soft"><time datetime="{{iso:AT}}">{{datetime:AT}}</time>, {{t:me.consent.source.@SOURCE}}{{?VERSION}}, {{VERSION}}{{/VERSION}}</span></li>
{{/CONSENTS}}
</ol>
</details>
{{/CONSENTS}}
<details class="panel"><summary>{{t:me.export}}</summary>
<p>{{t:me.export.why}}</p>
<form method="post" action="{{ACTION_URL}}"><input type="hidden" name="action" value="export"><button class="quiet">{{t:me.export.send}}</button></form>
</details>
{{#MAY_PRESS}}
<details class="panel"{{#OPEN=pressure}} open{{/OPEN=pressure}}><summary>{{t:me.pressure}}</summary>
<p>{{t:me.pressure.why}}</p>
<form method="post" action="{{ACTION_URL}}">
<input type="hidden" name="action" value="pressure">
<div class="field">
<label for="what">{{t:me.pressure.what}}</label>
{{>field_error name=what}}
<textarea class="house" name="what" id="what" rows="4" required{{#ERROR.what}} aria-invalid="true" aria-describedby="what-error"{{/ERROR.what}}>{{lines:VALUES.what}}</textarea>
</div>
<p class="field"><button>{{t:me.pressure.send}}</button></p>
</form>
</details>
{{/MAY_PRESS}}
<details class="panel"{{#OPEN=erase}} open{{/OPEN=erase}}><summary>{{t:me.erase}}</summary>
<p>{{t:me.erase.why}}</p>
{{>confirm action=erase}}
</details>
</section>
{{/MAY_ACT}}
{{>bottom}}
