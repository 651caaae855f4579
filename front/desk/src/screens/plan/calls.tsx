// Calls the plan wants made, longest due first: whom, with which words, at which hours, and what came of it.
import { useState } from 'preact/hooks';
import { Choice, FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { Empty, Waiting } from '../../parts/page.tsx';
import { get, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { usePages } from '../../shell/load.ts';
import { coded, language, listing, t } from '../../shell/words.ts';

type Call = Answer<'/api/v1/plan/calls'>['calls'][number];
const outcomes = ['reached', 'not_reached', 'call_back', 'do_not_call'] as const;
type Outcome = (typeof outcomes)[number];

// The first of January 2024 was a Monday.
const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const weekday = (name: string) => new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + week.indexOf(name)));

export function Calls() {
  const calls = usePages<Call>(async (after, signal) => {
    const page = await get('/api/v1/plan/calls', { query: { limit: 50, after }, signal });
    return [page.calls, page.next];
  }, []);
  if (calls.error) return <p class="error" role="alert">{sentenceOf(calls.error)}</p>;
  if (calls.items.length === 0 && calls.loading) return <Waiting />;
  if (calls.items.length === 0 && calls.done) return <Empty title={t('plan.call_none')}>{t('plan.call_none_hint')}</Empty>;
  return (
    <>
      <ol class="plan-list plan-calls">{calls.items.map((one) => <li key={one.id}><One of={one} onDone={() => calls.change((items) => items.filter((each) => each.id !== one.id))} /></li>)}</ol>
      {!calls.done && <p class="acts"><button type="button" class="quiet" onClick={() => void calls.more()}>{t('plan.call_more')}</button></p>}
    </>
  );
}

function One({ of, onDone }: { of: Call; onDone: () => void }) {
  const [outcome, setOutcome] = useState<Outcome>('reached');
  const { state, onSubmit } = useForm(async (form) => {
    const when = String(new FormData(form).get('when') ?? '');
    await post('/api/v1/plan/calls/{plan_call}/outcome', outcome === 'call_back' ? { outcome, call_back_at: when ? new Date(when).toISOString().replace(/\.\d+/, '') : '' } : { outcome }, { path: { plan_call: of.id } });
    onDone();
  });
  const { timezone, from, to, not_on } = of.best_hours;
  const zone = timezone.replace(/^.*\//, '').replace(/_/g, ' ');
  return (
    <article aria-label={of.name ?? of.phone}>
      <h2>{of.name ?? of.phone}</h2>
      <p class="facts">
        <span><a href={`tel:${of.phone}`}>{of.phone}</a></span>
        <span>{from === to ? t('plan.call_any_hour', { zone }) : t('plan.call_hours', { from, to, zone })}{not_on.length > 0 && `, ${t('plan.call_not_on', { days: listing(not_on.map(weekday)) })}`}</span>
        {(of.vehicle.model || of.vehicle.vin) && <span>{[of.vehicle.model, of.vehicle.vin].filter(Boolean).join(', ')}</span>}
        {of.vehicle.dealer && <span>{of.vehicle.dealer}</span>}
        {of.tries > 0 && <span>{t('plan.call_tries', { n: of.tries })}{of.last_outcome && `: ${coded('plan.call_', of.last_outcome)}`}</span>}
      </p>
      <p lang={of.language}><b>{of.subject}</b></p>
      <p class="plan-script voice" lang={of.language}>{of.script.trim()}</p>
      <form onSubmit={onSubmit}>
        <Choice label={t('plan.call_outcome')} options={outcomes.map((one) => [one, coded('plan.call_', one)])} value={outcome} onPick={(one) => setOutcome(one as Outcome)} />
        {outcome === 'call_back' && <Input label={t('plan.call_when')} type="datetime-local" name="when" required error={state.errors.call_back_at} />}
        {outcome === 'do_not_call' && <p class="help">{t('plan.call_for_good')}</p>}
        <FormProblem state={state} />
        <p class="acts"><Send state={state}>{t('plan.call_keep')}</Send></p>
      </form>
    </article>
  );
}
