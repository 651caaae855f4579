<label><input type="radio" name="recommend" value="[[n]]" id="recommend[[suffix]]"{{#VALUES.recommend=[[n]]}} checked{{/VALUES.recommend=[[n]]}}><span>[[n]]</span></label>
