// What is looked at, as the address says it: a chain of branches in the path, everything else in the query. So every state is a link.
import { signal } from '@preact/signals';
import { me } from '../../shell/session.ts';
import { base } from '../../shell/router.ts';
import { coded, countryName, date, t } from '../../shell/words.ts';

export type About = 'site' | 'product';
export interface View {
  screen: string;           // "headquarters" | "product": whose addresses these are
  about: About;
  chain: string[];          // branches one went through, the last is looked at; empty: one's own
  query: URLSearchParams;
}

export const branchOf = (view: View) => view.chain.at(-1) ?? me.value?.branch ?? '*';
export const kindOf = (branch: string) => (branch === '*' ? 'brand' : branch.slice(0, branch.indexOf(':')));
export const codeOf = (branch: string) => branch.slice(branch.indexOf(':') + 1);

const month = (at: number) => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
const thisMonth = () => { const now = new Date(); return now.getUTCFullYear() * 12 + now.getUTCMonth(); };
/** The last `count` months, this one included. */
export const lastMonths = (count: number) => ({ from: month(thisMonth() - count + 1), to: month(thisMonth()) });
export const months = (count: number) => Array.from({ length: count }, (_, at) => month(thisMonth() - at));

const text = (view: View, name: string) => view.query.get(name) || undefined;
export const services = ['new_car', 'used_car', 'workshop'] as const;

/** Where the address names no period: a quarter beside the one before, which half a year of life already fills. */
export const usualMonths = 3;

/** The query of /api/v1/figures/… */
export function asked(view: View) {
  const usual = view.query.has('from') || view.query.has('to') ? undefined : lastMonths(usualMonths);
  const compare = view.query.get('compare') ?? 'previous';
  return {
    branch: branchOf(view), about: view.about, from: usual?.from ?? text(view, 'from'), to: usual?.to ?? text(view, 'to'), compare: compare === 'none' ? undefined : compare,
    service: text(view, 'service') as (typeof services)[number] | undefined, model: text(view, 'model'),
  };
}

/** The same view with another branch, or other words in its query. */
export function link(view: View, change: { chain?: string[]; query?: Record<string, string | undefined> } = {}): string {
  const query = new URLSearchParams(view.query);
  for (const [name, value] of Object.entries(change.query ?? {})) {
    if (value === undefined || value === '') query.delete(name); else query.set(name, value);
  }
  const said = query.toString();
  return `${base}${[view.screen, ...(change.chain ?? view.chain)].map(encodeURIComponent).join('/')}${said ? `?${said}` : ''}`;
}

const names = new Map<string, string>();  // of branches met on the way
const learned = signal(0);  // a title drawn before its name was known is drawn again
export const learn = (branch: string | null | undefined, name: string) => {
  if (!branch || names.get(branch) === name) return;
  names.set(branch, name);
  queueMicrotask(() => { learned.value++; });
};
export function branchName(branch: string): string {
  const kind = kindOf(branch);
  if (kind === 'brand') return t('headquarters.brand');
  if (kind === 'country') return countryName(codeOf(branch));
  void learned.value;
  return names.get(branch) ?? codeOf(branch);
}

/** `self`: the model whose versions are listed; where the dealer's file named none, its line is its own. */
export function lineName(dimension: string, key: string, name: string, self?: string): string {
  if (dimension === 'version' && key === self) return t('headquarters.version_unknown');
  if (dimension === 'country') return countryName(key);
  if (dimension === 'service') return coded('code.service_', key);
  if (dimension === 'month') return date(key, 'month');
  if (dimension === 'age') return key ? t('headquarters.years', { years: key }) : t('headquarters.age_unknown');
  return name || key || '–';
}

/** Where a line leads: a narrower branch, or a narrower question. */
export function closer(view: View, dimension: string, line: { key: string; branch: string | null }): string | undefined {
  if (dimension === 'service') return link(view, { query: { service: line.key, by: undefined } });
  if (dimension === 'month') return link(view, { query: { from: line.key, to: line.key, by: undefined } });
  if (view.about === 'site' && (dimension === 'model' || dimension === 'version')) return link(view, { query: { model: line.key, by: undefined } });
  if (!line.branch) return undefined;
  return link(view, { chain: [...view.chain.filter((one) => one !== line.branch), line.branch], query: { by: undefined, stars: undefined } });
}

/** What lies below a branch, the usual first. */
export function dimensions(view: View): string[] {
  const kind = kindOf(branchOf(view));
  if (view.about === 'product') return [...(kind === 'brand' ? ['model'] : []), 'version', 'country', 'age', 'month'];
  const below: Record<string, string[]> = { brand: ['country', 'group', 'site'], country: ['group', 'dealer', 'site'], group: ['site', 'dealer', 'adviser'], dealer: ['site', 'adviser'], site: ['adviser'] };
  const own = below[kind] ?? [];
  return kind === 'site' || kind === 'adviser' ? ['service', 'month', 'model', ...own] : [...own, 'service', 'model', 'month'];
}
