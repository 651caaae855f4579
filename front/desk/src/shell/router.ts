// Addresses: /office/<screen>/<rest>?<query>. Links are plain links; a click on one stays in the page.
import { computed, signal } from '@preact/signals';

const here = signal({ path: location.pathname, query: location.search });
export const base = '/office/';

/** ["moderation", "r-123"] */
export const place = computed(() => here.value.path.replace(/^\/office\/?/, '').split('/').filter(Boolean).map(decodeURIComponent));
export const query = computed(() => new URLSearchParams(here.value.query));

let leaving: (() => boolean) | undefined;
/** While something typed is not sent: answer false to stay. */
export const guard = (ask: (() => boolean) | undefined) => { leaving = ask; };

export function go(to: string, replace = false): void {
  if (leaving && !leaving()) return;
  leaving = undefined;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  here.value = { path: location.pathname, query: location.search };
}

/** Changes the query alone; undefined takes a name away. Filters have addresses of their own. */
export function ask(change: Record<string, string | undefined>, replace = true): void {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  go(location.pathname + (text ? `?${text}` : ''), replace);
}

export const to = (...parts: (string | number)[]) => base + parts.map((one) => encodeURIComponent(String(one))).join('/');

export function follow(): void {
  addEventListener('popstate', () => { here.value = { path: location.pathname, query: location.search }; });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download') || link.origin !== location.origin || !link.pathname.startsWith(base) || link.pathname.startsWith('/office/oidc/')) return;
    if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
  addEventListener('beforeunload', (event) => { if (leaving && !leaving()) event.preventDefault(); });
}
