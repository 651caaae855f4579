{{>head}}
<title>{{t:accessibility.title}}</title>
<meta name="description" content="{{t:accessibility.lead brand=BRAND}}">
{{>top}}
<div class="prose">
<h1>{{t:accessibility.title}}</h1>
<p class="lead soft">{{t:accessibility.lead brand=BRAND}}</p>

<h2>{{t:accessibility.state}}</h2>
<p>{{t:accessibility.state.body}}</p>

<h2>{{t:accessibility.checked}}</h2>
<ul>
<li>{{t:accessibility.checked.automatic}}</li>
<li>{{t:accessibility.checked.keyboard}}</li>
<li>{{t:accessibility.checked.missing}}</li>
</ul>

<h2>{{t:accessibility.known}}</h2>
<ul>
<li>{{t:accessibility.known.words}}</li>
<li>{{t:accessibility.known.tables}}</li>
<li>{{t:accessibility.known.widget}}</li>
</ul>

<h2>{{t:accessibility.contact}}</h2>
<p>{{t:accessibility.contact.body operator=OPERATOR}} <a href="mailto:{{CONTACT_EMAIL}}">{{CONTACT_EMAIL}}</a></p>
<p>{{t:accessibility.complain}}</p>
<p class="small soft">{{t:accessibility.since}} <time datetime="{{iso:PREPARED}}">{{date:PREPARED}}</time></p>
</div>
{{>bottom}}
