{{>head}}
<title>{{t:thanks.title}}</title>
{{>top}}
<h1>{{t:thanks.title}}</h1>
{{#CONFIRM}}
<p class="lead notice" role="status">{{t:thanks.confirm}}</p>
{{/CONFIRM}}
{{#REVIEW_URL}}
<p class="lead">{{t:thanks.published}} <a href="{{REVIEW_URL}}">{{t:thanks.read}}</a></p>
{{/REVIEW_URL}}
{{^REVIEW_URL}}
<p class="lead">{{t:thanks.pending date=datetime:DECIDE_BY}}</p>
{{/REVIEW_URL}}
{{#CONTACT_ME}}
<p class="lead">{{t:thanks.call site=SITE.NAME}}</p>
{{/CONTACT_ME}}
<p class="lead"><a href="{{ME_URL}}">{{t:thanks.me}}</a></p>
<section class="rule" aria-labelledby="receipt">
<h2 id="receipt">{{t:receipt.heading}}</h2>
<p class="prose soft">{{t:receipt.why}}</p>
{{>receipt}}
</section>
{{#PRODUCT_RECEIPT}}
<section class="rule" aria-labelledby="receipt-product">
<h2 id="receipt-product">{{t:receipt.product product=PRODUCT}}</h2>
{{>receipt}}
</section>
{{/PRODUCT_RECEIPT}}
{{>bottom}}
