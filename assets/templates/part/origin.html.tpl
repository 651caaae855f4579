{{#ORIGIN=invited}}
<p class="verified">
{{>seal_inline}}
{{t:review.origin.invited}}</p>
{{/ORIGIN=invited}}
{{#ORIGIN=spontaneous}}
<p class="verified">
{{>seal_inline}}
{{t:review.origin.spontaneous}}</p>
{{/ORIGIN=spontaneous}}
{{#ORIGIN=unverified}}
<p>{{t:review.origin.unverified}}</p>
{{/ORIGIN=unverified}}
{{#ORIGIN=gathered}}
<p>{{t:review.origin.gathered source=SOURCE}}</p>
{{/ORIGIN=gathered}}
{{?INCENTIVE}}
<p class="incentive">{{t:review.incentive reward=INCENTIVE}}</p>
{{/INCENTIVE}}
