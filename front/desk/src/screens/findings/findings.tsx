// What customers say that somebody should change: who wrote it, who was asked, what they did, and whether the customers heard of it.
import { Empty, Page } from '../../parts/page.tsx';
import { Register, Split } from '../../parts/register.tsx';
import { get } from '../../shell/client.ts';
import { useLive } from '../../shell/live.ts';
import { usePages } from '../../shell/load.ts';
import { to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { coded, date, t } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';
import { One, aboutName, type Finding } from './one.tsx';
import { Write } from './write.tsx';

const states = ['draft', 'sent', 'closed'] as const;

export default function Findings({ rest, query }: ScreenProps) {
  const state = states.find((one) => one === query.get('state'));
  const list = usePages<Finding>(async (after) => {
    const page = await get('/api/v1/findings', { query: { state, after, limit: 50 } });
    return [page.findings, page.next];
  }, [state]);
  useLive(/^finding\./, () => { void list.reload(); });
  const picked = rest[0];
  const search = state ? `?state=${state}` : '';
  return (
    <Page title={t('findings.title')}
      tabs={[{ name: t('findings.all'), href: to('findings'), current: !state }, ...states.map((one) => ({ name: coded('findings.state_', one), href: `${to('findings')}?state=${one}`, current: state === one }))]}
      acts={may('findings.manage') && picked !== 'new' ? <a class="button" href={to('findings', 'new')}>{t('findings.write')}</a> : undefined}>
      <Split picked={picked !== undefined}
        list={<Register of={list} id={(one) => one.id} href={(one) => to('findings', one.id) + search} picked={picked} label={t('findings.title')}
          empty={<Empty title={t('findings.none')}>{t(may('findings.manage') ? 'findings.none_hint' : 'findings.none_received')}</Empty>}
          row={(one) => (
            <>
              <span class="who">{one.title}</span>
              <span class="facts"><span>{aboutName(one)}</span><span>{coded('findings.state_', one.outcome ?? one.state)}</span><span>{t('headquarters.n_reviews', { n: one.reviews })}</span>
                {one.recipients > 0 && <span>{t('findings.answered_of', { n: one.answered, all: one.recipients })}</span>}<span>{date(one.created_at)}</span></span>
            </>
          )} />}
        detail={picked === 'new' ? <Write about={query.get('about') ?? undefined} reviews={(query.get('reviews') ?? '').split(',').filter(Boolean)} done={list.reload} />
          : picked ? <One key={picked} id={picked} changed={list.reload} /> : <Empty title={t('findings.pick')} />} />
    </Page>
  );
}
