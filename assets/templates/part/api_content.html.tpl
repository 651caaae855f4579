{{#LINK}}<a href="#schema-{{LINK}}">{{TYPE}}</a>{{/LINK}}{{^LINK}}{{TYPE}}{{/LINK}} <span class="soft">{{MEDIA}}</span>
