// The contact plan: ten years at a glance, what it did, the file itself, its versions, and one person's way through it.
import { Page, type Tab } from '../../parts/page.tsx';
import { to } from '../../shell/router.ts';
import { branch, may } from '../../shell/session.ts';
import { t } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';
import { Calls } from './calls.tsx';
import { Effects } from './effects.tsx';
import { File } from './file.tsx';
import { Paper } from './paper.tsx';
import { Person } from './person.tsx';
import { Versions } from './versions.tsx';
import { Years } from './years.tsx';

const tabs = { '': Years, effects: Effects, calls: Calls, paper: Paper, file: File, versions: Versions, person: Person } as const;
const names = { '': 'plan.years', effects: 'plan.effects', calls: 'plan.calls', paper: 'plan.paper', file: 'plan.file', versions: 'plan.versions', person: 'plan.person' } as const;
type Name = keyof typeof tabs;

export default function Plan({ rest, query }: ScreenProps) {
  // What letters did and their print runs are the whole brand's; whom to call is cut by the branch; the plan itself is everybody's who may read it.
  const mine = (Object.keys(tabs) as Name[]).filter((one) => (one === 'effects' ? branch.value === '*' : one === 'paper' ? branch.value === '*' && may('plan.manage') : one !== 'calls' || may('plan.calls')));
  const name = mine.find((one) => one === rest[0]) ?? '';
  const Shown = tabs[name];
  const list: Tab[] = mine.map((one) => ({ name: t(names[one]), href: one ? to('plan', one) : to('plan'), current: one === name }));
  return <Page title={t('plan.title')} tabs={list}><Shown query={query} /></Page>;
}
