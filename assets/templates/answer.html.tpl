{{>head}}
<title>{{t:answer.title}}</title>
{{>top}}
<p class="soft">{{SUBJECT}}</p>
<h1>{{t:answer.title}}</h1>
{{#DONE}}
<p class="lead notice" role="status">{{t:answer.done}}</p>
{{/DONE}}
{{>errors}}
{{#REVIEW}}
{{?RATING}}
{{>stars of=RATING}}
{{/RATING}}
{{?TITLE}}
<p class="voice" lang="{{LANG}}"><b>{{TITLE}}</b></p>
{{/TITLE}}
<blockquote class="voice" lang="{{LANG}}">{{lines:BODY}}</blockquote>
<p class="byline">{{t:service.@SERVICE}}, <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time></p>
<p class="links"><a href="{{URL}}">{{t:me.public}}</a></p>
{{/REVIEW}}
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
<p class="hint" id="reply-hint">{{t:answer.hint}}</p>
{{>field_error name=reply}}
<textarea class="house" name="reply" id="reply" rows="6" aria-describedby="reply-hint{{#ERROR.reply}} reply-error{{/ERROR.reply}}"{{#ERROR.reply}} aria-invalid="true"{{/ERROR.reply}}>{{lines:VALUES.reply}}</textarea>
</div>
<p class="field"><button>{{t:case.reply_send}}</button></p>
</form>
{{/MAY_REPLY}}
</section>
{{>bottom}}
