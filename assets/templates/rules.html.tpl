{{>head}}
<title>{{t:rules.title}}</title>
<meta name="description" content="{{t:frame.promise}}">
{{>top}}
<div class="prose">
<h1>{{t:rules.title}}</h1>
<p class="lead soft" data-norm="NOT-5">{{t:rules.lead brand=BRAND operator=OPERATOR}}</p>
<p class="small soft">{{t:rules.version version=POLICY_VERSION}} <time datetime="{{iso:POLICY_SINCE}}">{{date:POLICY_SINCE}}</time></p>

<h2 id="who">{{t:rules.who}}</h2>
<p>{{t:rules.who.body brand=BRAND}}</p>
<ul data-norm="NOT-3">
<li>{{t:rules.who.invited}}</li>
<li>{{t:rules.who.spontaneous}}</li>
<li>{{t:rules.who.gathered}}</li>
<li>{{t:rules.who.unverified}}</li>
</ul>
<p>{{t:rules.delays}}</p>
<ul>
{{#INVITATION_DELAYS}}
<li>{{t:rules.delay kind=KIND days=DAYS}}</li>
{{/INVITATION_DELAYS}}
</ul>

<h2 id="paid">{{t:rules.paid}}</h2>
<p data-norm="NOT-2a">{{#REWARDED}}{{t:rules.paid.some count=REWARDED}}{{/REWARDED}}{{^REWARDED}}{{t:rules.paid.body}}{{/REWARDED}}</p>

<h2 id="checks">{{t:rules.checks}}</h2>
<ul data-norm="NOT-2d">
<li>{{t:rules.checks.collection}}</li>
<li>{{t:rules.checks.moderation}}</li>
<li>{{t:rules.checks.human}}</li>
<li>{{t:rules.checks.publication}}</li>
</ul>

<h2 id="time">{{t:rules.time}}</h2>
<p data-norm="NOT-2b">{{t:rules.time.publish days=DECIDE_DAYS}}{{?OVERDUE}} {{t:rules.time.overdue.@OVERDUE}}{{/OVERDUE}}</p>
<p data-norm="NOT-2b PUB-8">{{t:rules.time.online months=ONLINE_MONTHS}}</p>
<div data-norm="NOT-2c">
<p>{{t:rules.time.keep months=ONLINE_MONTHS}} {{t:rules.keep}}</p>
<ul>
{{#KEPT}}
<li>{{t:rules.keep.@WHAT months=COUNT}}</li>
{{/KEPT}}
</ul>
</div>

<h2 id="contact">{{t:rules.contact}}</h2>
<p data-norm="NOT-2e">{{t:rules.contact.body}}</p>

<h2 id="change">{{t:rules.change}}</h2>
<p data-norm="NOT-2f">{{t:rules.change.body}}</p>

<h2 id="reasons">{{t:rules.reasons}}</h2>
<p>{{t:rules.reasons.body}}{{?SECOND_OPINION}} {{t:rules.second_opinion.@SECOND_OPINION}}{{/SECOND_OPINION}}</p>
<ul data-norm="NOT-2g">
{{#REASONS}}
<li><b>{{t:reason.@CODE}}</b>. {{t:reason.why.@CODE}}</li>
{{/REASONS}}
</ul>
<p>{{t:rules.reasons.appeal}}</p>

<h2 id="score">{{t:rules.score}}</h2>
<p data-norm="NOT-2h PUB-3">{{t:rules.score.body months=SCORE_MONTHS}}</p>
<p data-norm="PUB-2">{{t:rules.score.order}}</p>

<h2 id="log">{{t:rules.log}}</h2>
<p>{{t:rules.log.body}} <a href="{{TRANSPARENCY_URL}}">{{t:frame.figures}}</a> · <a href="{{CHECK_URL}}">{{t:frame.check}}</a></p>
<p><code>{{LOG_URL}}</code><br><code>{{LOG_KEY}}</code></p>
</div>
{{>bottom}}
