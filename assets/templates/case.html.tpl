{{>head}}
<title>{{t:case.title name=CUSTOMER.NAME}}</title>
{{>top}}
<p class="soft">{{SUBJECT}} — {{t:case.received}} <time datetime="{{iso:OPENED_AT}}">{{datetime:OPENED_AT}}</time></p>
<h1>{{t:case.title name=CUSTOMER.NAME}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:case.done.@DONE}}</p>
{{/DONE}}
{{>errors}}
<div class="case rule">
<div>
{{#REVIEW}}
{{?RATING}}
{{>stars of=RATING}}
{{/RATING}}
{{?TITLE}}
<p class="voice" lang="{{LANG}}"><b>{{TITLE}}</b></p>
{{/TITLE}}
<blockquote class="voice big-voice" lang="{{LANG}}">{{lines:BODY}}</blockquote>
<p class="byline">{{t:service.@SERVICE}}, <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time>{{?MODEL}}, {{MODEL}}{{/MODEL}}</p>
{{>criteria}}
{{^RECOMMEND=}}
<p class="byline">{{t:case.recommend value=RECOMMEND}}</p>
{{/RECOMMEND=}}
<p class="links"><span class="soft">{{t:state.@STATE}}</span>{{?URL}}<a href="{{URL}}">{{t:me.public}}</a>{{/URL}}</p>
{{/REVIEW}}
</div>
<div>
{{^CLOSED_AT}}
<div class="clock{{#LATE}} late{{/LATE}}">
<p class="soft">{{#LATE}}{{t:case.late}}{{/LATE}}{{^LATE}}{{t:case.left}}{{/LATE}}</p>
<p class="figure{{#LATE}} alarm{{/LATE}}">{{#LATE}}−{{/LATE}}{{duration:SECONDS_LEFT}}</p>
<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8"/><rect width="{{bar:SHARE_LEFT}}" height="8"/></svg>
<p class="soft small">{{t:case.due}} <time datetime="{{iso:DUE_AT}}">{{datetime:DUE_AT}}</time></p>
</div>
{{/CLOSED_AT}}
{{#CLOSED_AT}}
<p><b>{{t:case.closed}}</b> <time datetime="{{iso:CLOSED_AT}}">{{datetime:CLOSED_AT}}</time></p>
{{/CLOSED_AT}}
<h2 class="where">{{CUSTOMER.NAME}}</h2>
{{#CONTACT_ME}}
<p>{{t:case.asked}}</p>
{{/CONTACT_ME}}
{{#CUSTOMER.PHONE}}
<p class="where"><a class="button" href="tel:{{dial:CUSTOMER.PHONE}}">{{t:case.call phone=CUSTOMER.PHONE}}</a></p>
{{/CUSTOMER.PHONE}}
{{^CUSTOMER.PHONE}}
<p class="where soft">{{t:case.no_phone}}</p>
{{/CUSTOMER.PHONE}}
</div>
</div>
<div class="case rule">
<section aria-labelledby="call">
<h2 id="call">{{t:case.note}}</h2>
<form method="post" action="{{ACTION_URL}}">
<fieldset class="field">
<legend>{{t:case.outcome}}</legend>
{{>field_error name=outcome}}
{{>choice name=outcome value=reached id=outcome of=VALUES.outcome text=outcome.reached}}
{{>choice name=outcome value=not_reached id=outcome-2 of=VALUES.outcome text=outcome.not_reached}}
{{>choice name=outcome value=call_back id=outcome-3 of=VALUES.outcome text=outcome.call_back}}
</fieldset>
<div class="field">
<label for="note">{{t:case.note_text}}</label>
<p class="hint">{{t:case.note_hint}}</p>
{{>field_error name=note}}
<textarea class="house" name="note" id="note" rows="3">{{lines:VALUES.note}}</textarea>
</div>
<p class="field"><button>{{t:case.note_send}}</button></p>
</form>
</section>
<section aria-labelledby="history">
<h2 id="history">{{t:case.history}}</h2>
<ol class="rows">
{{#CALLS}}
<li><span><b>{{t:outcome.@OUTCOME}}</b> <span class="soft"><time datetime="{{iso:AT}}">{{datetime:AT}}</time></span></span>{{?BY}}<span class="soft">{{BY}}</span>{{/BY}}{{?NOTE}}<span>{{lines:NOTE}}</span>{{/NOTE}}</li>
{{/CALLS}}
{{^CALLS}}
<li class="soft">{{t:case.no_calls}}</li>
{{/CALLS}}
</ol>
</section>
</div>
<section class="rule" aria-labelledby="reply-heading">
<h2 id="reply-heading">{{t:case.reply}}</h2>
{{#REPLY}}
<div class="reply">
<p>{{lines:BODY}}</p>
<p class="soft small">{{t:case.reply.@STATE}}</p>
</div>
{{/REPLY}}
{{#MAY_REPLY}}
<form method="post" action="{{ACTION_URL}}">
<div class="field">
<label for="reply">{{t:case.reply_text}}</label>
<p class="hint" id="reply-hint">{{t:case.reply_hint}}</p>
{{>field_error name=reply}}
<textarea class="house" name="reply" id="reply" rows="5" aria-describedby="reply-hint{{#ERROR.reply}} reply-error{{/ERROR.reply}}"{{#ERROR.reply}} aria-invalid="true"{{/ERROR.reply}}>{{lines:VALUES.reply}}</textarea>
</div>
<p class="field"><button>{{t:case.reply_send}}</button></p>
</form>
{{/MAY_REPLY}}
</section>
{{#MAY_REPORT}}
<section class="rule" aria-labelledby="report-heading">
<h2 id="report-heading">{{t:case.report}}</h2>
<p class="hint">{{t:case.report_hint}}</p>
{{?REPORTED_AT}}
<p>{{t:case.reported date=datetime:REPORTED_AT}}</p>
{{/REPORTED_AT}}
<form method="post" action="{{ACTION_URL}}">
<div class="field">
<label for="report_reason">{{t:case.report_reason}}</label>
{{>field_error name=report_reason}}
<select name="report_reason" id="report_reason"{{#ERROR.report_reason}} aria-invalid="true"{{/ERROR.report_reason}}>
<option value="">–</option>
{{#REASONS}}
<option value="{{CODE}}"{{#SELECTED}} selected{{/SELECTED}}>{{t:reason.@CODE}}</option>
{{/REASONS}}
</select>
</div>
<div class="field">
<label for="report">{{t:case.report_explanation}}</label>
{{>field_error name=report}}
<textarea class="house" name="report" id="report" rows="4"{{#ERROR.report}} aria-invalid="true"{{/ERROR.report}}>{{lines:VALUES.report}}</textarea>
</div>
<p class="field"><button class="quiet">{{t:case.report_send}}</button></p>
</form>
</section>
{{/MAY_REPORT}}
{{^CLOSED_AT}}
<section class="rule" aria-labelledby="close">
<h2 id="close">{{t:case.close}}</h2>
<p class="hint">{{t:case.close_hint}}</p>
<form method="post" action="{{ACTION_URL}}"><button class="quiet" name="close" value="yes">{{t:case.close_send}}</button></form>
</section>
{{/CLOSED_AT}}
{{>bottom}}
