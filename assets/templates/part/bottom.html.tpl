</main>
<footer class="foot"><div class="page">
<p>{{t:frame.promise}} <a href="{{RULES_URL}}">{{t:frame.how}}</a></p>
<p>{{t:frame.operator brand=BRAND operator=OPERATOR}} <a href="{{TRANSPARENCY_URL}}">{{t:frame.figures}}</a></p>
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
