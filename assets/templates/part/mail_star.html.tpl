<a class="star" href="{{LINK}}?n=[[n]]" style="color:#11191c;text-decoration:none;font:38px/1.2 Arial,sans-serif;padding:0 14px 0 0" aria-label="{{t:form.star.[[n]]}}">☆</a>
