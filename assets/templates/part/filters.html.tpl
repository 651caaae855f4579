<form class="filters" method="get" action="{{FILTERS.ACTION}}">
<label>{{t:filter.sort}} <select name="sort">
{{#FILTERS.SORTS}}
<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{t:filter.sort.@VALUE}}</option>
{{/FILTERS.SORTS}}
</select></label>
<label>{{t:filter.rating}} <select name="rating">
<option value="">{{t:filter.all}}</option>
{{#FILTERS.RATINGS}}
<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{t:score.stars count=VALUE}}</option>
{{/FILTERS.RATINGS}}
</select></label>
{{?FILTERS.SERVICES}}
<label>{{t:filter.service}} <select name="service">
<option value="">{{t:filter.all}}</option>
{{#FILTERS.SERVICES}}
<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{t:service.@VALUE}}</option>
{{/FILTERS.SERVICES}}
</select></label>
{{/FILTERS.SERVICES}}
{{?FILTERS.LANGS}}
<label>{{t:filter.lang}} <select name="lang">
<option value="">{{t:filter.all}}</option>
{{#FILTERS.LANGS}}
<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{language:VALUE}}</option>
{{/FILTERS.LANGS}}
</select></label>
{{/FILTERS.LANGS}}
<button>{{t:filter.apply}}</button>
<p role="status">{{#LIST.COUNT}}{{t:list.range count=LIST.COUNT first=LIST.FIRST last=LIST.LAST}}{{/LIST.COUNT}}{{^LIST.COUNT}}{{t:list.none}}{{/LIST.COUNT}}</p>
</form>
<p class="order">{{t:list.order.@FILTERS.SORT}} {{t:list.checked}} <a href="{{RULES_URL}}">{{t:frame.how}}</a>{{#FILTERS.RESET_URL}} · <a href="{{FILTERS.RESET_URL}}">{{t:filter.reset}}</a>{{/FILTERS.RESET_URL}}</p>
