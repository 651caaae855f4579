{{>head}}
<title>{{t:outbox.title}}</title>
{{>top}}
<h1>{{t:outbox.title}}</h1>
<p class="lead soft where">{{t:outbox.lead}}</p>
<section class="scroll" tabindex="0" aria-label="{{t:outbox.title}}">
<table class="figures">
<thead><tr><th scope="col">{{t:outbox.subject}}</th><th scope="col">{{t:outbox.to}}</th><th scope="col">{{t:outbox.at}}</th></tr></thead>
<tbody>
{{#MAILS}}
<tr><th scope="row"><a href="{{URL}}" lang="{{LANG}}">{{SUBJECT}}</a></th><td>{{TO}}</td><td><time datetime="{{iso:AT}}">{{datetime:AT}}</time></td></tr>
{{/MAILS}}
{{^MAILS}}
<tr><td colspan="3">{{t:outbox.empty}}</td></tr>
{{/MAILS}}
</tbody>
</table>
</section>
{{>pages}}
{{>bottom}}
