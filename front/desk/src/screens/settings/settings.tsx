// What the brand changes for itself, each kind under a tab of its own: a list left, one of it right, every change an edition that can be
// taken back.
import { Page, type Tab } from '../../parts/page.tsx';
import { to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { t, type Key } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';
import { Documents, families } from './documents.tsx';
import { Imports } from './imports.tsx';
import { Keys, People } from './people.tsx';
import { Sites } from './sites.tsx';
import { Webhooks } from './webhooks.tsx';

const tabs: { name: string; title: Key; needs: string }[] = [
  { name: 'sites', title: 'settings.tab_sites', needs: 'network.read' },
  { name: 'people', title: 'settings.tab_people', needs: 'users.read' },
  { name: 'questionnaires', title: 'settings.tab_questionnaires', needs: 'settings.read' },
  { name: 'texts', title: 'settings.tab_texts', needs: 'settings.read' },
  { name: 'rules', title: 'settings.tab_rules', needs: 'settings.read' },
  { name: 'countries', title: 'settings.tab_countries', needs: 'settings.read' },
  { name: 'values', title: 'settings.tab_values', needs: 'settings.read' },
  { name: 'imports', title: 'settings.tab_imports', needs: 'settings.manage' },
  { name: 'keys', title: 'settings.tab_keys', needs: 'keys.manage' },
  { name: 'webhooks', title: 'settings.tab_webhooks', needs: 'webhooks.manage' },
];

export default function Settings({ rest, query }: ScreenProps) {
  const shown = tabs.filter((tab) => may(tab.needs));
  const current = shown.find((tab) => tab.name === rest[0]) ?? shown[0];
  if (!current) return null;
  const list: Tab[] = shown.map((tab) => ({ name: t(tab.title), href: to('settings', tab.name), current: tab === current }));
  const picked = rest[1];
  return (
    <Page title={t('settings.title')} tabs={list}>
      {picked && <a class="back set-back" href={to('settings', current.name)}>← {t('shell.back')}</a>}
      {current.name === 'sites' ? <Sites picked={picked} query={query} />
        : current.name === 'people' ? <People picked={picked} query={query} />
        : current.name === 'imports' ? <Imports picked={picked} />
        : current.name === 'keys' ? <Keys picked={picked} />
        : current.name === 'webhooks' ? <Webhooks picked={picked} />
          : <Documents key={current.name} family={families[current.name]!} tab={current.name} picked={picked} />}
    </Page>
  );
}
