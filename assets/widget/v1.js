// <verbatim-reviews src="https://…/w/sites/CODE.json" lang="fr"><a href="…">fallback</a></verbatim-reviews>
// Text only through textContent, style only through adoptedStyleSheets: runs under a strict CSP and Trusted Types.
(() => {
  const css = `:host{display:block;container-type:inline-size;min-height:19rem;font-family:var(--verbatim-font,inherit);color:var(--verbatim-ink,inherit)}
p,ol,blockquote{margin:0;padding:0}
.h{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem;border-bottom:1px solid;padding-bottom:.9rem}
.n{font-size:2.5rem;font-weight:700;line-height:1}
ol{list-style:none;display:grid;gap:1.25rem 2rem;margin:1rem 0}
@container(min-width:44rem){ol{grid-template-columns:repeat(3,1fr)}}
blockquote{font:1.125rem/1.5 var(--verbatim-voice,Georgia,serif);margin:.25rem 0;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:6;overflow:hidden}
small{display:block;opacity:.8;white-space:pre-line}a{color:inherit;text-underline-offset:.2em}svg{display:block;width:6rem;height:1.2rem;fill:currentColor}.o{opacity:.2}`;
  const NS = 'http://www.w3.org/2000/svg';
  const star = 'M10 1.8 12.3 7.4 18.4 7.9 13.7 11.8 15.2 17.7 10 14.5 4.8 17.7 6.3 11.8 1.6 7.9 7.7 7.4z';
  const make = (parent, name, text, set = {}) => {
    const node = parent.appendChild(document.createElement(name));
    if (text) node.textContent = text;
    for (const key in set) node.setAttribute(key, set[key]);
    return node;
  };
  const draw = (parent, name, set) => {
    const node = parent.appendChild(document.createElementNS(NS, name));
    for (const key in set) node.setAttribute(key, set[key]);
    return node;
  };
  const stars = (parent, value, label) => {
    const svg = draw(parent, 'svg', { viewBox: '0 0 100 20', role: 'img', 'aria-label': label });
    for (const [part, kind] of [[100, 'o'], [value * 20, '']]) {
      const view = draw(svg, 'svg', { width: part, height: 20, class: kind });
      for (let i = 0; i < 5; i++) draw(view, 'path', { d: star, transform: `translate(${i * 20})` });
    }
  };
  class Reviews extends HTMLElement {
    connectedCallback() {
      if (this.root) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      this.root = this.shadowRoot || this.attachShadow({ mode: 'open' });
      this.root.adoptedStyleSheets = [sheet];
      if (!this.root.firstChild) make(this.root, 'slot');
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        this.load().catch(() => {});
      }, { rootMargin: '300px' });
      seen.observe(this);
    }
    async load() {
      const url = new URL(this.getAttribute('src'), document.baseURI);
      if (this.lang) url.searchParams.set('lang', this.lang);
      const answer = await fetch(url, { credentials: 'omit' });
      if (answer.ok) this.show(await answer.json());
    }
    show(data) {
      const box = document.createElement('section');
      box.setAttribute('aria-label', data.strings.label);
      box.lang = data.lang;
      const head = make(box, 'div', '', { class: 'h' });
      if (data.count) {
        make(head, 'span', data.strings.average, { class: 'n' });
        stars(head, data.average, data.strings.stars);
      }
      make(head, 'span', data.strings.count);
      const list = make(box, 'ol');
      for (const review of data.reviews) {
        const item = make(list, 'li');
        if (review.rating) stars(item, review.rating, review.stars);
        make(item, 'blockquote', review.body, { lang: review.lang });
        make(item, 'small', review.byline);
      }
      make(box, 'small', data.strings.selection);
      make(box, 'a', data.strings.all, { href: data.url });
      box.append(' · ');
      make(box, 'a', data.strings.rules, { href: data.rules_url });
      this.root.replaceChildren(box);
    }
  }
  customElements.get('verbatim-reviews') || customElements.define('verbatim-reviews', Reviews);
})();
