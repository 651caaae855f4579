{{>head}}
<title>{{MAIL.SUBJECT}}</title>
{{>top}}
{{#MAIL}}
<p class="soft"><a href="{{OUTBOX_URL}}">{{t:outbox.title}}</a></p>
<h1 lang="{{LANG}}">{{SUBJECT}}</h1>
<dl class="pairs where">
<dt>{{t:outbox.from}}</dt><dd>{{FROM}}</dd>
<dt>{{t:outbox.to}}</dt><dd>{{TO}}</dd>
<dt>{{t:outbox.at}}</dt><dd><time datetime="{{iso:AT}}">{{datetime:AT}}</time></dd>
</dl>
{{#HTML_URL}}
<h2 class="rule">{{t:outbox.html}}</h2>
<iframe class="mail where" src="{{HTML_URL}}" title="{{SUBJECT}}" sandbox="allow-top-navigation-by-user-activation allow-popups"></iframe>
{{/HTML_URL}}
{{?LINKS}}
<h2 class="rule">{{t:outbox.links}}</h2>
<ul class="rows">
{{#LINKS}}
<li><a href="{{URL}}">{{URL}}</a></li>
{{/LINKS}}
</ul>
{{/LINKS}}
<h2 class="rule">{{t:outbox.text}}</h2>
<pre class="letter where" lang="{{LANG}}">{{lines:TEXT}}</pre>
{{/MAIL}}
{{>bottom}}
