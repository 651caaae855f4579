{{#REPLY}}
<div class="reply">
<h4>{{t:review.reply author=AUTHOR}}</h4>
<p{{#LANG}} lang="{{LANG}}"{{/LANG}}>{{lines:BODY}}</p>
<p class="soft small"><time datetime="{{iso:PUBLISHED_AT}}">{{date:PUBLISHED_AT}}</time></p>
</div>
{{/REPLY}}
