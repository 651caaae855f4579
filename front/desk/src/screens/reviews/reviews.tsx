// The reviews one reaches: looked for by words and by everything known of them; each one whole, with its answer.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScreenProps } from '../index.ts';
import { type Answer, address, get, sentenceOf } from '../../shell/client.ts';
import { useLoad, usePages } from '../../shell/load.ts';
import { useKeys } from '../../shell/keys.ts';
import { useLive } from '../../shell/live.ts';
import { ask, to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, date, language, languageName, languages, t } from '../../shell/words.ts';
import { Empty, Page, Shown } from '../../parts/page.tsx';
import { Register, Split } from '../../parts/register.tsx';
import { Kbd, Lang, Stars, Voice } from '../../parts/ink.tsx';
import { Reply } from './reply.tsx';

type Line = Answer<'/api/v1/reviews'>['reviews'][number];
const names = ['q', 'stars', 'service', 'lang', 'state', 'origin', 'replied', 'case', 'from', 'until', 'product', 'adviser', 'branch', 'order'] as const;
type Filters = Partial<Record<(typeof names)[number], string>>;

export function ReviewRow({ line }: { line: Line }) {
  return (
    <span class="review-row">
      <span class="review-left"><Stars of={line.rating} /><time class="small soft" datetime={line.submitted_at}>{date(line.submitted_at, 'short')}</time></span>
      <span class="review-main">
        {line.title && <span class="voice voice-title" lang={line.lang ?? undefined}>{line.title}</span>}
        {line.excerpt && <Voice text={`${line.cut_before ? '… ' : ''}${line.excerpt}${line.cut_after ? ' …' : ''}`} lang={line.lang ?? undefined} marks={line.marks.map(([start, end]) => ({ start: start! + (line.cut_before ? 2 : 0), end: end! + (line.cut_before ? 2 : 0) }))} />}
        <span class="facts">
          <span>{line.subject_name}</span>
          {line.product_name && line.product_name !== line.subject_name && <span>{line.product_name}</span>}
          {line.service && <span>{coded('code.service_', line.service)}</span>}
          <Lang of={line.lang ?? undefined} />
          {line.state !== 'published' && <strong>{coded('reviews.state_', line.state)}</strong>}
          {line.origin !== 'invited' && <span>{coded('reviews.origin_', line.origin)}</span>}
          {line.in_case && <span class="alarm">{t('reviews.in_case')}</span>}
          {line.reply && <span>{coded('reviews.reply_', line.reply)}</span>}
        </span>
      </span>
    </span>
  );
}

/** A step that ends in a state is called by it. */
const stepName = (step: string) => ['reviews.step_', 'reviews.state_', 'reviews.'].map((area) => coded(area, step)).find((words) => words !== step) ?? step;

/** What a machine read in the words, and that it was a machine. */
function Spoken({ read }: { read: Answer<'/api/v1/reviews/{review}/themes'> | undefined }) {
  if (!read || (read.themes.length === 0 && !read.contradiction)) return null;
  const names = [...new Map(read.themes.map((span) => [span.theme, span])).values()];
  return (
    <p class="facts small"><span class="soft">{t('reviews.speaks_of')}</span>
      {names.map((span) => <span key={span.theme}>{span.name} {span.polarity > 0.1 ? t('reviews.gladly') : span.polarity < -0.1 ? t('reviews.complains') : ''}</span>)}
      {read.contradiction && <strong class="alarm">{t('reviews.contradiction')}</strong>}
    </p>
  );
}

function Detail({ id, back, changed }: { id: string; back: string; changed: () => void }) {
  const of = useLoad((signal) => get('/api/v1/reviews/{review}/details', { path: { review: id }, signal }), [id]);
  const read = useLoad((signal) => get('/api/v1/reviews/{review}/themes', { path: { review: id }, query: { language: language() }, signal }), [id]);
  useLive(/^(review|reply)\./, () => { void of.reload(); void read.reload(); });
  return (
    <Shown of={of} lines={7}>
      {(one) => {
        const zone = one.timezone ?? undefined;
        return (
          <article class="case">
            <a class="back only-phone" href={back}>← {t('reviews.to_list')}</a>
            <p class="facts"><Stars of={one.rating} /><span>{t('reviews.came_in', { when: date(one.submitted_at, 'full', zone) })}</span><span>{coded('reviews.state_', one.state)}{one.reason ? `: ${coded('reviews.rule_', one.reason)}` : ''}</span><Lang of={one.lang ?? undefined} /></p>
            {one.title && <Voice text={one.title} lang={one.lang ?? undefined} large title />}
            {one.body ? <><Voice text={one.body} lang={one.lang ?? undefined} large marks={(read.data?.themes ?? []).map((span) => ({ start: span.start, end: span.end, title: span.name }))} /><Spoken read={read.data} /></> : <p class="soft">{t('reviews.no_words')}</p>}
            {one.correction_waits && <p><strong>{t('reviews.correction_waits')}</strong></p>}
            <dl class="pairs">
              <div><dt>{t('reviews.author')}</dt><dd>{one.author ?? t('reviews.anonymous')}{one.customer && <>, {one.customer.name}{one.customer.phone && <>, <a href={`tel:${one.customer.phone.replace(/[^+\d]/g, '')}`}>{one.customer.phone}</a></>}</>}</dd></div>
              <div><dt>{t('reviews.about')}</dt><dd>{one.subject_name}{one.service ? `, ${coded('code.service_', one.service)}` : ''}{one.experience_on ? `, ${date(one.experience_on)}` : ''}</dd></div>
              {one.product_name && <div><dt>{t('reviews.vehicle')}</dt><dd>{one.product_name}{one.registered_on ? `, ${date(one.registered_on, 'month')}` : ''}</dd></div>}
              {one.adviser_name && <div><dt>{t('reviews.adviser')}</dt><dd>{one.adviser_name}</dd></div>}
              <div><dt>{t('reviews.origin')}</dt><dd>{coded('reviews.origin_', one.origin)}{one.source ? `, ${one.source}` : ''}, {t(one.proven ? 'reviews.proven' : 'reviews.not_proven')}{one.incentive ? `, ${t('reviews.rewarded', { what: one.incentive })}` : ''}</dd></div>
              {one.criteria.length > 0 && <div><dt>{t('reviews.details')}</dt><dd class="facts">{one.criteria.map((each) => <span key={each.code} class={each.value <= 2 ? 'alarm' : ''}>{coded('headquarters.criterion_', each.code)} {each.value}</span>)}{one.recommend !== null && <span>{t('reviews.recommends', { n: one.recommend })}</span>}</dd></div>}
              {one.case && <div><dt>{t('reviews.case')}</dt><dd><a href={to('cases', one.case)}>{t('reviews.to_case')}</a></dd></div>}
              {one.together.length > 0 && <div><dt>{t('reviews.together')}</dt><dd>{one.together.map((other, at) => <a key={other} href={to('reviews', other)}>{t('reviews.together_n', { n: at + 1 })} </a>)}</dd></div>}
            </dl>
            <section><h2>{t('reviews.reply')}</h2><Reply review={one.id} state={one.state} reply={one.reply} changed={() => { void of.reload(); changed(); }} /></section>
            <section><h2>{t('reviews.history')}</h2>
              <ol class="case-steps">{[...one.history].reverse().map((step, at) => <li key={at}><time datetime={step.at}>{date(step.at, 'moment', zone)}</time><span>{stepName(step.step)}<span class="soft">, {coded('reviews.by_', step.actor)}</span></span></li>)}</ol>
              {one.versions.length > 0 && <details class="case-part"><summary>{t('reviews.versions', { n: one.versions.length })}</summary>{one.versions.map((version) => <div key={version.version}><p class="soft small">{t('reviews.until', { when: date(version.until, 'full', zone) })}</p><Voice text={version.body} lang={one.lang ?? undefined} /></div>)}</details>}
            </section>
          </article>
        );
      }}
    </Shown>
  );
}

/** Sentences that mean what is asked, the likest first, whatever their words and language. */
function Meant({ question, branch }: { question: string; branch?: string }) {
  const of = useLoad((signal) => get('/api/v1/reviews-by-meaning', { query: { q: question, branch }, signal }), [question, branch]);
  return (
    <Shown of={of} lines={6}>{(data) => (data.reviews.length === 0 ? <Empty title={t('reviews.none')}><p>{t('reviews.meant_none', { n: data.looked_at })}</p></Empty> : (
      <ol class="sentences">
        {data.reviews.map((one) => (
          <li key={one.review}>
            <p class="facts"><Stars of={one.rating} /><span>{date(one.published_at)}</span><Lang of={one.lang} /></p>
            <Voice text={one.body} lang={one.lang} marks={[{ start: one.start, end: one.end }]} />
            <p class="facts"><a href={to('reviews', one.review)}>{t('reviews.meant_open')}</a></p>
          </li>
        ))}
      </ol>
    ))}</Shown>
  );
}

/** The filtered list as one file, fetched page by page. */
async function download(filters: Filters): Promise<void> {
  const parts: string[] = [];
  let url: string | undefined = address('/api/v1/reviews.csv', { query: filters });
  for (let pages = 0; url && pages < 200; pages++) {
    const answer: Response = await fetch(url, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(String(answer.status));
    parts.push(await answer.text());
    url = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('Link') ?? '')?.[1];
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }));
  link.download = 'reviews.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const choice = (all: string, area: string, codes: readonly string[]): [string, string][] => [['', all], ...codes.map((code): [string, string] => [code, coded(area, code)])];

function Pick({ name, label, options, value }: { name: string; label: string; options: [string, string][]; value?: string }) {
  return <label>{label}<select value={value ?? ''} onChange={(event) => ask({ [name]: event.currentTarget.value || undefined })}>{options.map(([code, words]) => <option key={code} value={code} selected={code === (value ?? '')}>{words}</option>)}</select></label>;
}

function Bar({ filters, by, loading, count }: { filters: Filters; by: string; loading: boolean; count: string }) {
  const [words, write] = useState(filters.q ?? '');
  const box = useRef<HTMLInputElement>(null);
  useKeys([{ key: '/', says: 'reviews.key_search', does: () => box.current?.focus() }]);
  useEffect(() => {
    if (words === (filters.q ?? '')) return undefined;
    const timer = setTimeout(() => ask({ q: words || undefined }), 350);
    return () => clearTimeout(timer);
  }, [words]);
  const more = names.some((name) => !['q', 'stars', 'replied', 'order'].includes(name) && filters[name]);
  const any = names.some((name) => name !== 'order' && filters[name]);
  return (
    <form class="filters" role="search" onSubmit={(event) => { event.preventDefault(); ask({ q: words || undefined }); }}>
      <label class="filter-words"><span>{t('reviews.look_for')} <Kbd>/</Kbd></span><input ref={box} type="search" value={words} maxLength={400} onInput={(event) => write(event.currentTarget.value)} /></label>
      {filters.q && <Pick name="by" label={t('reviews.by')} value={by} options={[['', t('reviews.by_words')], ['meaning', t('reviews.by_meaning')]]} />}
      <Pick name="stars" label={t('reviews.stars')} value={filters.stars} options={[['', t('reviews.all')], ['1,2', t('reviews.one_two')], ...['5', '4', '3', '2', '1'].map((n): [string, string] => [n, t('shell.n_stars', { n: Number(n) })])]} />
      <Pick name="replied" label={t('reviews.answered')} value={filters.replied} options={[['', t('reviews.all')], ['no', t('reviews.not_answered')], ['yes', t('reviews.is_answered')]]} />
      <Pick name="order" label={t('reviews.order')} value={filters.order} options={[['', t('reviews.newest')], ['oldest', t('reviews.oldest')], ['lowest', t('reviews.lowest')]]} />
      <details class="filter-more" open={more}>
        <summary>{t('reviews.more_filters')}</summary>
        <div class="filters">
          <Pick name="service" label={t('reviews.service')} value={filters.service} options={choice(t('reviews.all'), 'code.service_', ['workshop', 'new_car', 'used_car'])} />
          <Pick name="lang" label={t('reviews.lang')} value={filters.lang} options={[['', t('reviews.all')], ...Object.keys(languages).map((code): [string, string] => [code, languageName(code)])]} />
          <Pick name="state" label={t('reviews.state')} value={filters.state} options={choice(t('reviews.all'), 'reviews.state_', ['published', 'collected', 'held', 'rephrase', 'refused', 'removed', 'withdrawn'])} />
          <Pick name="origin" label={t('reviews.origin')} value={filters.origin} options={choice(t('reviews.all'), 'reviews.origin_', ['invited', 'spontaneous', 'gathered'])} />
          <Pick name="case" label={t('reviews.case')} value={filters.case} options={[['', t('reviews.all')], ['yes', t('reviews.with_case')], ['no', t('reviews.without_case')]]} />
          <label>{t('reviews.from')}<input type="date" value={filters.from ?? ''} onChange={(event) => ask({ from: event.currentTarget.value || undefined })} /></label>
          <label>{t('reviews.until_day')}<input type="date" value={filters.until ?? ''} onChange={(event) => ask({ until: event.currentTarget.value || undefined })} /></label>
          <label>{t('reviews.product')}<input value={filters.product ?? ''} onChange={(event) => ask({ product: event.currentTarget.value || undefined })} /></label>
        </div>
      </details>
      <span class="status" role="status">{loading ? t('shell.loading') : count}{any && <> <button type="button" class="link" onClick={() => { write(''); ask(Object.fromEntries(names.map((name) => [name, undefined]))); }}>{t('reviews.clear')}</button></>}</span>
    </form>
  );
}

export default function Reviews({ rest, query }: ScreenProps) {
  const filters: Filters = Object.fromEntries(names.map((name) => [name, query.get(name) ?? undefined]).filter(([, value]) => value));
  const key = JSON.stringify(filters);
  const picked = rest[0];
  const by = query.get('by') ?? '', meant = by === 'meaning' && !picked ? filters.q : undefined;
  const list = usePages(async (after, signal) => {
    const page = await get('/api/v1/reviews', { query: { ...(filters as object), after, limit: 50 }, signal });
    return [page.reviews, page.next];
  }, [key]);
  useLive(/^(review\.(collected|published|erased)|reply\.)/, list.reload);
  const tail = query.toString() ? `?${query.toString()}` : '';
  const export_ = async () => { try { await download(filters); } catch (error) { toast(sentenceOf(error), { alarm: true }); } };
  return (
    <Page title={t('reviews.heading')} acts={may('reviews.export') ? <button type="button" class="quiet small" onClick={() => void export_()}>{t('reviews.export')}</button> : undefined}>
      <Bar filters={filters} by={by} loading={list.loading} count={t('reviews.shown', { n: list.items.length, more: list.done ? 'no' : 'yes' })} />
      {meant && <Meant question={meant} branch={filters.branch} />}
      {!meant && <Split picked={picked !== undefined}
        list={<Register of={list} id={(one) => one.id} href={(one) => to('reviews', one.id) + tail} picked={picked} label={t('reviews.heading')} row={(one) => <ReviewRow line={one} />}
          empty={<Empty title={t('reviews.none')}><p>{t('reviews.none_more')}</p></Empty>} />}
        detail={picked ? <Detail key={picked} id={picked} back={to('reviews') + tail} changed={list.reload} /> : list.items.length > 0 ? <p class="soft">{t('reviews.pick')}</p> : null} />}
    </Page>
  );
}
