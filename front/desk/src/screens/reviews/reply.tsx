// Answering: a template by situation that leaves room for the personal sentence, advice while one writes, and what to do about
// somebody who only wants to provoke. Advice never blocks; what moderation would hold is said before.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Answer, get, post } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { useKeys } from '../../shell/keys.ts';
import { guard } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, date, t } from '../../shell/words.ts';
import { FormProblem, Select, Textarea, useForm } from '../../parts/form.tsx';
import { Kbd } from '../../parts/ink.tsx';

type Sent = NonNullable<Answer<'/api/v1/reviews/{review}/details'>['reply']>;
type Report = Answer<'/api/v1/tone-check', 'post'>;

const gone = ['refused', 'removed', 'withdrawn', 'erased'];

function Advice({ of }: { of: Report }) {
  if (of.advice.length === 0) return <p class="soft small" role="status">{t('reviews.tone_good')}</p>;
  return (
    <div role="status"><ul class="advice" aria-label={t('reviews.tone')}>
      {of.advice.map((one, at) => (
        <li key={at} class={one.held ? 'alarm' : ''}>{one.held ? t('reviews.would_hold', { why: coded('reviews.rule_', one.rule) }) : coded('reviews.rule_', one.rule)}{one.text && !one.text.startsWith('{') && <> <mark>{one.text}</mark></>}</li>
      ))}
    </ul></div>
  );
}

function Compose({ review, changed }: { review: string; changed: () => void }) {
  const help = useLoad((signal) => get('/api/v1/reviews/{review}/help', { path: { review }, signal }), [review]);
  const [body, write] = useState('');
  const [report, setReport] = useState<Report | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const field = () => box.current?.querySelector('textarea') ?? null;
  useKeys([{ key: 'r', says: 'reviews.key_reply', does: () => { field()?.scrollIntoView({ block: 'center' }); field()?.focus(); } }]);
  useEffect(() => {
    if (body.trim() === '') { setReport(undefined); guard(undefined); return undefined; }
    guard(() => confirm(t('reviews.unsent')));
    const stop = new AbortController();
    const timer = setTimeout(() => { post('/api/v1/tone-check', { review, body }, { signal: stop.signal }).then(setReport, () => {}); }, 700);
    return () => { clearTimeout(timer); stop.abort(); guard(undefined); };
  }, [body]);
  const form = useForm(async () => {
    await post('/api/v1/reviews/{review}/reply', { body }, { path: { review } });
    guard(undefined);
    write('');
    toast(t('reviews.reply_sent'));
    changed();
  });
  const choose = (id: string) => {
    const picked = help.data?.templates.find((one) => one.id === id);
    if (!picked) return;
    const before = body;
    write(picked.body);
    if (before.trim() !== '') toast(t('reviews.replaced'), { undo: () => write(before) });
    // The cursor stands where the own sentence goes.
    setTimeout(() => { const area = field(), at = picked.body.indexOf('{personal}'); if (area && at >= 0) { area.focus(); area.setSelectionRange(at, at + 10); } }, 0);
  };
  const open = /\{\w+\}/.test(body);
  const titled = (one: { situation: string; title: string | null }) => one.title ?? coded('reviews.situation_', one.situation);
  return (
    <div class="compose" ref={box}>
      {help.data?.troll && <div class="troll" role="note"><p><strong>{t('reviews.troll')}</strong></p><p>{t('reviews.troll_more')}</p></div>}
      {help.data && help.data.signals.length > 0 && <p class="facts">{help.data.signals.map((one) => <span key={one}>{coded('reviews.signal_', one)}</span>)}</p>}
      {help.data && help.data.templates.length > 0 && (
        <Select label={t('reviews.template')} value="" onChange={(event) => { choose(event.currentTarget.value); event.currentTarget.value = ''; }}
          options={[['', t('reviews.template_none')], ...help.data.templates.map((one, at): [string, string] => [one.id, at === 0 && one.situation === help.data!.situation ? t('reviews.template_fits', { name: titled(one) }) : titled(one)])]} />
      )}
      <form onSubmit={form.onSubmit}>
        <Textarea label={t('reviews.reply_text')} help={<>{t('reviews.reply_help')} <Kbd>r</Kbd></>} rows={7} maxLength={4000} value={body} onInput={(event) => write(event.currentTarget.value)} error={form.state.errors.reply ?? form.state.errors.body} />
        {open && <p class="advice-open">{t('reviews.fill_in')}</p>}
        {report && <Advice of={report} />}
        <FormProblem state={form.state} />
        <p class="acts"><button type="submit" disabled={body.trim() === '' || open} aria-disabled={form.state.sending}>{t('reviews.send')}</button></p>
      </form>
    </div>
  );
}

export function Reply({ review, state, reply, changed }: { review: string; state: string; reply: Sent | null; changed: () => void }) {
  const written = reply && (
    <div class="answered">
      <p class="facts"><span>{coded('reviews.reply_', reply.state)}</span><time datetime={reply.submitted_at}>{date(reply.published_at ?? reply.submitted_at, 'moment')}</time><span>{reply.author}</span></p>
      <p class="answer-words">{reply.body}</p>
    </div>
  );
  if (reply && reply.state !== 'refused') return written ;
  if (gone.includes(state)) return <p class="soft">{t('reviews.no_reply_any_more')}</p>;
  if (!may('reviews.answer')) return written || <p class="soft">{t('reviews.no_reply')}</p>;
  return <>{written}<Compose key={review} review={review} changed={changed} /></>;
}
