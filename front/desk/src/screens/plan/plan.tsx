// The contact plan: ten years at a glance, what it did, the file itself, its versions, and one person's way through it.
import { Page, type Tab } from '../../parts/page.tsx';
import { to } from '../../shell/router.ts';
import { branch } from '../../shell/session.ts';
import { t } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';
import { Effects } from './effects.tsx';
import { File } from './file.tsx';
import { Person } from './person.tsx';
import { Versions } from './versions.tsx';
import { Years } from './years.tsx';

const tabs = { '': Years, effects: Effects, file: File, versions: Versions, person: Person } as const;
const names = { '': 'plan.years', effects: 'plan.effects', file: 'plan.file', versions: 'plan.versions', person: 'plan.person' } as const;
type Name = keyof typeof tabs;

export default function Plan({ rest, query }: ScreenProps) {
  // What letters did is the whole brand's to see; the plan itself is everybody's who may read it.
  const mine = (Object.keys(tabs) as Name[]).filter((one) => one !== 'effects' || branch.value === '*');
  const name = mine.find((one) => one === rest[0]) ?? '';
  const Shown = tabs[name];
  const list: Tab[] = mine.map((one) => ({ name: t(names[one]), href: one ? to('plan', one) : to('plan'), current: one === name }));
  return <Page title={t('plan.title')} tabs={list}><Shown query={query} /></Page>;
}
