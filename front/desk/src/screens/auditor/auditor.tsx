// The auditor: what the norms ask and what shows it today, the log, the exports, the trail of who did what. Reads everything; lays down
// the proofs of what humans did.
import type { ScreenProps } from '../index.ts';
import { Page } from '../../parts/page.tsx';
import { to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { t } from '../../shell/words.ts';
import { Exports } from './exports.tsx';
import { LogState } from './log.tsx';
import { Requirements } from './requirements.tsx';
import { Trail } from './trail.tsx';

export default function Auditor({ rest, query }: ScreenProps) {
  const evidence = may('evidence.read');
  const part = rest[0] ?? (evidence ? 'requirements' : 'trail');
  const tabs = [...(evidence ? (['requirements', 'log', 'exports'] as const) : []), ...(may('trail.read') ? (['trail'] as const) : [])]
    .map((one) => ({ name: t(`auditor.tab_${one}`), href: to('auditor', one), current: part === one }));
  return (
    <Page title={t('auditor.title')} tabs={tabs}>
      {part === 'requirements' && evidence && <Requirements picked={rest[1]} shown={query.get('show') ?? ''} />}
      {part === 'log' && evidence && <LogState />}
      {part === 'exports' && evidence && <Exports />}
      {part === 'trail' && may('trail.read') && <Trail query={query} />}
    </Page>
  );
}
