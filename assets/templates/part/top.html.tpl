</head>
<body>
<a class="hidden" href="#main">{{t:frame.skip}}</a>
<svg class="defs" aria-hidden="true" focusable="false"><defs><clipPath id="five"><path d="M10 1.8L12.3 7.4L18.4 7.9L13.7 11.8L15.2 17.7L10 14.5L4.8 17.7L6.3 11.8L1.6 7.9L7.7 7.4zM30 1.8L32.3 7.4L38.4 7.9L33.7 11.8L35.2 17.7L30 14.5L24.8 17.7L26.3 11.8L21.6 7.9L27.7 7.4zM50 1.8L52.3 7.4L58.4 7.9L53.7 11.8L55.2 17.7L50 14.5L44.8 17.7L46.3 11.8L41.6 7.9L47.7 7.4zM70 1.8L72.3 7.4L78.4 7.9L73.7 11.8L75.2 17.7L70 14.5L64.8 17.7L66.3 11.8L61.6 7.9L67.7 7.4zM90 1.8L92.3 7.4L98.4 7.9L93.7 11.8L95.2 17.7L90 14.5L84.8 17.7L86.3 11.8L81.6 7.9L87.7 7.4z"/></clipPath></defs></svg>
<header class="masthead"><div class="page">
<a class="wordmark" href="{{HOME_URL}}">{{t:frame.wordmark}}</a> <span>{{BRAND}}</span>
<nav aria-label="{{t:frame.nav}}"><a href="{{HOME_URL}}">{{t:frame.find}}</a><a href="{{RULES_URL}}">{{t:frame.rules}}</a></nav>
</div></header>
<main id="main" class="page">
