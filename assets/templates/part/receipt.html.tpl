<dl class="pairs">
<dt>{{t:receipt.review}}</dt><dd><code>{{REVIEW}}</code></dd>
<dt>{{t:receipt.submitted}}</dt><dd><time datetime="{{iso:SUBMITTED_AT}}">{{datetime:SUBMITTED_AT}}</time></dd>
<dt>{{t:receipt.decide_by}}</dt><dd><time datetime="{{iso:DECIDE_BY}}">{{datetime:DECIDE_BY}}</time></dd>
<dt>{{t:receipt.commitment}}</dt><dd><code>{{COMMITMENT}}</code></dd>
{{#SALT}}
<dt>{{t:receipt.salt}}</dt><dd><code>{{SALT}}</code></dd>
{{/SALT}}
<dt>{{t:receipt.leaf}}</dt><dd><code>{{LEAF}}</code></dd>
<dt>{{t:receipt.place}}</dt><dd>{{?LOG_INDEX}}{{t:review.log_place place=number:LOG_INDEX}}{{/LOG_INDEX}}{{^LOG_INDEX}}{{t:receipt.soon}}{{/LOG_INDEX}}</dd>
{{#INCLUSION}}
<dt>{{t:receipt.signed}}</dt><dd>{{t:receipt.signed_at size=number:SIZE time=datetime:AT}}</dd>
{{#WITNESSES}}
<dt>{{t:receipt.witness}}</dt><dd><code>{{NAME}}</code> <time datetime="{{iso:AT}}">{{datetime:AT}}</time></dd>
{{/WITNESSES}}
{{/INCLUSION}}
</dl>
<p class="prose soft">{{t:receipt.promise}}</p>
<p class="links"><a href="{{RECEIPT_URL}}" download>{{t:receipt.download}}</a>{{#PROOF_URL}}<a href="{{PROOF_URL}}" download>{{t:receipt.proof}}</a>{{/PROOF_URL}}{{#PUBLIC_PROOF_URL}}<a href="{{PUBLIC_PROOF_URL}}" download>{{t:receipt.proof_public}}</a>{{/PUBLIC_PROOF_URL}}{{#BATCH_URL}}<a href="{{BATCH_URL}}" download>{{t:receipt.batch}}</a>{{/BATCH_URL}}<a href="{{CHECK_URL}}">{{t:receipt.check}}</a></p>
