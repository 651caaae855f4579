{{>head}}
<title>{{t:privacy.title}}</title>
<meta name="description" content="{{t:privacy.lead brand=BRAND}}">
{{>top}}
<div class="prose">
<h1>{{t:privacy.title}}</h1>
<p class="lead soft">{{t:privacy.lead brand=BRAND}}</p>
<p class="small soft">{{t:privacy.version version=NOTICE_VERSION}}</p>

<h2 id="who">{{t:privacy.who}}</h2>
<p>{{t:privacy.who.body operator=OPERATOR}}</p>
<p>{{t:privacy.who.contact}} {{PRIVACY_CONTACT}}</p>

<h2 id="source">{{t:privacy.source}}</h2>
<p>{{t:privacy.source.body}}</p>

<h2 id="what">{{t:privacy.what}}</h2>
<p>{{t:privacy.what.body}}</p>

<h2 id="why">{{t:privacy.why}}</h2>
<ul>
<li>{{t:privacy.why.ask}}</li>
<li>{{t:privacy.why.publish}}</li>
<li>{{t:privacy.why.call}}</li>
<li>{{t:privacy.why.fraud}}</li>
</ul>

<h2 id="who-reads">{{t:privacy.who_reads}}</h2>
<p>{{t:privacy.who_reads.body}}</p>

<h2 id="long">{{t:privacy.long}}</h2>
<ul>
{{#KEEP}}
<li data-keep="{{CODE}}">{{t:privacy.long.@CODE months=MONTHS}}</li>
{{/KEEP}}
</ul>

<h2 id="rights">{{t:privacy.rights}}</h2>
<p>{{t:privacy.rights.body}}</p>
<p>{{t:privacy.log}}</p>
<p>{{?AUTHORITY}}{{t:privacy.authority.named authority=AUTHORITY}}{{/AUTHORITY}}{{^AUTHORITY}}{{t:privacy.authority}}{{/AUTHORITY}}</p>
</div>
{{>bottom}}
