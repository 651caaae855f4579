// One line a screen. `needs`: any one of these permissions shows it; `home`: the roles that begin here; `key`: g, then this key.
// The code is loaded when the screen is opened. See ../../README.md.
import type { ComponentType } from 'preact';
import { get } from '../shell/client.ts';
import type { Key } from '../shell/words.ts';
import { counts } from './cases/counts.ts';

export interface ScreenProps {
  rest: string[];          // what stands behind the screen's own part of the address
  query: URLSearchParams;
}
export interface Screen {
  path: string;            // /office/<path>
  title: Key;              // in the rail, the help, the menu
  load: () => Promise<{ default: ComponentType<ScreenProps> }>;
  needs?: string[];
  not?: string[];          // roles whom the permission would show an empty list
  home?: string[];
  key?: string;
  open?: boolean;          // shown without a session, without the rail (signing in)
  aside?: boolean;         // at the foot of the rail, not among the work (account, settings)
  hidden?: boolean;        // reached by links only
  // What waits there, beside its name: from a signal, or read anew after such events.
  count?: (() => number) | { read: () => Promise<number>; on: RegExp };
}

export const screens: Screen[] = [
  { path: 'today', title: 'today.title', load: () => import('./today/today.tsx'), needs: ['cases.read'], home: ['site', 'group', 'agent'], key: 't' },
  { path: 'cases', title: 'cases.title', load: () => import('./cases/cases.tsx'), needs: ['cases.read'], key: 'c', count: () => counts.value?.open ?? 0 },
  { path: 'calls', title: 'plan.calls_title', load: () => import('./plan/call_list.tsx'), needs: ['plan.calls'], not: ['admin', 'hq', 'crm'], key: 'k' },
  { path: 'reviews', title: 'reviews.title', load: () => import('./reviews/reviews.tsx'), needs: ['reviews.read'], not: ['adviser'], key: 'r' },
  { path: 'moderation', title: 'moderation.title', load: () => import('./moderation/moderation.tsx'), needs: ['moderation.read'], home: ['moderator'], key: 'm',
    count: { read: async () => (await get('/api/v1/moderation/summary')).waiting, on: /^(review|reply|notice|complaint)\./ } },
  { path: 'auditor', title: 'auditor.title', load: () => import('./auditor/auditor.tsx'), needs: ['evidence.read', 'trail.read'], home: ['auditor'], key: 'e' },
  { path: 'headquarters', title: 'headquarters.title', load: () => import('./headquarters/headquarters.tsx'), needs: ['figures.read'], home: ['hq', 'country'], key: 'f' },
  { path: 'product', title: 'product.title', load: () => import('./product/product.tsx'), needs: ['findings.manage'], home: ['product'], key: 'p' },
  { path: 'findings', title: 'findings.title', load: () => import('./findings/findings.tsx'), needs: ['findings.read'], key: 'n' },
  { path: 'network', title: 'network.title', load: () => import('./network/network.tsx'), needs: ['figures.read'], home: ['adviser'], key: 'w' },
  { path: 'reports', title: 'reports.title', load: () => import('./reports/reports.tsx'), needs: ['figures.read'], key: 'o' },
  { path: 'plan', title: 'plan.title', load: () => import('./plan/plan.tsx'), needs: ['plan.read'], home: ['crm'], key: 'l' },
  { path: 'sign-in', title: 'shell.sign_in', load: () => import('./access/sign_in.tsx'), open: true, hidden: true },
  { path: 'password', title: 'access.set_password', load: () => import('./access/password.tsx'), open: true, hidden: true },
  { path: 'account', title: 'access.account', load: () => import('./access/account.tsx'), aside: true, key: 'a' },
  { path: 'settings', title: 'settings.title', load: () => import('./settings/settings.tsx'), needs: ['settings.read', 'settings.manage', 'webhooks.manage'], home: ['admin'], key: 's', aside: true },
];
