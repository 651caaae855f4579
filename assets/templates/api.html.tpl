{{>head}}
<link rel="stylesheet" href="{{asset:api.css}}">
<title>{{t:api.title}}</title>
<meta name="description" content="{{t:api.lead}}">
{{>top}}
<div class="reference">
<nav class="contents" aria-label="{{t:api.contents}}">
<ul>
{{#GROUPS}}
<li><a href="#in-{{WORD}}">{{WORD}}</a></li>
{{/GROUPS}}
<li><a href="#schemas">{{t:api.schemas}}</a></li>
</ul>
</nav>
<div class="operations">
<h1>{{t:api.title}}</h1>
<p class="lead soft">{{t:api.lead}}</p>
<p>{{ABOUT}}</p>
<ul class="dots">
<li><a href="{{DESCRIPTION_URL}}">{{t:api.description}}</a></li>
<li>{{t:api.keys}}</li>
<li>{{t:api.refusals}}</li>
<li>{{t:api.paging}}</li>
<li>{{t:api.writes}}</li>
</ul>
{{#GROUPS}}
<section aria-labelledby="in-{{WORD}}">
<h2 id="in-{{WORD}}" class="rule">{{WORD}}</h2>
{{#OPERATIONS}}
<article id="{{ID}}">
<h3><a href="#{{ID}}"><b>{{METHOD}}</b> <code>{{PATH}}</code></a></h3>
<p>{{SUMMARY}}{{#NOTE}} {{NOTE}}{{/NOTE}}</p>
<p class="small soft">{{#PUBLIC}}{{t:api.public}}{{/PUBLIC}}{{#SIGNED_IN}}{{t:api.signed_in}}{{/SIGNED_IN}}{{#PERMISSION}}{{t:api.permission}} <code>{{PERMISSION}}</code>{{/PERMISSION}}</p>
{{?PARAMETERS}}
<h4>{{t:api.parameters}}</h4>
{{>api_fields list=PARAMETERS}}
{{/PARAMETERS}}
{{#BODY}}
<h4>{{t:api.body}}</h4>
<p>{{>api_content}}</p>
{{?FIELDS}}
{{>api_fields list=FIELDS}}
{{/FIELDS}}
{{#EXAMPLE}}
<pre tabindex="0"><code>{{lines:EXAMPLE}}</code></pre>
{{/EXAMPLE}}
{{/BODY}}
<h4>{{t:api.answers}}</h4>
{{#ANSWERS}}
<p><b>{{STATUS}}</b> {{#TEXT}}{{TEXT}} {{/TEXT}}{{#MEDIA}}{{>api_content}}{{/MEDIA}}</p>
{{?FIELDS}}
{{>api_fields list=FIELDS}}
{{/FIELDS}}
{{#EXAMPLE}}
<pre tabindex="0"><code>{{lines:EXAMPLE}}</code></pre>
{{/EXAMPLE}}
{{/ANSWERS}}
{{#REFUSALS}}
<p><b>{{REFUSALS}}</b> <a href="#schema-Problem">Problem</a> <span class="soft">application/problem+json</span></p>
{{/REFUSALS}}
</article>
{{/OPERATIONS}}
</section>
{{/GROUPS}}
<section aria-labelledby="schemas">
<h2 id="schemas" class="rule">{{t:api.schemas}}</h2>
{{#SCHEMAS}}
<article id="schema-{{NAME}}">
<h3><a href="#schema-{{NAME}}"><code>{{NAME}}</code></a></h3>
{{#TEXT}}<p>{{TEXT}}</p>{{/TEXT}}
{{#TYPE}}<p>{{TYPE}}</p>{{/TYPE}}
{{?FIELDS}}
{{>api_fields list=FIELDS}}
{{/FIELDS}}
{{#EXAMPLE}}
<pre tabindex="0"><code>{{lines:EXAMPLE}}</code></pre>
{{/EXAMPLE}}
</article>
{{/SCHEMAS}}
</section>
</div>
</div>
{{>bottom}}
