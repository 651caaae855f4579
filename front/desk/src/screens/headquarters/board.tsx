// How a branch does: its figures beside those of the period before, their course, what moved, what lies below, and the sentences behind
// it all. Headquarters reads it of points of sale, product managers of vehicles.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Bars, Distribution, DotPlot, Figure, Trend } from '../../parts/charts.tsx';
import { Choice } from '../../parts/form.tsx';
import { Lang, Stars, Voice } from '../../parts/ink.tsx';
import { Empty, Failure, Shown } from '../../parts/page.tsx';
import type { Column } from '../../parts/table.tsx';
import { address, get, type Answer } from '../../shell/client.ts';
import { useLoad, usePages } from '../../shell/load.ts';
import { useLive } from '../../shell/live.ts';
import { ask, to } from '../../shell/router.ts';
import { may, me } from '../../shell/session.ts';
import { coded, date, duration, number, percent, signed, t } from '../../shell/words.ts';
import { asked, branchName, branchOf, closer, codeOf, dimensions, kindOf, lastMonths, learn, lineName, link, months, services, usualMonths, type View } from './ask.ts';
import { ThemesOf } from './themes.tsx';

type Summary = Answer<'/api/v1/figures/summary'>;
type Figures = Summary['figures'];
type Lines = Answer<'/api/v1/figures/by'>;
type Line = Lines['lines'][number];
type Moved = Answer<'/api/v1/figures/moved'>['lines'][number];
type Change = Moved['change'];
export type Word = Answer<'/api/v1/figures/words'>['reviews'][number];

const rating = (value: number | null | undefined) => (typeof value === 'number' ? number(value, 2) : '–');
const share = (value: number | null | undefined) => (typeof value === 'number' ? percent(value) : '–');
const interval = (of: number[] | null, format: (value: number) => string) => (of ? t('headquarters.between', { low: format(of[0]!), high: format(of[1]!) }) : '');

/** A change as a sentence: what it is, and whether it is more than chance. */
function changed(change: Change | null | undefined, format: (value: number) => string): string {
  if (!change) return '';
  const by = format(change.by);
  if (!change.beyond_chance) return t('headquarters.chance', { by });
  return change.by > 0 ? t('headquarters.rose', { by }) : t('headquarters.fell', { by });
}
const signedRating = (value: number) => signed(value, 2);
const signedShare = (value: number) => t('headquarters.points', { n: signed(value * 100, 0), count: Math.abs(Math.round(value * 100)) });

function One({ name, value, small, before, says, alarm, good }: { name: string; value: string; small?: string; before?: string; says?: string; alarm?: boolean; good?: boolean }) {
  return (
    <div class="key-figure">
      <dt>{name}</dt>
      <dd class="key-value">{value}</dd>
      {small && <dd class="soft small">{small}</dd>}
      {before && <dd class="soft small">{t('headquarters.was', { before })}</dd>}
      {says && <dd class={alarm ? 'small verdict alarm' : good ? 'small verdict good' : 'small verdict'}>{says}</dd>}
    </div>
  );
}

function Key({ of }: { of: Summary }) {
  const now = of.figures, was = of.before, change = of.change;
  const shared = (name: string, key: 'response_rate' | 'reply_rate' | 'in_time_rate' | 'win_back_rate', counts: string) => {
    const one = now[key], difference = change?.[key];
    return <One name={name} value={share(one.value)} small={one.value === null ? '' : counts} before={was && was[key].value !== null ? share(was[key].value) : undefined}
      says={changed(difference, signedShare)} alarm={difference?.beyond_chance && difference.by < 0} good={difference?.beyond_chance && difference.by > 0} />;
  };
  const counted = (key: 'response_rate' | 'reply_rate' | 'in_time_rate' | 'win_back_rate') => t('headquarters.of', { n: now[key].count, all: now[key].of });
  const delay = (one: Figures['time_to_call']) => (one.median_seconds === null ? '–' : one.median_at_least ? t('headquarters.at_least', { time: duration(one.median_seconds) }) : duration(one.median_seconds));
  const site = of.asked.about === 'site';
  return (
    <dl class="key-figures">
      <One name={t('headquarters.rating')} value={rating(now.mean)} small={now.interval ? interval(now.interval, rating) : t('headquarters.no_reviews')} before={was && was.mean !== null ? rating(was.mean) : undefined}
        says={changed(change?.mean, signedRating)} alarm={change?.mean?.beyond_chance && change.mean.by < 0} good={change?.mean?.beyond_chance && change.mean.by > 0} />
      <One name={t('headquarters.volume')} value={number(now.count)} small={now.published > now.count ? t('headquarters.without_stars', { n: now.published - now.count }) : ''} before={was ? number(was.count) : undefined} />
      {now.recommend.score !== null && <One name={t('headquarters.recommend')} value={signed(now.recommend.score, 0)} small={t('headquarters.recommend_of', { for: now.recommend.promoters, against: now.recommend.detractors })} before={was && was.recommend.score !== null ? signed(was.recommend.score, 0) : undefined} />}
      {site && shared(t('headquarters.response'), 'response_rate', counted('response_rate'))}
      {(site || now.reply_rate.count > 0) && shared(t('headquarters.replied'), 'reply_rate', counted('reply_rate'))}
      {now.time_to_reply.median_seconds !== null && <One name={t('headquarters.time_to_reply')} value={delay(now.time_to_reply)} before={was && was.time_to_reply.median_seconds !== null ? delay(was.time_to_reply) : undefined} />}
      {site && now.cases > 0 && shared(t('headquarters.in_time'), 'in_time_rate', counted('in_time_rate'))}
      {site && now.time_to_call.median_seconds !== null && <One name={t('headquarters.time_to_call')} value={delay(now.time_to_call)} small={now.late > 0 ? t('headquarters.late', { n: now.late }) : ''} before={was && was.time_to_call.median_seconds !== null ? delay(was.time_to_call) : undefined} />}
      {site && now.win_back_rate.of > 0 && shared(t('headquarters.win_back'), 'win_back_rate', counted('win_back_rate'))}
    </dl>
  );
}

const columnsOf = (dimension: string, self?: string): Column<Line>[] => [
  { key: 'name', name: t(`headquarters.by_${dimension}` as 'headquarters.by_site'), cell: (line) => lineName(dimension, line.key, line.name, self), by: (line) => (dimension === 'month' ? line.key : lineName(dimension, line.key, line.name, self)), text: true },
  { key: 'mean', name: t('headquarters.rating'), cell: (line) => rating(line.figures.mean), by: (line) => line.figures.mean },
  { key: 'interval', name: t('headquarters.interval'), cell: (line) => (line.figures.interval ? `${rating(line.figures.interval[0])} – ${rating(line.figures.interval[1])}` : '–') },
  { key: 'count', name: t('headquarters.volume'), cell: (line) => number(line.figures.count), by: (line) => line.figures.count },
  { key: 'before', name: t('headquarters.before'), cell: (line) => rating(line.before?.mean), by: (line) => line.before?.mean },
  { key: 'change', name: t('headquarters.change'), cell: (line) => changed(line.change?.mean, signedRating) || '–', by: (line) => line.change?.mean?.by },
  { key: 'response', name: t('headquarters.response'), cell: (line) => share(line.figures.response_rate.value), by: (line) => line.figures.response_rate.value },
  { key: 'reply', name: t('headquarters.replied'), cell: (line) => share(line.figures.reply_rate.value), by: (line) => line.figures.reply_rate.value },
  { key: 'call', name: t('headquarters.in_time'), cell: (line) => share(line.figures.in_time_rate.value), by: (line) => line.figures.in_time_rate.value },
  { key: 'win', name: t('headquarters.win_back'), cell: (line) => share(line.figures.win_back_rate.value), by: (line) => line.figures.win_back_rate.value },
];

function Course({ view }: { view: View }) {
  const query = asked(view);
  const series = useLoad((signal) => get('/api/v1/figures/series', { query, signal }), [JSON.stringify(query)]);
  const here = link(view);
  return (
    <Shown of={series} lines={5}>{(data) => {
      const points = (of: (line: Line) => Figures | null) => data.lines.map((line) => { const one = of(line); return { label: date(line.key, 'month'), value: one?.mean ?? null, low: one?.interval?.[0] ?? null, high: one?.interval?.[1] ?? null, count: one?.count }; });
      return (
        <Figure title={t('headquarters.course')} note={data.asked.compare ? t('headquarters.course_note') : undefined} columns={columnsOf('month')} rows={data.lines} id={(line) => line.key} csv={address('/api/v1/figures/series.csv', { query })} link={here}>
          <Trend points={points((line) => line.figures)} before={data.asked.compare ? points((line) => line.before) : undefined} from={1} to={5} says={t('headquarters.course')} />
          <details class="figure-table"><summary>{t('headquarters.volume_by_month')}</summary>
            <Bars label={t('headquarters.volume_by_month')} bars={data.lines.map((line) => ({ name: date(line.key, 'month'), value: line.figures.count, href: closer(view, 'month', line) }))} />
          </details>
        </Figure>
      );
    }}</Shown>
  );
}

function WhatMoved({ view }: { view: View }) {
  const query = asked(view);
  const moved = useLoad((signal) => get('/api/v1/figures/moved', { query: { ...query, limit: 8 }, signal }), [JSON.stringify(query)]);
  return (
    <section class="board-part">
      <h2>{t('headquarters.moved')}</h2>
      <Shown of={moved} lines={3}>{(data) => (data.lines.length === 0 ? <p class="soft">{t('headquarters.nothing_moved', { n: data.tested })}</p> : (
        <ul class="moved">
          {data.lines.filter((line) => line.key !== codeOf(branchOf(view))).map((line) => {  // a model without versions is its own only one
            learn(line.branch, line.name);
            const name = lineName(line.dimension, line.key, line.name);
            const narrowed = line.service ? { ...view, query: new URLSearchParams({ ...Object.fromEntries(view.query), service: line.service }) } : view;
            const href = closer(narrowed, line.dimension, line);
            const inside = (
              <>
                <span class="moved-name">{name}{line.service && <span class="soft"> {coded('code.service_', line.service)}</span>}<span class="soft small moved-kind">{t(`headquarters.by_${line.dimension}` as 'headquarters.by_site')}</span></span>
                <span class="moved-figures">{rating(line.before.mean)} → {rating(line.now.mean)}<small class="soft"> {t('headquarters.n_reviews', { n: line.now.count })}</small></span>
                <span class={line.change.by < 0 ? 'verdict alarm' : 'verdict good'}>{changed(line.change, signedRating)}</span>
              </>
            );
            return <li key={`${line.dimension} ${line.key} ${line.service ?? ''}`}>{href ? <a href={href}>{inside}</a> : <span>{inside}</span>}</li>;
          })}
        </ul>
      ))}</Shown>
      <p class="soft small">{t('headquarters.moved_note')}</p>
    </section>
  );
}

function Below({ view }: { view: View }) {
  const all = dimensions(view);
  const wanted = view.query.get('by') ?? '';
  const dimension = all.includes(wanted) ? wanted : all[0]!;
  const query = asked(view);
  const ranked = !['service', 'month', 'age'].includes(dimension) && !(view.about === 'product' && dimension === 'country');
  const lines = usePages<Line>(async (after) => {
    if (ranked) {
      const page = await get('/api/v1/figures/ranking', { query: { ...query, dimension, after, limit: 40 } as never });
      return [page.lines, page.next];
    }
    const page = await get('/api/v1/figures/by', { query: { ...query, dimension, after, limit: 100 } as never });
    return [page.lines, page.next];
  }, [JSON.stringify(query), dimension]);
  for (const line of lines.items) learn(line.branch, line.name);
  const here = codeOf(branchOf(view)), self = lines.items.some((line) => line.key !== here) ? here : undefined;
  return (
    <section class="board-part">
      <Choice label={t('headquarters.below')} options={all.map((one) => [one, t(`headquarters.by_${one}` as 'headquarters.by_site')])} value={dimension} onPick={(by) => ask({ by: by === all[0] ? undefined : by })} />
      {lines.error && <Failure problem={lines.error} retry={lines.reload} />}
      {lines.items.length === 0 && !lines.loading && !lines.error ? <p class="soft">{t('headquarters.no_reviews')}</p> : (
        <Figure title={t('headquarters.below')} note={ranked ? t('headquarters.fair') : undefined} columns={columnsOf(dimension, self)} rows={lines.items} id={(line) => line.key} csv={address(ranked ? '/api/v1/figures/ranking.csv' : '/api/v1/figures/by.csv', { query: { ...query, dimension, limit: 500 } })} link={link(view, { query: { by: dimension } })}>
          <DotPlot label={t('headquarters.below')} dots={lines.items.map((line) => {
            const difference = line.change?.mean;
            return { name: lineName(dimension, line.key, line.name, self), value: line.figures.mean, low: line.figures.interval?.[0], high: line.figures.interval?.[1], count: line.figures.count, href: closer(view, dimension, line), note: difference?.beyond_chance ? (difference.by < 0 ? '▼' : '▲') + signedRating(difference.by) : undefined };
          })} />
        </Figure>
      )}
      {!lines.done && <p class="more"><button type="button" class="quiet" disabled={lines.loading} onClick={() => void lines.more()}>{t('shell.more')}</button></p>}
    </section>
  );
}

function Criteria({ of }: { of: Summary }) {
  if (of.criteria.length === 0) return null;
  const rows = [...of.criteria].sort((a, b) => (a.mean ?? 9) - (b.mean ?? 9));
  return (
    <Figure title={t('headquarters.criteria')} rows={rows} id={(one) => one.criterion} columns={[
      { key: 'name', name: t('headquarters.criterion'), cell: (one) => coded('headquarters.criterion_', one.criterion), text: true },
      { key: 'mean', name: t('headquarters.rating'), cell: (one) => rating(one.mean), by: (one) => one.mean },
      { key: 'count', name: t('headquarters.volume'), cell: (one) => number(one.count), by: (one) => one.count },
      { key: 'before', name: t('headquarters.before'), cell: (one) => rating(one.before_mean), by: (one) => one.before_mean },
    ]}>
      <Bars label={t('headquarters.criteria')} most={5} bars={rows.map((one) => ({ name: coded('headquarters.criterion_', one.criterion), value: one.mean ?? 0, shown: one.before_mean !== null && one.mean !== null ? `${rating(one.mean)} (${signedRating(one.mean - one.before_mean)})` : rating(one.mean) }))} />
    </Figure>
  );
}

/** The sentences; those that say the same thing can be put behind a finding. */
function Sentences({ view, counts }: { view: View; counts: readonly number[] }) {
  const query = asked(view);
  const stars = view.query.get('stars') ?? '', sort = view.query.get('sort') === 'newest' ? 'newest' : 'lowest';
  const chosen = useSignal<string[]>([]);
  const { compare: _, ...plain } = query;
  const words = usePages<Word>(async (after) => {
    const page = await get('/api/v1/figures/words', { query: { ...plain, stars: stars || undefined, sort, after, limit: 20 } as never });
    return [page.reviews, page.next];
  }, [JSON.stringify(plain), stars, sort]);
  useLive(/^review\.(published|revised|removed|withdrawn|erased)$/, () => { void words.reload(); });
  const manages = may('findings.manage');
  const mayOpen = me.value?.role !== 'adviser';  // his are the words; the case around them is his house's
  const toggle = (id: string) => { chosen.value = chosen.value.includes(id) ? chosen.value.filter((one) => one !== id) : [...chosen.value, id]; };
  return (
    <section class="board-words" aria-labelledby="sentences">
      <h2 id="sentences">{t('headquarters.sentences')}</h2>
      <Distribution counts={counts} href={(count) => link(view, { query: { stars: stars === String(count) ? undefined : String(count) } })} />
      <Choice label={t('headquarters.order')} options={[['lowest', t('headquarters.lowest')], ['newest', t('headquarters.newest')]]} value={sort} onPick={(one) => ask({ sort: one === 'newest' ? 'newest' : undefined })} />
      {stars && <p class="small"><a href={link(view, { query: { stars: undefined } })}>{t('headquarters.all_stars', { stars: t('shell.n_stars', { n: Number(stars) }) })}</a></p>}
      {manages && chosen.value.length > 0 && (
        <p class="chosen-bar" role="status">{t('headquarters.chosen', { n: chosen.value.length })} <a class="button" href={`${to('findings', 'new')}?${new URLSearchParams({ about: branchOf(view), reviews: chosen.value.join(',') })}`}>{t('headquarters.write_finding')}</a></p>
      )}
      {words.error && <Failure problem={words.error} retry={words.reload} />}
      {words.items.length === 0 && !words.loading && !words.error && <Empty title={t('headquarters.no_words')} />}
      <ol class="sentences" aria-busy={words.loading}>
        {words.items.map((word) => (
          <li key={word.review}>
            <p class="facts"><Stars of={word.rating} /><span>{word.subject_name}</span><span>{coded('code.service_', word.service)}</span>{word.published_at && <span>{date(word.published_at)}</span>}<Lang of={word.lang ?? undefined} /></p>
            {word.title && <Voice title text={word.title} lang={word.lang ?? undefined} />}
            {word.body && <Voice text={word.body} lang={word.lang ?? undefined} />}
            <p class="facts">{mayOpen && <a href={to('reviews', word.review)}>{t('headquarters.open_review')}</a>}
              {manages && <label class="check"><input type="checkbox" checked={chosen.value.includes(word.review)} onChange={() => toggle(word.review)} /> <span>{t('headquarters.choose')}</span></label>}</p>
          </li>
        ))}
      </ol>
      {!words.done && <p class="more"><button type="button" class="quiet" disabled={words.loading} onClick={() => void words.more()}>{t('shell.more')}</button></p>}
    </section>
  );
}

function Ask({ view }: { view: View }) {
  const from = view.query.get('from') ?? '', until = view.query.get('to') ?? '';
  const preset = from === '' ? String(usualMonths) : ['1', '3', '12', '24'].find((count) => { const one = lastMonths(Number(count)); return one.from === from && one.to === until; }) ?? 'own';
  const models = useLoad(async (signal) => (view.about === 'site' ? get('/api/v1/figures/by', { query: { branch: branchOf(view), about: 'site', dimension: 'model', limit: 100 } as never, signal }) : undefined), [branchOf(view), view.about]);
  const pick = (name: string, label: string, value: string, options: [string, string][], act: (value: string) => void) => (
    <label class="pick" key={name}><span>{label}</span><select name={name} value={value} onChange={(event) => act(event.currentTarget.value)}>{options.map(([code, text]) => <option key={code} value={code} selected={code === value}>{text}</option>)}</select></label>
  );
  const all = months(60);
  return (
    <form class="board-ask" onSubmit={(event) => event.preventDefault()}>
      {pick('period', t('headquarters.period'), preset, [['3', t('headquarters.last_3')], ['1', t('headquarters.this_month')], ['12', t('headquarters.last_12')], ['24', t('headquarters.last_24')], ['own', t('headquarters.own_period')]], (value) => {
        if (value === String(usualMonths)) ask({ from: undefined, to: undefined });
        else if (value === 'own') ask(lastMonths(6));
        else ask(lastMonths(Number(value)));
      })}
      {preset === 'own' && pick('from', t('headquarters.from'), from, [...(all.includes(from) ? [] : [from]), ...all].map((one) => [one, date(one, 'month')]), (value) => ask({ from: value, to: value > until ? value : until }))}
      {preset === 'own' && pick('to', t('headquarters.to'), until, [...(all.includes(until) ? [] : [until]), ...all].map((one) => [one, date(one, 'month')]), (value) => ask({ to: value, from: value < from ? value : from }))}
      {pick('compare', t('headquarters.compare'), view.query.get('compare') ?? 'previous', [['previous', t('headquarters.compare_previous')], ['year', t('headquarters.compare_year')], ['none', t('headquarters.compare_none')]], (value) => ask({ compare: value === 'previous' ? undefined : value }))}
      {view.about === 'site' && pick('service', t('headquarters.service'), view.query.get('service') ?? '', [['', t('headquarters.all_services')], ...services.map((one): [string, string] => [one, coded('code.service_', one)])], (value) => ask({ service: value }))}
      {view.about === 'site' && pick('model', t('headquarters.model'), view.query.get('model') ?? '', [['', t('headquarters.all_models')], ...(models.data?.lines ?? []).filter((line) => line.key !== '').map((line): [string, string] => [line.key, line.name])], (value) => ask({ model: value }))}
    </form>
  );
}

export function Crumbs({ view }: { view: View }) {
  const own = branchOf({ ...view, chain: [] });
  if (view.chain.length === 0 && kindOf(own) === 'adviser') return null;  // the title says whose page it is
  return (
    <nav class="crumbs" aria-label={t('headquarters.where')}>
      <ol>
        <li><a href={link(view, { chain: [], query: { by: undefined, stars: undefined } })} aria-current={view.chain.length === 0 ? 'page' : undefined}>{branchName(own)}</a></li>
        {view.chain.map((one, at) => <li key={one}><a href={link(view, { chain: view.chain.slice(0, at + 1), query: { by: undefined, stars: undefined } })} aria-current={at === view.chain.length - 1 ? 'page' : undefined}>{branchName(one)}</a></li>)}
      </ol>
    </nav>
  );
}

export function Board({ view, children }: { view: View; children?: ComponentChildren }) {
  const query = asked(view);
  const summary = useLoad((signal) => get('/api/v1/figures/summary', { query, signal }), [JSON.stringify(query)]);
  if (summary.data && kindOf(summary.data.asked.branch) !== 'brand') learn(summary.data.asked.branch, summary.data.name);
  return (
    <>
      <Crumbs view={view} />
      <Ask view={view} />
      {children}
      <Shown of={summary} lines={6}>{(data) => (
        <>
          <p class="soft small">{data.asked.compare ? t('headquarters.periods', { from: date(data.asked.period.from, 'month'), to: date(data.asked.period.to, 'month'), before: date(data.asked.compare.from, 'month'), until: date(data.asked.compare.to, 'month') }) : t('headquarters.one_period', { from: date(data.asked.period.from, 'month'), to: date(data.asked.period.to, 'month') })} <a href={address('/api/v1/figures/summary.csv', { query })} download>CSV</a>{data.asked.about === 'site' && !data.asked.branch.startsWith('adviser:') && <> · <a href={to('reports', data.asked.branch)}>{t('reports.title')}</a></>}</p>
          <Key of={data} />
          <div class="board">
            <div class="board-figures">
              {query.compare && <WhatMoved view={view} />}
              <Course view={view} />
              <Below view={view} />
              <ThemesOf view={view} />
              <Criteria of={data} />
            </div>
            <Sentences view={view} counts={data.figures.distribution} />
          </div>
        </>
      )}</Shown>
    </>
  );
}
