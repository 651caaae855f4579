// One case whole: the words, both clocks, the call, what comes next, why, what was done, the customer's history.
import { useEffect, useRef, useState } from 'preact/hooks';
import { address, get, newKey, post } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { useLive } from '../../shell/live.ts';
import { onSent, sendOrKeep, waiting } from '../../shell/later.ts';
import { useKeys } from '../../shell/keys.ts';
import { to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, date, duration, language, t } from '../../shell/words.ts';
import { Choice, FormProblem, Input, Select, Send, Textarea, useForm } from '../../parts/form.tsx';
import { Kbd, Lang, Stars, TimeLeft, Voice } from '../../parts/ink.tsx';
import { Shown } from '../../parts/page.tsx';
import { Reply } from '../reviews/reply.tsx';
import { type Case, know, open } from './kept.ts';

interface Act { one: Case; take: (next: Case) => void }

function Clock({ one }: { one: Case }) {
  const { clock } = one;
  const zone = one.timezone ?? undefined;
  const at = (moment: string) => date(moment, 'weekday', zone);
  const hours = clock.open === null ? t('cases.hours_unknown')
    : clock.open ? (clock.closes_at ? t('cases.open_until', { when: at(clock.closes_at) }) : t('cases.always_open'))
    : clock.opens_at ? t('cases.opens', { when: at(clock.opens_at) }) : t('cases.shut');
  return (
    <div class="case-clock">
      {one.stage === 'open' ? <TimeLeft due={one.due_at} from={one.opened_at} late={one.late} /> : <span class={one.late ? 'alarm' : ''}>{one.late ? t('cases.was_late') : t('cases.was_in_time')}</span>}
      <p class="facts">
        <span>{t('cases.call_before', { when: at(one.due_at) })}</span>
        <span>{hours}</span>
        {one.stage === 'open' && clock.open_left_seconds !== null && clock.left_seconds > 0 && <span>{t('cases.open_left', { time: duration(clock.open_left_seconds) })}</span>}
        {one.timezone && <span>{t('cases.site_time', { zone: one.timezone.replace(/^.*\//, '').replace(/_/g, ' ') })}</span>}
        {one.level > 0 && <span class="alarm">{t('cases.escalated', { n: one.level })}</span>}
      </p>
    </div>
  );
}

const outcomes = ['reached', 'not_reached', 'call_back'] as const;

/** "2026-11-28T09:00" in the reader's own time, from a moment. */
const local = (moment: Date) => new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
const nextAt = (hour: number, days: number) => { const at = new Date(); at.setDate(at.getDate() + days); at.setHours(hour, 0, 0, 0); return at; };

function When({ value, onPick, label }: { value: string; onPick: (value: string) => void; label: string }) {
  const soon = new Date(Date.now() + 3600000);
  return (
    <div class="case-when">
      <Input label={label} type="datetime-local" value={value} min={local(new Date())} onInput={(event) => onPick(event.currentTarget.value)} />
      <p class="choice">
        <button type="button" onClick={() => onPick(local(soon))}>{t('cases.in_an_hour')}</button>
        {new Date().getHours() < 16 && <button type="button" onClick={() => onPick(local(nextAt(17, 0)))}>{t('cases.today_at', { when: date(nextAt(17, 0), 'time') })}</button>}
        <button type="button" onClick={() => onPick(local(nextAt(9, 1)))}>{t('cases.tomorrow_at', { when: date(nextAt(9, 1), 'time') })}</button>
      </p>
    </div>
  );
}

function NoteCall({ one, take }: Act) {
  const [outcome, pick] = useState('');
  const [note, write] = useState('');
  const [back, setBack] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useKeys([{ key: 'c', says: 'cases.key_call', does: () => box.current?.querySelector('button')?.focus() }]);
  const url = address('/api/v1/cases/{case}/calls', { path: { case: one.id } });
  const form = useForm(async () => {
    const key = newKey();
    const body = { call: key, outcome, note, at: new Date().toISOString(), back_at: outcome === 'call_back' && back ? new Date(back).toISOString() : null };
    const answer = await sendOrKeep<Case>('post', url, body, t('cases.call_of', { who: one.customer_name }), key);
    pick('');
    write('');
    if (answer) {
      take(answer);
      toast(t('cases.noted'));
    } else {
      toast(t('cases.kept'));
    }
  });
  const kept = waiting.value.filter((each) => each.url === url);
  return (
    <div class="case-call" ref={box}>
      {kept.map((each) => <p key={each.key} class="case-kept" role="status"><strong>{t('cases.waits_for_net')}</strong> {coded('cases.outcome_', (each.body as { outcome: string }).outcome)}, {date(each.since, 'time', one.timezone ?? undefined)}{each.refused ? `: ${each.refused}` : ''}</p>)}
      <form onSubmit={form.onSubmit}>
        <p class="label" id="outcome-label">{t('cases.how_went')} <Kbd>c</Kbd></p>
        <Choice label={t('cases.how_went')} value={outcome} onPick={(next) => pick(next === outcome ? '' : next)} options={outcomes.map((code) => [code, coded('cases.outcome_', code)])} />
        {outcome && (
          <>
            {outcome === 'call_back' && <When label={t('cases.back_at')} value={back} onPick={setBack} />}
            <Textarea label={t('cases.note')} help={t('cases.note_help')} rows={2} maxLength={4000} value={note} onInput={(event) => write(event.currentTarget.value)} error={form.state.errors.note} />
            <FormProblem state={form.state} />
            <p class="acts"><Send state={form.state}>{t('cases.note_send')}</Send></p>
          </>
        )}
      </form>
    </div>
  );
}

function Plan({ one, take }: Act) {
  const [when, setWhen] = useState('');
  const form = useForm(async (box) => {
    const what = (new FormData(box).get('what') as string) ?? '';
    take(await post('/api/v1/cases/{case}/plan', { at: new Date(when).toISOString(), what }, { path: { case: one.id } }));
    toast(t('cases.planned'));
    setWhen('');
  });
  const clear = async () => { take(await post('/api/v1/cases/{case}/plan', { at: null }, { path: { case: one.id } })); };
  return (
    <>
      {one.next_at && <p>{t('cases.next_is', { when: date(one.next_at, 'weekday', one.timezone ?? undefined), what: one.next_what === 'call_back' ? t('cases.outcome_call_back') : one.next_what ?? '' })} <button type="button" class="link" onClick={() => void clear()}>{t('cases.plan_clear')}</button></p>}
      <form onSubmit={form.onSubmit}>
        <When label={t('cases.when')} value={when} onPick={setWhen} />
        <Input label={t('cases.what')} name="what" maxLength={300} />
        <FormProblem state={form.state} />
        <p class="acts"><Send state={form.state} quiet>{t('cases.plan_send')}</Send></p>
      </form>
    </>
  );
}

function HandOver({ one, take }: Act) {
  const people = useLoad((signal) => get('/api/v1/cases/{case}/people', { path: { case: one.id }, signal }), [one.id]);
  const form = useForm(async (box) => {
    const given = new FormData(box);
    const to_ = String(given.get('to') ?? '');
    take(await post('/api/v1/cases/{case}/handover', { to: to_, note: String(given.get('note') ?? '') }, { path: { case: one.id } }));
    toast(t('cases.handed', { who: to_ }));
  });
  return (
    <Shown of={people} lines={2}>
      {(all) => (
        <form onSubmit={form.onSubmit}>
          <Select label={t('cases.to_whom')} name="to" error={form.state.errors.to} options={all.people.map((who) => [who.email, `${who.name || who.email}, ${coded('shell.role_', who.role)}`])} />
          <Textarea label={t('cases.hand_note')} name="note" rows={2} maxLength={4000} />
          <FormProblem state={form.state} />
          <p class="acts"><Send state={form.state} quiet>{t('cases.hand_send')}</Send></p>
        </form>
      )}
    </Shown>
  );
}

function Closing({ one, take, changed }: Act & { changed: () => void }) {
  const causes = useLoad((signal) => get('/api/v1/root-causes', { signal }), []);
  const [satisfied, setSatisfied] = useState(one.satisfied ?? '');
  const path = { path: { case: one.id } };
  const wanted = useRef<'cause' | 'close'>('cause');
  const form = useForm(async (box) => {
    const given = new FormData(box);
    const body = { cause: String(given.get('cause') ?? ''), done: String(given.get('done') ?? ''), satisfied: satisfied as '' | 'yes' | 'no' | 'unknown' };
    if (wanted.current === 'close') {
      take(await post('/api/v1/cases/{case}/close', body, path));
      changed();
      toast(t('cases.was_closed'), { undo: () => { void post('/api/v1/cases/{case}/reopen', {}, path).then((next) => { take(next); changed(); }); } });
    } else {
      take(await post('/api/v1/cases/{case}/cause', body, path));
      toast(t('cases.saved'));
    }
    wanted.current = 'cause';
  });
  return (
    <form onSubmit={form.onSubmit}>
      <Shown of={causes} lines={1}>
        {(all) => <Select label={t('cases.cause')} name="cause" value={one.cause ?? ''} error={form.state.errors.cause} options={[['', t('cases.cause_none')], ...all.causes.filter((each) => each.active || each.key === one.cause).map((each): [string, string] => [each.key, each.labels[language()] ?? each.labels.en ?? each.key])]} />}
      </Shown>
      <Textarea label={t('cases.done')} name="done" rows={2} maxLength={4000} defaultValue={one.done ?? ''} error={form.state.errors.done} />
      <p class="label case-gap">{t('cases.satisfied')}</p>
      <Choice label={t('cases.satisfied')} value={satisfied} onPick={(next) => setSatisfied((next === satisfied ? '' : next) as typeof satisfied)} options={[['yes', t('cases.yes')], ['no', t('cases.no')], ['unknown', t('cases.unknown')]]} />
      <FormProblem state={form.state} />
      <p class="acts">
        <Send state={form.state} quiet>{t('cases.save')}</Send>
        {one.stage !== 'closed' && <button type="submit" disabled={one.calls === 0} onClick={() => { wanted.current = 'close'; }}>{t('cases.close')}</button>}
        {one.stage !== 'closed' && one.calls === 0 && <span class="soft">{t('cases.call_first')}</span>}
      </p>
    </form>
  );
}

const actorName = (actor: string) => (actor.startsWith('system') ? t('cases.by_clock') : actor.startsWith('customer') ? t('cases.by_customer') : actor.replace(/^staff:/, ''));

function History({ one }: { one: Case }) {
  const zone = one.timezone ?? undefined;
  const steps = one.steps.filter((step) => step.step !== 'call').map((step) => ({ at: step.at, what: coded('cases.step_', step.step, { n: step.detail ?? '' }), who: actorName(step.actor), more: ['planned', 'handed_over'].includes(step.step) ? step.detail ?? '' : '' }));
  const calls = one.call_list.map((call) => ({ at: call.at, what: coded('cases.outcome_', call.outcome), who: call.by, more: [call.back_at ? t('cases.back_wanted', { when: date(call.back_at, 'weekday', zone) }) : '', call.note ?? ''].filter(Boolean).join(' · ') }));
  const all = [...steps, ...calls].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <ol class="case-steps">
      {all.map((step, at) => <li key={at}><time datetime={step.at}>{date(step.at, 'moment', zone)}</time> <span>{step.what}<span class="soft">, {step.who}</span>{step.more && <span class="case-note">{step.more}</span>}</span></li>)}
    </ol>
  );
}

function Customer({ one }: { one: Case }) {
  return (
    <>
      {one.visits.length > 0 && (
        <section><h2>{t('cases.visits')}</h2>
          <ul class="case-visits">{one.visits.map((visit, at) => <li key={at}><time>{date(visit.occurred_on)}</time> <span>{coded('cases.kind_', visit.kind)}{visit.product_name ? `, ${visit.product_name}` : ''}<span class="soft">, {visit.site_name}{visit.this_one ? ` · ${t('cases.this_visit')}` : ''}</span></span></li>)}</ul>
        </section>
      )}
      {one.earlier.length > 0 && (
        <section><h2>{t('cases.earlier')}</h2>
          <ul class="case-earlier">{one.earlier.map((other) => <li key={other.review}><a href={other.case ? to('cases', other.case) : to('reviews', other.review)}><Stars of={other.rating} /> <span class="soft">{date(other.submitted_at)}, {other.subject_name}</span><Voice text={other.title || other.excerpt} lang={other.lang ?? undefined} /></a></li>)}</ul>
        </section>
      )}
    </>
  );
}

function Survey({ of: survey }: { of: NonNullable<Case['survey']> }) {
  return (
    <section class="case-survey"><h2>{t('cases.survey')}</h2>
      {survey.state === 'answered'
        ? <><p>{t('cases.survey_answer', { first: survey.first_rating ?? 0, second: survey.rating ?? 0 })} {coded('cases.solved_', survey.solved ?? '')}</p>{survey.words && <Voice text={survey.words} />}</>
        : <p class="soft">{survey.state === 'not_asked' ? coded('cases.not_asked_', survey.reason ?? '') : coded('cases.survey_', survey.state)}</p>}
    </section>
  );
}

export function CaseDetail({ id, back, changed }: { id: string; back: string; changed: () => void }) {
  const of = useLoad((signal) => open(id, signal), [id]);
  useLive(/^(case|reply)\./, () => of.reload());
  useEffect(() => onSent((sent, answer) => { if (sent.url.includes(`/cases/${id}/`)) { if (answer) of.set(know(answer as Case)); else void of.reload(); changed(); } }), [id]);
  const take = (next: Case) => { of.set(know(next)); changed(); };
  const reopen = async (one: Case) => { take(await post('/api/v1/cases/{case}/reopen', {}, { path: { case: one.id } })); toast(t('cases.reopened')); };
  return (
    <Shown of={of} lines={7}>
      {(one) => {
        const { words, customer } = one;
        const works = may('cases.work');
        return (
          <article class="case">
            <a class="back only-phone" href={back}>← {t('cases.to_list')}</a>
            <p class="facts"><strong class="case-name">{one.customer_name || t('cases.nobody')}</strong><span>{t('cases.received', { when: date(one.opened_at, 'moment', one.timezone ?? undefined) })}</span><span>{one.site_name}</span></p>
            <p class="facts"><Stars of={one.rating} /><span>{coded('cases.why_', one.why)}</span>{words.contact_me && <strong>{t('cases.asks_call')}</strong>}<Lang of={words.lang ?? undefined} /></p>
            {words.title && <Voice text={words.title} lang={words.lang ?? undefined} large title />}
            <Voice text={words.body} lang={words.lang ?? undefined} large />
            {words.criteria.length > 0 && <p class="facts">{words.criteria.map((each) => <span key={each.code} class={each.value <= 2 ? 'alarm' : ''}>{coded('headquarters.criterion_', each.code)} {each.value}</span>)}</p>}
            <Clock one={one} />
            {customer.phone ? <p class="acts case-phone"><a class="button" href={`tel:${customer.phone.replace(/[^+\d]/g, '')}`}>{t('cases.call', { phone: customer.phone })}</a></p>
              : <p>{t('cases.no_phone')} {customer.email && <a href={`mailto:${customer.email}`}>{customer.email}</a>}</p>}
            {works && one.stage !== 'closed' && <NoteCall one={one} take={take} />}
            {one.survey && one.survey.state !== 'cancelled' && <Survey of={one.survey} />}
            {works && one.stage !== 'closed' && <details class="case-part"><summary>{t('cases.next')}{one.next_at ? `: ${date(one.next_at, 'weekday', one.timezone ?? undefined)}` : ''}</summary><Plan one={one} take={take} /></details>}
            {works && one.stage !== 'closed' && <details class="case-part"><summary>{t('cases.hand')}{one.holder ? `: ${one.holder}` : ''}</summary><HandOver one={one} take={take} /></details>}
            {works && <details class="case-part" open={one.stage !== 'open'}><summary>{t('cases.closing')}</summary><Closing key={`${one.cause} ${one.satisfied} ${one.stage}`} one={one} take={take} changed={changed} /></details>}
            {one.stage === 'closed' && works && <p class="acts"><button type="button" class="quiet" onClick={() => void reopen(one)}>{t('cases.reopen')}</button></p>}
            <section><h2>{t('reviews.reply')}</h2><Reply review={one.review} state={words.state} reply={one.reply} changed={() => void of.reload()} /></section>
            <section><h2>{t('cases.history')}</h2><History one={one} /></section>
            <Customer one={one} />
          </article>
        );
      }}
    </Shown>
  );
}
