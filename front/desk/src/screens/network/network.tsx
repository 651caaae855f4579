// Who does well, told fairly; and for an adviser, his own page.
import { useSignal } from '@preact/signals';
import { DotPlot, Figure } from '../../parts/charts.tsx';
import { Choice } from '../../parts/form.tsx';
import { Failure, Page } from '../../parts/page.tsx';
import { address, get, type Answer } from '../../shell/client.ts';
import { usePages } from '../../shell/load.ts';
import { ask, to } from '../../shell/router.ts';
import { branch, me } from '../../shell/session.ts';
import { coded, number, percent, t } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';
import { kindOf, lastMonths, learn, lineName, services, type View } from '../headquarters/ask.ts';
import { Board } from '../headquarters/board.tsx';

type Line = Answer<'/api/v1/figures/ranking'>['lines'][number];
const below: Record<string, string[]> = { brand: ['site', 'group', 'country'], country: ['site', 'group'], group: ['site', 'adviser'], dealer: ['site', 'adviser'], site: ['adviser'] };

export default function Network({ rest, query }: ScreenProps) {
  if (me.value?.role === 'adviser') {
    const view: View = { screen: 'network', about: 'site', chain: rest, query };
    return <Page title={t('network.mine')}><p class="soft ranking-note">{t('network.mine_note')}</p><Board view={view} /></Page>;
  }
  return <Ranking query={query} />;
}

function Ranking({ query }: { query: URLSearchParams }) {
  const choices = below[kindOf(branch.value)] ?? ['site'];
  const wanted = query.get('by') ?? '';
  const dimension = choices.includes(wanted) ? wanted : choices[0]!;
  const months = ['3', '12', '24'].find((one) => one === query.get('months')) ?? '12';
  const service = services.find((one) => one === query.get('service'));
  const asked = { ...lastMonths(Number(months)), service };
  const seen = useSignal('');
  const lines = usePages<Line>(async (after) => {
    const page = await get('/api/v1/figures/ranking', { query: { ...asked, dimension, after, limit: 50 } as never });
    return [page.lines, page.next];
  }, [dimension, months, service]);
  for (const line of lines.items) learn(line.branch, line.name);
  const name = (line: Line) => lineName(dimension, line.key, line.name);
  const shown = lines.items.filter((line) => name(line).toLowerCase().includes(seen.value.trim().toLowerCase()));
  return (
    <Page title={t('network.title')}>
      <form class="board-ask" onSubmit={(event) => event.preventDefault()}>
        {choices.length > 1 && <Choice label={t('network.whom')} options={choices.map((one) => [one, t(`headquarters.by_${one}` as 'headquarters.by_site')])} value={dimension} onPick={(by) => ask({ by })} />}
        <label class="pick"><span>{t('headquarters.period')}</span><select value={months} onChange={(event) => ask({ months: event.currentTarget.value })}><option value="3" selected={months === '3'}>{t('headquarters.last_3')}</option><option value="12" selected={months === '12'}>{t('headquarters.last_12')}</option><option value="24" selected={months === '24'}>{t('headquarters.last_24')}</option></select></label>
        <label class="pick"><span>{t('headquarters.service')}</span><select value={service ?? ''} onChange={(event) => ask({ service: event.currentTarget.value })}><option value="">{t('headquarters.all_services')}</option>{services.map((one) => <option key={one} value={one} selected={one === service}>{coded('code.service_', one)}</option>)}</select></label>
        <label class="pick"><span>{t('network.find')}</span><input type="search" value={seen.value} onInput={(event) => { seen.value = event.currentTarget.value; }} /></label>
      </form>
      <p class="soft ranking-note">{t('headquarters.fair')}</p>
      {lines.error && <Failure problem={lines.error} retry={lines.reload} />}
      {lines.items.length === 0 && !lines.loading && !lines.error ? <p class="soft">{t('headquarters.no_reviews')}</p> : (
        <Figure title={t('network.ranked')} rows={shown} id={(line) => line.key} csv={address('/api/v1/figures/ranking.csv', { query: { ...asked, dimension, limit: 500 } })} link={`${to('network')}?${new URLSearchParams({ by: dimension, months, ...(service ? { service } : {}) })}`} columns={[
          { key: 'rank', name: t('network.rank'), cell: (line) => (line.rank === null ? '–' : number(line.rank)), by: (line) => line.rank },
          { key: 'name', name: t(`headquarters.by_${dimension}` as 'headquarters.by_site'), cell: name, by: name, text: true },
          { key: 'mean', name: t('headquarters.rating'), cell: (line) => (line.figures.mean === null ? '–' : number(line.figures.mean, 2)), by: (line) => line.figures.mean },
          { key: 'low', name: t('headquarters.interval'), cell: (line) => (line.figures.interval ? `${number(line.figures.interval[0]!, 2)} – ${number(line.figures.interval[1]!, 2)}` : '–'), by: (line) => line.figures.interval?.[0] },
          { key: 'count', name: t('headquarters.volume'), cell: (line) => number(line.figures.count), by: (line) => line.figures.count },
          { key: 'reply', name: t('headquarters.replied'), cell: (line) => (line.figures.reply_rate.value === null ? '–' : percent(line.figures.reply_rate.value)), by: (line) => line.figures.reply_rate.value },
          { key: 'call', name: t('headquarters.in_time'), cell: (line) => (line.figures.in_time_rate.value === null ? '–' : percent(line.figures.in_time_rate.value)), by: (line) => line.figures.in_time_rate.value },
        ]}>
          <DotPlot label={t('network.ranked')} dots={shown.map((line) => ({ name: `${line.rank === null ? '–' : number(line.rank)}  ${name(line)}`, value: line.figures.mean, low: line.figures.interval?.[0], high: line.figures.interval?.[1], count: line.figures.count, href: line.branch ? to('headquarters', line.branch) : undefined }))} />
        </Figure>
      )}
      {!lines.done && <p class="more"><button type="button" class="quiet" disabled={lines.loading} onClick={() => void lines.more()}>{t('shell.more')}</button></p>}
    </Page>
  );
}
