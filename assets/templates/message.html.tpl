{{>head}}
<title>{{t:message.title.@KIND}}</title>
{{>top}}
{{#STATUS}}
<p class="status" aria-hidden="true">{{STATUS}}</p>
{{/STATUS}}
<h1>{{t:message.title.@KIND}}</h1>
<p class="lead">{{t:message.body.@KIND}}</p>
{{#DETAIL}}
<p class="soft">{{DETAIL}}</p>
{{/DETAIL}}
{{#LINK_URL}}
<p class="where"><a class="button" href="{{LINK_URL}}">{{t:message.link.@LINK_KIND}}</a></p>
{{/LINK_URL}}
<p class="where"><a href="{{HOME_URL}}">{{t:message.home}}</a></p>
{{>bottom}}
