{{#PAGES}}
<nav class="pages" aria-label="{{t:pages.label}}">
{{#PREVIOUS_URL}}
<a href="{{PREVIOUS_URL}}" rel="prev">{{t:pages.previous}}</a>
{{/PREVIOUS_URL}}
{{#NUMBERS}}
{{#URL}}
<a href="{{URL}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}><span class="hidden">{{t:pages.page}} </span>{{NUMBER}}</a>
{{/URL}}
{{#GAP}}
<span aria-hidden="true">…</span>
{{/GAP}}
{{/NUMBERS}}
{{#NEXT_URL}}
<a href="{{NEXT_URL}}" rel="next">{{t:pages.next}}</a>
{{/NEXT_URL}}
</nav>
{{/PAGES}}
