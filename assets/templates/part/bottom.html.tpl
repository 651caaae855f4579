</main>
<footer class="foot"><div class="page">
<p>{{t:frame.promise}} <a href="{{RULES_URL}}">{{t:frame.how}}</a></p>
<p>{{t:frame.operator brand=BRAND operator=OPERATOR}} <a href="{{TRANSPARENCY_URL}}">{{t:frame.figures}}</a> · <a href="{{PRIVACY_URL}}">{{t:frame.privacy}}</a>{{?ACCESSIBILITY_URL}} · <a href="{{ACCESSIBILITY_URL}}">{{t:frame.accessibility}}</a>{{/ACCESSIBILITY_URL}}{{#CHECK_URL}} · <a href="{{CHECK_URL}}">{{t:frame.check}}</a>{{/CHECK_URL}}</p>
{{#MARK}}
<p class="mark">{{t:mark.line issuer=ISSUER name=NAME number=NUMBER until=date:UNTIL}} <a href="{{MARK_URL}}">{{t:mark.link}}</a></p>
{{/MARK}}
{{?LANGUAGES}}
<nav class="languages" aria-label="{{t:frame.languages}}">
{{#LANGUAGES}}
<a href="{{URL}}" lang="{{TAG}}" hreflang="{{TAG}}"{{#CURRENT}} aria-current="true"{{/CURRENT}}>{{NAME}}</a>
{{/LANGUAGES}}
</nav>
{{/LANGUAGES}}
</div></footer>
</body>
</html>
