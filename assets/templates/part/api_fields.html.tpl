<dl class="fields">
{{#[[list]]}}
<div><dt><code>{{NAME}}</code>{{#REQUIRED}} <b>{{t:api.required}}</b>{{/REQUIRED}}{{#WHERE}} <span class="soft">{{t:api.in.@WHERE}}</span>{{/WHERE}}</dt>
<dd>{{#LINK}}<a href="#schema-{{LINK}}">{{TYPE}}</a>{{/LINK}}{{^LINK}}{{TYPE}}{{/LINK}}{{#LIMITS}}; {{LIMITS}}{{/LIMITS}}{{#TEXT}}<br><span class="soft">{{TEXT}}</span>{{/TEXT}}</dd></div>
{{/[[list]]}}
</dl>
