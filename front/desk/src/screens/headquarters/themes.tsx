// What customers speak of on this branch: how often, how gladly and how sure that is, what moved, and from a theme to its sentences.
import { DotPlot, Figure, Trend } from '../../parts/charts.tsx';
import { Choice } from '../../parts/form.tsx';
import { Lang, Stars, Voice } from '../../parts/ink.tsx';
import { Empty, Failure, Shown } from '../../parts/page.tsx';
import { del, get, put, type Answer } from '../../shell/client.ts';
import { useLoad, usePages } from '../../shell/load.ts';
import { ask, to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { date, language, number, percent, signed, t } from '../../shell/words.ts';
import { asked, branchName, branchOf, link, type View } from './ask.ts';
import { NewThemes } from './new_themes.tsx';

type Themes = Answer<'/api/v1/themes'>;
type Theme = Themes['themes'][number];
type Said = Answer<'/api/v1/themes/{theme}/words'>['words'][number];

const shown = 10;  // in the drawing; the table has all

const queryOf = (view: View) => {
  const { branch, about, from, to: until, compare } = asked(view);
  return { branch, about, from, to: until, compare: compare as 'previous' | 'year' | undefined, language: language() };
};
const share = (value: number | null | undefined) => (typeof value === 'number' ? percent(value) : '–');
function moved(change: Theme['change']): string {
  if (!change) return '–';
  const by = t('headquarters.points', { n: signed(change.by * 100, 0) });
  if (!change.beyond_chance) return t('headquarters.chance', { by });
  return change.by > 0 ? t('headquarters.rose', { by }) : t('headquarters.fell', { by });
}

/** One theme: its months, and the customers' sentences with the words that carry it marked. */
function Close({ view, theme, name, followed, changed }: { view: View; theme: string; name: string; followed: boolean; changed: () => void }) {
  const query = queryOf(view), side = (view.query.get('side') ?? '') as '' | 'positive' | 'negative';
  const { compare: _, from: __, to: ___, ...year } = query;  // the course needs more months than the question
  const months = useLoad((signal) => get('/api/v1/themes/{theme}/months', { path: { theme }, query: year, signal }), [theme, JSON.stringify(year)]);
  const words = usePages<Said>(async (after) => {
    const page = await get('/api/v1/themes/{theme}/words', { path: { theme }, query: { branch: query.branch, side: side || undefined, after, limit: 10 } });
    return [page.words, page.next];
  }, [theme, query.branch, side]);
  const follow = async () => {
    const where = { path: { theme }, query: { branch: branchOf(view) } };
    await (followed ? del('/api/v1/themes/{theme}/follow', where) : put('/api/v1/themes/{theme}/follow', undefined, where));
    changed();
  };
  return (
    <section class="theme-close" aria-labelledby="theme-name">
      <h3 id="theme-name">{name}</h3>
      <p class="facts small"><a href={link(view, { query: { theme: undefined, side: undefined } })}>{t('headquarters.all_themes')}</a>
        <button type="button" class="quiet small" aria-pressed={followed} onClick={() => void follow()}>{followed ? t('headquarters.follow_end') : t('headquarters.follow')}</button></p>
      <Shown of={months} lines={4}>{(data) => (
        <Figure title={t('headquarters.theme_course')} rows={data.months} id={(one) => one.month} link={link(view)} columns={[
          { key: 'month', name: t('headquarters.by_month'), cell: (one) => date(one.month, 'month'), by: (one) => one.month, text: true },
          { key: 'mentions', name: t('headquarters.mentions'), cell: (one) => number(one.mentions), by: (one) => one.mentions },
          { key: 'positive', name: t('headquarters.theme_good'), cell: (one) => number(one.positive), by: (one) => one.positive },
          { key: 'negative', name: t('headquarters.theme_bad'), cell: (one) => number(one.negative), by: (one) => one.negative },
          { key: 'reviews', name: t('headquarters.volume'), cell: (one) => number(one.reviews), by: (one) => one.reviews },
        ]}>
          <Trend from={0} to={1} format={(value) => percent(value)} says={t('headquarters.theme_course')}
            points={data.months.map((one) => ({ label: date(one.month, 'month'), value: one.positive + one.negative === 0 ? null : one.positive / (one.positive + one.negative), count: one.mentions }))} />
        </Figure>
      )}</Shown>
      <Choice label={t('headquarters.theme_side')} options={[['', t('headquarters.all_services')], ['negative', t('headquarters.theme_bad')], ['positive', t('headquarters.theme_good')]]} value={side} onPick={(one) => ask({ side: one || undefined })} />
      {words.error && <Failure problem={words.error} retry={words.reload} />}
      {words.items.length === 0 && !words.loading && !words.error && <Empty title={t('headquarters.no_words')} />}
      <ol class="sentences" aria-busy={words.loading} aria-label={name}>
        {words.items.map((one) => (
          <li key={`${one.review} ${one.start}`}>
            <p class="facts"><Stars of={one.rating} /><span>{date(one.published_at)}</span><Lang of={one.lang} /></p>
            <Voice text={one.body} lang={one.lang} marks={[{ start: one.start, end: one.end, title: name }]} />
            <p class="facts"><a href={to('reviews', one.review)}>{t('headquarters.open_review')}</a></p>
          </li>
        ))}
      </ol>
      {!words.done && <p class="more"><button type="button" class="quiet" disabled={words.loading} onClick={() => void words.more()}>{t('shell.more')}</button></p>}
    </section>
  );
}

/** Followed themes, first on the screen: the last four weeks beside the four before. */
function FollowedThemes({ view, followed }: { view: View; followed: Answer<'/api/v1/followed-themes'>['followed'] }) {
  if (followed.length === 0) return null;
  return (
    <>
      <h3>{t('headquarters.followed')}</h3>
      <ul class="theme-moves">{followed.map((one) => (
        <li key={`${one.theme} ${one.branch}`}><a href={link(view, { chain: one.branch === branchOf({ ...view, chain: [] }) ? [] : [one.branch], query: { theme: one.theme, side: undefined } })}>
          <span class="moved-name">{one.name}<small class="soft moved-kind">{branchName(one.branch)}</small></span><span class="moved-figures">{t('headquarters.followed_counts', { now: one.now.reviews, before: one.before.reviews })}</span>
          <span class="small">{t('headquarters.followed_bad', { now: one.now.negative, before: one.before.negative })}</span></a></li>
      ))}</ul>
    </>
  );
}

export function ThemesOf({ view }: { view: View }) {
  const follows = useLoad((signal) => get('/api/v1/followed-themes', { query: { language: language() }, signal }), []);
  const followed = follows.data?.followed ?? [];
  const query = queryOf(view);
  const themes = useLoad((signal) => get('/api/v1/themes', { query, signal }), [JSON.stringify(query)]);
  const theme = view.query.get('theme');
  return (
    <Shown of={themes} lines={6}>{(data) => {
      const href = (one: Theme) => (may('reviews.read') ? link(view, { query: { theme: one.theme, side: undefined } }) : undefined);
      const columns = [
        { key: 'name', name: t('headquarters.theme'), cell: (one: Theme) => { const at = href(one); return at ? <a href={at}>{one.name}</a> : one.name; }, by: (one: Theme) => one.name, text: true },
        { key: 'reviews', name: t('headquarters.mentions'), cell: (one: Theme) => number(one.reviews), by: (one: Theme) => one.reviews },
        { key: 'share', name: t('headquarters.theme_share'), cell: (one: Theme) => share(one.share_positive), by: (one: Theme) => one.share_positive },
        { key: 'interval', name: t('headquarters.interval'), cell: (one: Theme) => (one.interval ? `${share(one.interval[0])} – ${share(one.interval[1])}` : '–') },
        ...(data.compared_with ? [
          { key: 'before', name: t('headquarters.before'), cell: (one: Theme) => share(one.before?.share_positive), by: (one: Theme) => one.before?.share_positive },
          { key: 'change', name: t('headquarters.change'), cell: (one: Theme) => moved(one.change), by: (one: Theme) => one.change?.by },
        ] : []),
      ];
      const changed = data.themes.filter((one) => one.change?.beyond_chance);
      const open = data.themes.find((one) => one.theme === theme);
      return (
        <section class="board-part themes">
          <FollowedThemes view={view} followed={followed} />
          <Figure title={t('headquarters.themes')} note={<>{t('headquarters.themes_note', { n: data.reviews })}{!data.reading.done && data.reading.of > 0 && <> {t('headquarters.themes_reading', { read: data.reading.read, of: data.reading.of })}</>}</>}
            columns={columns} rows={data.themes} id={(one) => one.theme} link={link(view)}>
            {data.themes.length === 0 ? <p class="soft">{t('headquarters.no_themes')}</p> : (
              <DotPlot label={t('headquarters.theme_share')} from={0} to={1} format={(value) => percent(value)}
                dots={data.themes.slice(0, shown).map((one) => ({ name: one.name, value: one.share_positive, low: one.interval?.[0], high: one.interval?.[1], count: one.reviews, href: href(one), marked: one.theme === theme, note: one.change?.beyond_chance ? (one.change.by > 0 ? '▲' : '▼') : undefined }))} />
            )}
          </Figure>
          {data.compared_with && data.themes.length > 0 && (changed.length === 0 ? <p class="soft small">{t('headquarters.themes_still')}</p> : (
            <ul class="theme-moves">
              {changed.map((one) => {
                const inside = <><span class="moved-name">{one.name}</span><span class="moved-figures">{share(one.before?.share_positive)} → {share(one.share_positive)}</span><span class={one.change!.by < 0 ? 'small verdict alarm' : 'small verdict good'}>{moved(one.change)}</span></>;
                const at = href(one);
                return <li key={one.theme}>{at ? <a href={at}>{inside}</a> : <span>{inside}</span>}</li>;
              })}
            </ul>
          ))}
          <NewThemes view={view} changed={() => void themes.reload()} />
          {theme && may('reviews.read') && <Close key={theme} view={view} theme={theme} name={open?.name ?? theme} followed={followed.some((one) => one.theme === theme && one.branch === branchOf(view))} changed={() => void follows.reload()} />}
        </section>
      );
    }}</Shown>
  );
}
