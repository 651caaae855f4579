{{#REPLY}}
<div class="reply">
<h[[level]]>{{t:review.reply author=AUTHOR}}</h[[level]]>
<p{{#LANG}} lang="{{LANG}}"{{/LANG}}>{{lines:BODY}}</p>
<p class="soft small"><time datetime="{{iso:PUBLISHED_AT}}">{{date:PUBLISHED_AT}}</time></p>
</div>
{{/REPLY}}
