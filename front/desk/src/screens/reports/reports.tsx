// The month of a branch: what to do next, the figures, the words; and the same on paper.
import { Distribution } from '../../parts/charts.tsx';
import { Lang, Stars, Voice } from '../../parts/ink.tsx';
import { Page, Shown } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { address, get, type Answer } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { ask, to } from '../../shell/router.ts';
import { branch } from '../../shell/session.ts';
import { coded, countryName, date, duration, language, number, percent, t } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';
import { kindOf, months } from '../headquarters/ask.ts';

type Report = Answer<'/api/v1/reports/{branch}'>;
type Figures = Report['figures'];
const lastOver = () => months(2)[1]!;

export default function Reports({ rest, query }: ScreenProps) {
  const about = rest[0] ?? branch.value;
  const month = query.get('month') ?? lastOver();
  const report = useLoad((signal) => get('/api/v1/reports/{branch}', { path: { branch: about }, query: { month }, signal }), [about, month]);
  const all = months(36);
  const spoken = ['fr', 'de'].includes(language()) ? language() : 'en';
  return (
    <Page title={t('reports.title')} acts={<a class="button" href={address('/api/v1/reports/{branch}/pdf', { path: { branch: about }, query: { month, lang: spoken } })} download>{t('reports.pdf')}</a>}>
      <form class="board-ask" onSubmit={(event) => event.preventDefault()}>
        <label class="pick"><span>{t('headquarters.by_month')}</span><select value={month} onChange={(event) => ask({ month: event.currentTarget.value })}>{[...(all.includes(month) ? [] : [month]), ...all].map((one) => <option key={one} value={one} selected={one === month}>{date(one, 'month')}</option>)}</select></label>
      </form>
      {['product', 'adviser'].includes(kindOf(about)) ? <p class="soft">{t('reports.not_here')}</p> : <Shown of={report}>{(data) => <Month of={data} />}</Shown>}
    </Page>
  );
}

const share = (of: { value: number | null; count: number; of: number }) => (of.value === null ? '–' : `${percent(of.value)} (${t('headquarters.of', { n: of.count, all: of.of })})`);

function Month({ of }: { of: Report }) {
  const columns: [string, Figures][] = [[date(of.month, 'month'), of.figures], [t('reports.before'), of.before], [t('headquarters.last_12'), of.year]];
  const rows: [string, (one: Figures) => string][] = [
    [t('headquarters.rating'), (one) => (one.mean === null ? '–' : `${number(one.mean, 2)} (${one.interval ? one.interval.map((each) => number(each, 2)).join(' – ') : ''})`)],
    [t('headquarters.volume'), (one) => number(one.reviews)],
    [t('headquarters.response'), (one) => share(one.response_rate)],
    [t('headquarters.replied'), (one) => share(one.reply_rate)],
    [t('headquarters.time_to_reply'), (one) => (one.reply_median_seconds === null ? '–' : duration(one.reply_median_seconds))],
    [t('headquarters.in_time'), (one) => share(one.in_time_rate)],
    [t('headquarters.time_to_call'), (one) => (one.call_median_seconds === null ? '–' : duration(one.call_median_seconds))],
    [t('headquarters.win_back'), (one) => share(one.win_back_rate)],
  ];
  const words = (title: string, list: Report['best']) => list.length > 0 && (
    <section class="board-part"><h2>{title}</h2>
      <ol class="sentences">{list.map((one) => (
        <li key={one.review}>
          <p class="facts"><Stars of={one.rating} /><span>{one.subject_name}</span><span>{coded('code.service_', one.service)}</span><span>{date(one.published_at)}</span><Lang of={one.lang} /></p>
          {one.title && <Voice title text={one.title} lang={one.lang} />}<Voice text={one.body} lang={one.lang} />
          <p class="facts"><a href={to('reviews', one.review)}>{t('headquarters.open_review')}</a></p>
        </li>
      ))}</ol>
    </section>
  );
  return (
    <div class="report">
      <p class="report-name">{of.kind === 'brand' ? t('headquarters.brand') : of.kind === 'country' && of.country ? countryName(of.country) : of.name}</p>
      {of.place && <p class="soft">{t('reports.place', { rank: of.place.rank, of: of.place.of, country: of.country ? countryName(of.country) : '' })}</p>}
      <section class="board-part"><h2>{t('reports.next')}</h2>
        <ul class="report-next">{of.next.map((one) => <li key={one.rule + (one.criterion ?? '')}>{coded('reports.next_', one.rule, {
          criterion: one.criterion ? coded('headquarters.criterion_', one.criterion) : '', count: one.count, of: one.of, mean: number(one.figure, 2), before: number(one.other, 2), share: percent(one.figure), country: percent(one.other),
        })}</li>)}</ul>
      </section>
      <section class="board-part">
        <Table caption={t('reports.figures')} rows={rows} id={(row) => row[0]} columns={[{ key: 'name', name: t('reports.figures'), cell: (row) => row[0], text: true }, ...columns.map(([name, figures], at) => ({ key: String(at), name, cell: (row: (typeof rows)[number]) => row[1](figures) }))]} />
      </section>
      <section class="board-part"><h2>{t('shell.distribution')}</h2><Distribution counts={of.figures.distribution} /></section>
      {of.criteria.length > 0 && (
        <section class="board-part">
          <Table caption={t('reports.criteria')} rows={of.criteria} id={(one) => one.criterion} columns={[
            { key: 'name', name: t('headquarters.criterion'), cell: (one) => coded('headquarters.criterion_', one.criterion), text: true },
            { key: 'mean', name: t('headquarters.last_3'), cell: (one) => (one.mean === null ? '–' : number(one.mean, 2)), by: (one) => one.mean },
            { key: 'before', name: t('headquarters.before'), cell: (one) => (one.before_mean === null ? '–' : number(one.before_mean, 2)), by: (one) => one.before_mean },
            { key: 'fell', name: t('headquarters.change'), cell: (one) => (one.fell ? t('reports.fell') : '–') },
          ]} />
        </section>
      )}
      {words(t('reports.worst'), of.worst)}
      {words(t('reports.best'), of.best)}
    </div>
  );
}
