// What the plan did: letters that went, what people did then, and why others did not go.
import { Figure } from '../../parts/charts.tsx';
import { Choice } from '../../parts/form.tsx';
import { Empty, Shown } from '../../parts/page.tsx';
import { get, type Answer } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { ask } from '../../shell/router.ts';
import { coded, countryName, number, percent, t } from '../../shell/words.ts';

type Effect = Answer<'/api/v1/plan/effects'>['effects'][number];
type Decided = Answer<'/api/v1/plan/campaigns'>['figures'][number];
const spans = ['1', '3', '12', '36'] as const;
const by = ['country', 'site', 'model'] as const;

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);

/** Lines of the same campaign and variant put together, wherever their people live. */
function together(list: Effect[]): Effect[] {
  const sums = new Map<string, Effect>();
  for (const one of list) {
    const key = `${one.campaign} ${one.variant ?? ''}`;
    const sum = sums.get(key);
    if (!sum) { sums.set(key, { ...one, of: null }); continue; }
    for (const what of ['sent', 'clicked', 'clicked_by_programs', 'measured', 'opened', 'opened_by_programs', 'visits', 'reviews', 'orders'] as const) sum[what] += one[what];
  }
  return [...sums.values()];
}

export function Effects({ query }: { query: URLSearchParams }) {
  const span = spans.find((one) => one === query.get('months')) ?? '12';
  const dimension = by.find((one) => one === query.get('by')) ?? 'country';
  const picked = query.get('campaign') ?? '';
  const until = new Date(Date.now() + 86400e3), from = new Date(until);
  from.setUTCMonth(from.getUTCMonth() - Number(span));
  const asked = { from: dayOf(from), until: dayOf(until) };
  const plan = useLoad((signal) => get('/api/v1/plan', { signal }), []);
  const effects = useLoad((signal) => get('/api/v1/plan/effects', { query: { ...asked, by: dimension }, signal }), [span, dimension]);
  const decided = useLoad((signal) => get('/api/v1/plan/campaigns', { query: asked, signal }), [span]);
  const name = (id: string) => plan.data?.campaigns.find((one) => one.id === id)?.name ?? id;
  const share = (part: number, whole: number) => (whole ? `${number(part)} (${percent(part / whole)})` : number(part));
  // Opens are known of those alone who agreed to be measured, and shown as a share of them.
  const measured = effects.data?.effects.some((one) => one.measured > 0) ?? false;
  const columns = (first: { key: string; name: string; cell: (one: Effect) => string }) => [
    { ...first, by: first.cell, text: true },
    { key: 'sent', name: t('plan.sent'), cell: (one: Effect) => number(one.sent), by: (one: Effect) => one.sent },
    { key: 'clicked', name: t('plan.clicked'), cell: (one: Effect) => share(one.clicked, one.sent), by: (one: Effect) => one.clicked },
    { key: 'programs', name: t('plan.programs'), cell: (one: Effect) => share(one.clicked_by_programs, one.sent), by: (one: Effect) => one.clicked_by_programs },
    ...(measured ? [{ key: 'opened', name: t('plan.opened'), cell: (one: Effect) => (one.measured ? t('plan.opened_of', { n: share(one.opened, one.measured), of: number(one.measured) }) : '–'), by: (one: Effect) => (one.measured ? one.opened / one.measured : 0) }] : []),
    { key: 'visits', name: t('plan.visits'), cell: (one: Effect) => share(one.visits, one.sent), by: (one: Effect) => one.visits },
    { key: 'reviews', name: t('plan.reviews'), cell: (one: Effect) => share(one.reviews, one.sent), by: (one: Effect) => one.reviews },
    { key: 'orders', name: t('plan.orders'), cell: (one: Effect) => share(one.orders, one.sent), by: (one: Effect) => one.orders },
  ];
  const titled = (one: Effect) => (one.variant ? `${name(one.campaign)}, ${one.variant}` : name(one.campaign));
  return (
    <>
      <form class="board-ask" onSubmit={(event) => event.preventDefault()}>
        <Choice label={t('plan.period')} options={spans.map((one) => [one, t('plan.n_months', { n: Number(one) })])} value={span} onPick={(months) => ask({ months })} />
      </form>
      <Shown of={effects} lines={6}>{(data) => (data.effects.length === 0 ? <Empty title={t('plan.nothing_went')}>{t('plan.nothing_went_hint')}</Empty> : (
        <>
          <Figure title={t('plan.followed')} note={t('plan.followed_note')} rows={together(data.effects)} id={(one) => `${one.campaign} ${one.variant ?? ''}`} columns={columns({ key: 'name', name: t('plan.campaign'), cell: titled })}>
            <ul class="bars" aria-label={t('plan.followed')}>{together(data.effects).sort((a, b) => b.sent - a.sent).map((one) => (
              <li key={titled(one)}><button type="button" class="plan-bar" aria-pressed={picked === one.campaign} onClick={() => ask({ campaign: picked === one.campaign ? undefined : one.campaign })}>
                <span class="bar-name">{titled(one)}</span>
                <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" /><rect width={one.sent ? (100 * one.clicked) / one.sent : 0} height="8" /></svg>
                <span class="bar-value">{percent(one.sent ? one.clicked / one.sent : 0)}<small> {number(one.sent)}</small></span>
              </button></li>
            ))}</ul>
          </Figure>
          {picked && (
            <section class="board-part"><h2>{name(picked)}</h2>
              <Choice label={t('plan.by')} options={by.map((one) => [one, coded('plan.by_', one)])} value={dimension} onPick={(one) => ask({ by: one })} />
              <Figure title={coded('plan.by_', dimension)} rows={data.effects.filter((one) => one.campaign === picked)} id={(one) => `${one.of ?? ''} ${one.variant ?? ''}`} columns={columns({ key: 'of', name: coded('plan.by_', dimension), cell: (one) => [dimension === 'country' && one.of ? countryName(one.of) : one.of ?? '–', one.variant].filter(Boolean).join(', ') })}>
                <span />
              </Figure>
            </section>
          )}
        </>
      ))}</Shown>
      <Shown of={decided}>{(data) => <Why of={data.figures} name={name} />}</Shown>
    </>
  );
}

// By campaign, how often each outcome: what went, and what held the others back.
function Why({ of, name }: { of: Decided[]; name: (id: string) => string }) {
  const sums = new Map<string, Map<string, number>>();
  for (const one of of) {
    const line = sums.get(one.campaign) ?? new Map<string, number>();
    line.set(one.outcome, (line.get(one.outcome) ?? 0) + one.count);
    sums.set(one.campaign, line);
  }
  const rows = [...sums].map(([id, line]) => ({ id, all: [...line.values()].reduce((sum, one) => sum + one, 0), sent: line.get('sent') ?? 0, others: [...line].filter(([outcome]) => outcome !== 'sent').sort((a, b) => b[1] - a[1]) }));
  if (rows.length === 0) return null;
  return (
    <Figure title={t('plan.decided')} note={t('plan.decided_note')} rows={rows} id={(one) => one.id} columns={[
      { key: 'name', name: t('plan.campaign'), cell: (one) => name(one.id), by: (one) => name(one.id), text: true },
      { key: 'all', name: t('plan.decisions'), cell: (one) => number(one.all), by: (one) => one.all },
      { key: 'sent', name: t('plan.sent'), cell: (one) => number(one.sent), by: (one) => one.sent },
      { key: 'others', name: t('plan.not_sent'), cell: (one) => one.others.map(([why, count]) => `${coded('plan.outcome_', why)} ${number(count)}`).join(', ') || '–', text: true },
    ]}>
      <ul class="bars" aria-label={t('plan.decided')}>{rows.map((one) => (
        <li key={one.id}><span><span class="bar-name">{name(one.id)}</span>
          <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" /><rect width={(100 * one.sent) / Math.max(1, one.all)} height="8" /></svg>
          <span class="bar-value">{number(one.sent)}<small> / {number(one.all)}</small></span></span></li>
      ))}</ul>
    </Figure>
  );
}
