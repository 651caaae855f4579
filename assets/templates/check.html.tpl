{{>head}}
<title>{{t:check.title}}</title>
<meta name="description" content="{{t:check.lead}}">
{{>top}}
<div class="prose">
<h1>{{t:check.title}}</h1>
<p class="lead">{{t:check.lead}}</p>
<p>{{t:check.how}}</p>
</div>
<p class="notice" id="check-cannot" hidden>{{t:check.cannot}}</p>
<form id="check-form" hidden>
<div class="field">
<label for="files">{{t:check.files}}</label>
<p class="hint" id="files-hint">{{t:check.files.hint}}</p>
<input type="file" name="files" id="files" multiple accept=".json,.tlog-proof,application/json,text/plain" aria-describedby="files-hint">
</div>
<div class="field">
<label for="paste">{{t:check.paste}}</label>
<textarea class="house" name="paste" id="paste" rows="4" spellcheck="false"></textarea>
</div>
<div class="field">
<label for="key">{{t:check.key}}</label>
<p class="hint" id="key-hint">{{t:check.key.hint}}</p>
<input type="text" name="key" id="key" value="{{LOG_KEY}}" spellcheck="false" autocomplete="off" aria-describedby="key-hint">
</div>
<p class="field"><button>{{t:check.run}}</button></p>
</form>
<div class="prose">
<p id="check-end" role="status"></p>
<ol id="check-steps" class="checks"></ol>
</div>
<section class="rule prose" aria-labelledby="by-hand">
<h2 id="by-hand">{{t:check.by_hand}}</h2>
<p>{{t:check.by_hand.body}}</p>
<pre tabindex="0" aria-labelledby="by-hand"><code>verbatim-verify proof review.tlog-proof --receipt receipt.json --key {{LOG_KEY}}</code></pre>
<p class="links"><a href="/log/policy">{{t:check.policy}}</a> <a href="/log/checkpoint">{{t:log.checkpoint}}</a></p>
</section>
<ul id="check-texts" hidden>
{{#TEXTS}}
<li data-key="{{KEY}}">{{t:check.said.@KEY}}</li>
{{/TEXTS}}
</ul>
<script src="{{asset:check.js}}" defer></script>
{{>bottom}}
