// One person's ten years: an invented one by a few facts, or a real customer by the importer's number.
import { useState } from 'preact/hooks';
import { FormProblem, Input, Select, Send, Textarea, useForm } from '../../parts/form.tsx';
import { Empty, Shown } from '../../parts/page.tsx';
import { get, post, type Answer } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { ask } from '../../shell/router.ts';
import { coded, countryName, date, number, t } from '../../shell/words.ts';

type Entry = Answer<'/api/v1/plan/preview', 'post'>['entries'][number];
const countries = ['AT', 'BE', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'GR', 'IE', 'IT', 'LU', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE'];
const energies = ['petrol', 'diesel', 'hybrid', 'plug_in', 'electric'];
const bases = ['yes', 'soft_optin', 'contract', 'legitimate_interest', 'none'];

export function Person({ query }: { query: URLSearchParams }) {
  const customer = query.get('customer') ?? '';
  return (
    <div class="plan-person">
      <section><h2>{t('plan.invented_person')}</h2><Invented /></section>
      <section><h2>{t('plan.real_person')}</h2>
        <form class="board-ask" onSubmit={(event) => { event.preventDefault(); ask({ customer: String(new FormData(event.currentTarget).get('customer') ?? '').trim() || undefined }); }}>
          <Input label={t('plan.customer')} help={t('plan.customer_help')} name="customer" defaultValue={customer} autoComplete="off" />
          <p class="acts"><button type="submit" class="quiet">{t('plan.show')}</button></p>
        </form>
        {customer && <History key={customer} customer={customer} />}
      </section>
    </div>
  );
}

function Invented() {
  const [entries, setEntries] = useState<Entry[]>();
  const { state, onSubmit } = useForm(async (form) => {
    const of = new FormData(form), text = (name: string) => String(of.get(name) ?? '').trim();
    const person = ['country', 'energy', 'use', 'order', 'consent', 'sold'].flatMap((name) => (text(name) ? [`${name}=${text(name)}`] : [])).join(',');
    const events = text('events').split('\n').map((one) => one.trim()).filter(Boolean);
    setEntries((await post('/api/v1/plan/preview', { person, events, years: 11 })).entries);
  });
  const plain = (area: string, codes: string[]) => codes.map((one) => [one, coded(area, one)] as [string, string]);
  return (
    <>
      <form onSubmit={onSubmit} class="plan-asked">
        <Select label={t('plan.country')} name="country" options={countries.map((one) => [one, countryName(one)])} />
        <Input label={t('plan.order')} name="order" type="date" error={state.errors.person} />
        <Select label={t('plan.energy')} name="energy" options={plain('plan.energy_', energies)} />
        <Select label={t('plan.use')} name="use" options={plain('plan.use_', ['new', 'used'])} />
        <Select label={t('plan.consent')} name="consent" options={plain('plan.basis_', bases)} />
        <Input label={t('plan.sold')} name="sold" type="date" />
        <Textarea label={t('plan.events')} help={t('plan.events_help')} name="events" rows={2} error={state.errors.event} />
        <FormProblem state={state} />
        <p class="acts"><Send state={state}>{t('plan.show')}</Send></p>
      </form>
      {entries && <Timeline of={entries} />}
    </>
  );
}

function Timeline({ of }: { of: Entry[] }) {
  const sent = of.filter((one) => one.kind === 'sent').length, held = of.filter((one) => one.kind === 'not_sent').length;
  const [all, setAll] = useState(false);
  const shown = all ? of : of.filter((one) => one.kind !== 'not_sent');
  return (
    <>
      <p role="status">{t('plan.n_sent', { n: sent })} · {t('plan.n_held', { n: held })}{' '}
        {held > 0 && <button type="button" class="link" aria-pressed={all} onClick={() => setAll(!all)}>{t(all ? 'plan.hide_held' : 'plan.show_held')}</button>}</p>
      <ol class="plan-line">{shown.map((one, at) => (
        <li key={at} class={one.kind}>
          <time dateTime={one.at.replace(' ', 'T')}>{date(one.at.slice(0, 10))}<small> {one.at.slice(11)}</small></time>
          {one.kind === 'event' ? <span class="plan-event">{coded('plan.anchor_', one.what)}{one.detail ? ` ${coded('plan.detail_', one.detail)}` : ''}</span>
            : one.kind === 'sent' ? <span><b>{one.name ?? one.what}</b> <span class="soft">{coded('plan.channel_', one.channel ?? '')}, {coded('plan.sender_', one.sender ?? '')}{one.variant ? `, ${one.variant}` : ''}</span>{one.subject && <q>{one.subject.replace(/\{(\w+)\}/g, "‹$1›")}</q>}</span>
              : <span class="soft">{one.name ?? one.what}: {coded('plan.outcome_', one.why ?? '')}{one.line !== null && ` (${t('plan.line', { n: one.line })}, ${(one.field ?? '').replace('.', ' ')})`}</span>}
        </li>
      ))}</ol>
    </>
  );
}

function History({ customer }: { customer: string }) {
  const past = useLoad((signal) => get('/api/v1/people/{customer}/touchpoints', { path: { customer }, query: { limit: 200 }, signal }), [customer]);
  const plan = useLoad((signal) => get('/api/v1/plan', { signal }), []);
  const name = (id: string) => plan.data?.campaigns.find((one) => one.id === id)?.name ?? id;
  return (
    <Shown of={past}>{({ touchpoints }) => (touchpoints.length === 0 ? <Empty title={t('plan.no_touchpoints')} /> : (
      <>
        <p role="status">{t('plan.n_decisions', { n: number(touchpoints.length) })}</p>
        <ol class="plan-line">{touchpoints.map((one, at) => (
          <li key={at} class={one.outcome === 'sent' ? 'sent' : 'not_sent'}>
            <time dateTime={one.decided_at}>{date(one.decided_at)}</time>
            <span><b>{name(one.campaign)}</b> <span class="soft">{coded('plan.channel_', one.channel)}{one.variant ? `, ${one.variant}` : ''}{one.vin ? `, ${one.vin}` : ''}</span><br /><span class={one.outcome === 'sent' ? '' : 'soft'}>{coded('plan.outcome_', one.outcome)}</span></span>
          </li>
        ))}</ol>
      </>
    ))}</Shown>
  );
}
