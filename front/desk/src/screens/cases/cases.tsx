// Whom to call, by the time that is left; beside it the case. On a phone the list, then the case.
import { useEffect } from 'preact/hooks';
import type { ScreenProps } from '../index.ts';
import { get } from '../../shell/client.ts';
import { useLive } from '../../shell/live.ts';
import { usePages } from '../../shell/load.ts';
import { waiting } from '../../shell/later.ts';
import { to } from '../../shell/router.ts';
import { coded, date, t } from '../../shell/words.ts';
import { Empty, Page } from '../../parts/page.tsx';
import { Register, Split } from '../../parts/register.tsx';
import { Lang, TimeLeft } from '../../parts/ink.tsx';
import { CaseDetail } from './case.tsx';
import { counts } from './counts.ts';
import { type CaseLine, fetchAhead } from './kept.ts';

const stages = ['open', 'late', 'due', 'called', 'closed'] as const;
type Stage = (typeof stages)[number];

const waits = (id: string) => waiting.value.some((one) => one.url.includes(`/cases/${id}/`));

export function CaseRow({ line, site }: { line: CaseLine; site?: boolean }) {
  const due = line.stage === 'called' && line.next_at;
  return (
    <span class="case-row">
      <span class="case-left">
        {line.stage === 'open' ? <TimeLeft due={line.due_at} from={line.opened_at} late={line.late} />
          : <><span class={line.late ? 'alarm' : ''}>{t(line.stage === 'closed' ? 'cases.closed' : 'cases.called')}{line.late ? `, ${t('cases.late_word')}` : ''}</span>
            {due && <time class="small soft" datetime={line.next_at!}>{date(line.next_at!, 'weekday')}</time>}</>}
      </span>
      <span class="case-rating" aria-label={line.rating ? t('shell.n_stars', { n: line.rating }) : t('shell.no_stars')}>{line.rating ?? '–'}</span>
      <span class="case-who">
        <span class="who">{line.customer_name || t('cases.nobody')}</span>
        <span class="voice case-words" lang={line.lang ?? undefined}>{line.title ? `${line.title}. ` : ''}{line.excerpt}</span>
        <span class="facts">
          {site && <span>{line.site_name}</span>}
          {line.product_name && <span>{line.product_name}</span>}
          <Lang of={line.lang ?? undefined} />
          {line.last_outcome && <span>{coded('cases.outcome_', line.last_outcome)}</span>}
          {line.holder && <span>{t('cases.with', { who: line.holder })}</span>}
          {waits(line.id) && <strong>{t('cases.waits_for_net')}</strong>}
        </span>
      </span>
    </span>
  );
}

export default function Cases({ rest, query }: ScreenProps) {
  const wanted = query.get('stage') as Stage | null;
  const stage: Stage = wanted && stages.includes(wanted) ? wanted : 'open';
  const picked = rest[0];
  const list = usePages(async (after, signal) => {
    const page = await get('/api/v1/cases', { query: { stage, after, limit: 50 }, signal });
    counts.value = page.counts;
    return [page.cases, page.next];
  }, [stage]);
  useLive(/^case\./, list.reload);
  useEffect(() => { if (stage === 'open' && list.items.length > 0) void fetchAhead(list.items); }, [list.items.length > 0 && list.items[0]!.id]);
  const query_ = stage === 'open' ? '' : `?stage=${stage}`;
  const sites = new Set(list.items.map((one) => one.site)).size > 1;
  return (
    <Page title={t('cases.heading')} tabs={stages.map((one) => ({ name: coded('cases.tab_', one), href: to('cases') + (one === 'open' ? '' : `?stage=${one}`), current: one === stage, count: one === 'closed' ? undefined : counts.value?.[one] }))}>
      <Split picked={picked !== undefined}
        list={<Register of={list} id={(one) => one.id} href={(one) => to('cases', one.id) + query_} picked={picked} label={coded('cases.tab_', stage)}
          columns={<span class="case-row"><span>{t('cases.col_left')}</span><span>{t('cases.col_rating')}</span><span>{t('cases.col_who')}</span></span>}
          row={(one) => <CaseRow line={one} site={sites} />}
          empty={<Empty title={t(stage === 'open' ? 'cases.none_open' : 'cases.none')}>{stage === 'open' && <p>{t('cases.none_open_more')}</p>}</Empty>} />}
        detail={picked ? <CaseDetail key={picked} id={picked} back={to('cases') + query_} changed={list.reload} /> : list.items.length > 0 ? <p class="soft">{t('cases.pick')}</p> : null} />
    </Page>
  );
}
