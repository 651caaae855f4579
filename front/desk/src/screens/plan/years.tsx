// Ten years at a glance: invented lives under the plan that holds (or another one), by month since the order.
import { Figure } from '../../parts/charts.tsx';
import { Shown } from '../../parts/page.tsx';
import { get, post, type Answer } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { to } from '../../shell/router.ts';
import { coded, date, number, percent, t } from '../../shell/words.ts';
import { channelNames, purposes, trigger, type Campaign } from './said.ts';

type Plan = Answer<'/api/v1/plan'>;
export type Simulated = Answer<'/api/v1/plan/simulate', 'post'>;
type Line = Simulated['campaigns'][number];

/** Eleven years, so that the tenth service is seen; the same invented people each time. */
export const simulate = (plan: string | undefined, signal?: AbortSignal) => post('/api/v1/plan/simulate', { ...(plan === undefined ? {} : { plan }), vehicles: 4000, years: 11, cohort: true }, { signal });

export function Years() {
  const plan = useLoad((signal) => get('/api/v1/plan', { signal }), []);
  const lives = useLoad((signal) => simulate(undefined, signal), []);
  return (
    <>
      <Shown of={plan}>{(data) => <Holds of={data} />}</Shown>
      <Shown of={lives} lines={8}>{(data) => <Told of={data} campaigns={plan.data?.campaigns ?? []} />}</Shown>
    </>
  );
}

export function Holds({ of }: { of: Plan }) {
  return (
    <p class="plan-holds">
      {of.published ? t('plan.holds', { version: of.version, from: date(of.published.from ?? '', 'full'), who: of.published.published_by.replace(/^staff:/, '') }) : t('plan.packaged', { version: of.version })}
      {' '}<a href={to('plan', 'versions')}>{t('plan.versions')}</a>
    </p>
  );
}

export function Told({ of, campaigns }: { of: Simulated; campaigns: Campaign[] }) {
  const known = new Map(campaigns.map((one) => [one.id, one]));
  const name = (id: string) => known.get(id)?.name ?? id;
  const each = (count: number) => number((100 * count) / Math.max(1, of.vehicles), 1);
  return (
    <>
      <dl class="key-figures">
        <div class="key-figure"><dt>{t('plan.campaigns')}</dt><dd class="key-value">{number(of.campaigns.length)}</dd></div>
        <div class="key-figure"><dt>{t('plan.a_year')}</dt><dd class="key-value">{number(of.touchpoints / Math.max(1, of.vehicles) / of.years, 2)}</dd></div>
        <div class="key-figure"><dt>{t('plan.too_often', { n: of.too_often_at_most, days: of.too_often_days })}</dt><dd class="key-value">{percent(of.too_often / Math.max(1, of.people), 1)}</dd></div>
        <div class="key-figure"><dt>{t('plan.never')}</dt><dd class="key-value">{percent(of.never / Math.max(1, of.people), 1)}</dd></div>
      </dl>
      <p class="soft small">{t('plan.invented', { n: of.vehicles })}</p>
      <Figure title={t('plan.by_month')} note={t('plan.by_month_note')} rows={of.campaigns} id={(line) => line.id} columns={[
        { key: 'name', name: t('plan.campaign'), cell: (line) => line.name, by: (line) => line.name, text: true },
        { key: 'purpose', name: t('plan.purpose'), cell: (line) => coded('plan.purpose_', line.purpose), by: (line) => line.purpose, text: true },
        { key: 'when', name: t('plan.when'), cell: (line) => { const one = known.get(line.id); return one ? trigger(one.trigger, name) : '–'; }, text: true },
        { key: 'channel', name: t('plan.channel'), cell: (line) => channelNames(known.get(line.id)?.channels ?? []), text: true },
        { key: 'sent', name: t('plan.sent_100'), cell: (line) => each(line.sent), by: (line) => line.sent },
        { key: 'not', name: t('plan.not_sent'), cell: (line) => line.not_sent.slice().sort((a, b) => b.count - a.count).slice(0, 2).map((one) => `${coded('plan.outcome_', one.why)} ${each(one.count)}`).join(', ') || '–', text: true },
      ]}>
        <Picture of={of} />
      </Figure>
      {of.overlaps.length > 0 && (
        <details class="plan-overlaps"><summary>{t('plan.overlaps')}</summary>
          <ul>{of.overlaps.slice().sort((a, b) => b.count - a.count).slice(0, 12).map((one) => <li key={one.first + one.second}>{t('plan.overlap', { first: name(one.first), second: name(one.second) })} <span class="soft">{each(one.count)}</span></li>)}</ul>
        </details>
      )}
    </>
  );
}

// One row a campaign, one cell a month; the shade is how much of the campaign falls into the month. The purpose stands in the name's mark and
// in the table: nothing is told by colour alone.
function Picture({ of }: { of: Simulated }) {
  const row = 18, cell = 100 / (of.years * 12);
  const strength = (line: Line, month: number) => Math.sqrt((line.by_month[month] ?? 0) / Math.max(1, ...line.by_month));
  return (
    <div class="plan-years" role="img" aria-label={t('plan.by_month')}>
      <p class="plan-legend">{purposes.map((one) => <span key={one}><svg width="10" height="10" aria-hidden="true"><rect class={`p-${one}`} width="10" height="10" /></svg> {coded('plan.purpose_', one)}</span>)}</p>
      <ol>
        {of.campaigns.map((line) => (
          <li key={line.id}>
            <span class="plan-name">{line.name}</span>
            <svg height={row} width="100%" aria-hidden="true">
              {Array.from({ length: of.years }, (_, year) => <line key={year} class="grid" x1={`${(year / of.years) * 100}%`} x2={`${(year / of.years) * 100}%`} y1="0" y2={row} />)}
              {line.by_month.map((count, month) => (count > 0 && strength(line, month) > 0.04 ? <rect key={month} class={`p-${line.purpose}`} x={`${(month * cell).toFixed(3)}%`} width={`${(cell * 0.85).toFixed(3)}%`} y="3" height={row - 6} fill-opacity={Math.min(1, 0.3 + 0.7 * strength(line, month)).toFixed(2)} /> : null))}
            </svg>
            <span class="bar-value">{number(Math.round((100 * line.sent) / Math.max(1, of.vehicles)))}</span>
          </li>
        ))}
        <li class="plan-axis" aria-hidden="true"><span class="plan-name soft">{t('plan.since_order')}</span>
          <svg height={row} width="100%">{Array.from({ length: of.years }, (_, year) => <text key={year} x={`${(year / of.years) * 100}%`} y="13">{year}</text>)}</svg><span /></li>
      </ol>
    </div>
  );
}
