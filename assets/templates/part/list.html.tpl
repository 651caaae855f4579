<h2 class="hidden" id="reviews">{{t:list.heading}}</h2>
{{>filters}}
<ol class="reviews">
{{#REVIEWS}}
<li>
{{>review}}
</li>
{{/REVIEWS}}
</ol>
{{>pages}}
