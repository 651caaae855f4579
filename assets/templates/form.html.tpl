{{>head}}
<title>{{?ERRORS}}{{t:form.error_title}} {{/ERRORS}}{{t:form.title.@SERVICE site=SITE.NAME}}</title>
{{>top}}
<h1>{{t:form.title.@SERVICE site=SITE.NAME}}</h1>
{{#PERSONAL}}
<p class="soft">{{t:service.@SERVICE}}, <time datetime="{{EXPERIENCE_ON}}">{{date:EXPERIENCE_ON}}</time>{{?PRODUCT_NAME}}, {{PRODUCT_NAME}}{{/PRODUCT_NAME}}. {{t:form.personal}}</p>
{{?INCENTIVE}}
<p class="notice">{{t:incentive.promise reward=INCENTIVE}}</p>
{{/INCENTIVE}}
{{/PERSONAL}}
{{^PERSONAL}}
<p class="soft lead">{{t:form.spontaneous site=SITE.NAME}}</p>
{{/PERSONAL}}
{{>errors}}
<form method="post" action="{{ACTION_URL}}" novalidate>
{{#CSRF}}
<input type="hidden" name="csrf" value="{{CSRF}}">
{{/CSRF}}
{{^PERSONAL}}
<div class="rule">
<h2>{{t:form.proof_heading}}</h2>
<p class="hint">{{t:form.proof_hint}}</p>
<fieldset class="field">
<legend>{{t:form.service}}</legend>
{{>field_error name=service}}
{{#SERVICES}}
<label class="choice"><input type="radio" name="service" value="{{VALUE}}"{{#FIRST}} id="service"{{/FIRST}}{{#SELECTED}} checked{{/SELECTED}}> <span>{{t:service.@VALUE}}</span></label>
{{/SERVICES}}
</fieldset>
{{>text_field name=experience_on type=date auto=off text=form.experience_on}}
{{>text_field name=first_name type=text auto=given-name text=form.first_name}}
{{>text_field name=last_name type=text auto=family-name text=form.last_name}}
{{>text_field name=email type=email auto=email text=form.email}}
{{>text_field name=phone type=tel auto=tel text=form.phone}}
{{>text_field name=proof type=text auto=off text=form.proof}}
</div>
<div class="rule"><h2>{{t:form.review_heading}}</h2></div>
{{/PERSONAL}}

<fieldset class="field" aria-describedby="rating-hint{{#ERROR.rating}} rating-error{{/ERROR.rating}}">
<legend>{{t:form.rating}}</legend>
<p class="hint" id="rating-hint">{{t:form.stars_hint}}</p>
{{>field_error name=rating}}
<div class="pick">
{{>five_stars name=rating value=VALUES.rating error=ERROR.rating}}
</div>
</fieldset>

<div class="field">
<label for="body">{{t:form.body}}</label>
<p class="hint" id="body-hint">{{t:form.body_hint max=BODY_MAX}}</p>
{{>field_error name=body}}
<textarea name="body" id="body" rows="7" maxlength="{{BODY_MAX}}" aria-describedby="body-hint{{#ERROR.body}} body-error{{/ERROR.body}}"{{#ERROR.body}} aria-invalid="true"{{/ERROR.body}}>{{lines:VALUES.body}}</textarea>
</div>

<div class="field">
<label for="title">{{t:form.review_title}}</label>
<p class="hint">{{t:form.optional}}</p>
{{>field_error name=title}}
<input type="text" name="title" id="title" maxlength="120" value="{{VALUES.title}}">
</div>

{{#CRITERIA}}
<fieldset class="field"{{?PROBLEM}} aria-describedby="rating_{{CODE}}-error"{{/PROBLEM}}>
<legend>{{#LABEL}}{{LABEL}}{{/LABEL}}{{^LABEL}}{{t:criterion.@CODE}}{{/LABEL}}</legend>
{{?PROBLEM}}
<p class="error" id="rating_{{CODE}}-error">{{t:problem.@PROBLEM}}</p>
{{/PROBLEM}}
<div class="pick">
{{>criterion_star n=1 suffix=}}
{{>criterion_star n=2 suffix=-2}}
{{>criterion_star n=3 suffix=-3}}
{{>criterion_star n=4 suffix=-4}}
{{>criterion_star n=5 suffix=-5}}
<label class="choice"><input type="radio" name="rating_{{CODE}}" value=""{{^VALUE}} checked{{/VALUE}}> <span>{{t:form.no_opinion}}</span></label>
</div>
</fieldset>
{{/CRITERIA}}

{{#ASKS_RECOMMEND}}
<fieldset class="field">
<legend>{{t:form.recommend site=SITE.NAME}}</legend>
<p class="hint" id="recommend-hint">{{t:form.recommend_hint}}</p>
{{>field_error name=recommend}}
<div class="scale" aria-describedby="recommend-hint">
{{>point n=0 suffix=}}
{{>point n=1 suffix=-1}}
{{>point n=2 suffix=-2}}
{{>point n=3 suffix=-3}}
{{>point n=4 suffix=-4}}
{{>point n=5 suffix=-5}}
{{>point n=6 suffix=-6}}
{{>point n=7 suffix=-7}}
{{>point n=8 suffix=-8}}
{{>point n=9 suffix=-9}}
{{>point n=10 suffix=-10}}
</div>
</fieldset>
{{/ASKS_RECOMMEND}}

{{#PRODUCT}}
<div class="rule">
<h2>{{t:form.product product=NAME}}</h2>
<p class="hint">{{t:form.product_hint}}</p>
<fieldset class="field">
<legend>{{t:form.product_rating}}</legend>
{{>field_error name=product_rating}}
<div class="pick">
{{>five_stars name=product_rating value=VALUES.product_rating error=ERROR.product_rating}}
<label class="choice"><input type="radio" name="product_rating" value=""{{^VALUES.product_rating}} checked{{/VALUES.product_rating}}> <span>{{t:form.no_opinion}}</span></label>
</div>
</fieldset>
<div class="field">
<label for="product_body">{{t:form.product_body}}</label>
{{>field_error name=product_body}}
<textarea name="product_body" id="product_body" rows="4" maxlength="{{BODY_MAX}}"{{#ERROR.product_body}} aria-invalid="true" aria-describedby="product_body-error"{{/ERROR.product_body}}>{{lines:VALUES.product_body}}</textarea>
</div>
</div>
{{/PRODUCT}}

<div class="rule">
<fieldset class="field">
<legend>{{t:form.signature}}</legend>
{{#SIGNATURE_NAME}}
<label class="choice"><input type="radio" name="signature" value="name" id="signature"{{^VALUES.signature=anonymous}} checked{{/VALUES.signature=anonymous}}> <span>{{SIGNATURE_NAME}}</span></label>
{{/SIGNATURE_NAME}}
{{^SIGNATURE_NAME}}
<label class="choice"><input type="radio" name="signature" value="name" id="signature"{{^VALUES.signature=anonymous}} checked{{/VALUES.signature=anonymous}}> <span>{{t:form.signature_name}}</span></label>
{{/SIGNATURE_NAME}}
<label class="choice"><input type="radio" name="signature" value="anonymous"{{#VALUES.signature=anonymous}} checked{{/VALUES.signature=anonymous}}> <span>{{t:review.anonymous}}</span></label>
</fieldset>
<div class="field">
<span class="label">{{t:form.contact_label}}</span>
<label class="choice"><input type="checkbox" name="contact_me" value="yes"{{#VALUES.contact_me}} checked{{/VALUES.contact_me}}> <span>{{t:form.contact_me}}</span></label>
</div>
<div class="field">
<span class="label">{{t:form.declaration_label}}</span>
{{>field_error name=declaration}}
<label class="choice"><input type="checkbox" name="declaration" id="declaration" value="{{TERMS_VERSION}}"{{#VALUES.declaration}} checked{{/VALUES.declaration}}{{#ERROR.declaration}} aria-invalid="true" aria-describedby="declaration-error"{{/ERROR.declaration}} required> <span>{{#DECLARATION}}{{DECLARATION}}{{/DECLARATION}}{{^DECLARATION}}{{t:form.declaration}}{{/DECLARATION}}</span></label>
<p class="hint"><a href="{{RULES_URL}}">{{t:form.terms version=TERMS_VERSION}}</a></p>
</div>
<p class="field small soft">{{t:form.before days=DECIDE_DAYS}}</p>
<p class="field"><button class="big">{{t:form.send}}</button></p>
</div>
</form>
{{>bottom}}
