// One thing to decide, whole: the words with what the detectors marked, what was reported or contested, the reasons with the public
// rule, and the decision. A second moderator first forms an opinion of his own: the first one's is folded away.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Kbd, Lang, TimeLeft, Voice, type Mark } from '../../parts/ink.tsx';
import { Check, Textarea } from '../../parts/form.tsx';
import { useKeys } from '../../shell/keys.ts';
import { guard } from '../../shell/router.ts';
import { ago, coded, date, languageName, t } from '../../shell/words.ts';
import type { Whole } from './moderation.tsx';
import { decide, type Pending, type Verdict } from './pending.ts';

export const reasons = ['insult', 'hate', 'threat', 'obscene', 'name', 'personal_data', 'link', 'spam', 'illegal', 'unrelated', 'not_lived', 'conflict_of_interest', 'language'] as const;
const keyOf = (at: number) => (at < 9 ? String(at + 1) : ['0', 'n', 'c', 'i'][at - 9]!);
const letters: Record<string, string> = { publish: 'p', refuse: 'r', rephrase: 'w', keep: 'p', remove: 'r', uphold: 'h', overturn: 'o' };
// Which decisions name a reason of the public list, and which tell somebody why.
const withReason = ['refuse', 'rephrase', 'remove'];
const explained = (whole: Whole, decision: string) => whole.kind === 'notice' || whole.kind === 'complaint' || decision === 'rephrase' || decision === 'refuse';

const path = { review: '', reply: 'replies/', notice: 'notices/', complaint: 'complaints/' } as Record<string, string>;

const marksOf = (whole: Whole, field: string): Mark[] => whole.findings.filter((one) => one.field === field && one.end > one.start).map((one) => ({ start: one.start, end: one.end, title: coded('code.reason_', one.reason) }));

export function Decide({ whole, onDecided, mayDecide }: { whole: Whole; onDecided: (decided: Pending) => void; reload: () => void; mayDecide: boolean }) {
  const found = [...new Set(whole.findings.map((one) => one.reason))];
  const [reason, setReason] = useState<string>(found.length === 1 && reasons.includes(found[0] as never) ? found[0]! : '');
  const [decision, setDecision] = useState('');
  const [explanation, setExplanation] = useState('');
  const [law, setLaw] = useState('');
  const [reads, setReads] = useState(false);
  const [tick, setTick] = useState(false);
  const [missing, setMissing] = useState('');
  const [firstShown, showFirst] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const open = mayDecide && !whole.decided && !whole.barred;
  // A notifier's complaint overturned takes words down, and needs the reason for it.
  const needsReason = (what: string) => withReason.includes(what) || (what === 'overturn' && whole.complaint?.source === 'notifier');
  const needsWords = (what: string) => whole.kind === 'notice' || whole.kind === 'complaint' || what === 'rephrase';

  useEffect(() => {
    const typed = explanation.trim() !== '';
    guard(typed ? () => window.confirm(t('moderation.unsent')) : undefined);
    return () => guard(undefined);
  }, [explanation.trim() !== '']);

  const commit = (what: string) => {
    if (!open || !whole.decisions.includes(what as never)) return;
    setDecision(what);
    const lacks = whole.must_declare && !reads ? 'reads' : needsReason(what) && !reason ? 'reason' : needsWords(what) && !explanation.trim() ? 'explanation' : '';
    setMissing(lacks);
    if (lacks) {
      queueMicrotask(() => (box.current?.querySelector(lacks === 'explanation' ? 'textarea' : lacks === 'reads' ? '.declare input' : '.reasons button') as HTMLElement | null)?.focus());
      return;
    }
    guard(undefined);
    const verdict: Verdict = { decision: what };
    if (needsReason(what)) verdict.reason = reason;
    if (explanation.trim() && explained(whole, what)) verdict.explanation = explanation.trim();
    if (law.trim() && needsReason(what)) verdict.law = law.trim();
    if (reads) verdict.reads = true;
    if (tick && whole.tick === 'abuse' && what === 'refuse') verdict.abuse = true;
    if (tick && whole.tick === 'unfounded' && what === 'keep') verdict.unfounded = true;
    if (whole.about === 'review') verdict.version = whole.version;
    onDecided(decide(`${whole.about}:${whole.id}`, `/api/v1/moderation/${path[whole.about] ?? ''}${encodeURIComponent(whole.id)}/decision`, verdict, t(`moderation.done_${what as 'publish'}`)));
  };

  useKeys([
    ...whole.decisions.map((one) => ({ key: letters[one]!, says: `moderation.do_${one}` as const, does: () => commit(one) })),
    ...reasons.map((one, at) => ({ key: keyOf(at), says: `code.reason_${one}` as const, does: () => { setReason(one); setMissing(''); } })),
    { key: 'e', says: 'moderation.explanation', does: () => box.current?.querySelector('textarea')?.focus() },
    { key: 'l', says: 'moderation.key_reads', does: () => setReads(!reads) },
    ...(whole.first_opinion ? [{ key: 'v', says: 'moderation.key_first' as const, does: () => showFirst(true) }] : []),
  ]);

  const words = whole.kind === 'reply' ? t('moderation.kind_reply') : t(`moderation.kind_${whole.kind}`);
  return (
    <div class="decide" ref={box}>
      <div class="decide-head">
        <p class="facts">
          <span>{words}</span><span>{whole.subject_name}</span>{whole.service && <span>{coded('code.service_', whole.service)}</span>}
          {whole.experience_on && <span>{t('moderation.experience', { day: date(whole.experience_on) })}</span>}<span>{t('moderation.received', { when: date(whole.submitted_at, 'moment') })}</span><Lang of={whole.lang} />
        </p>
        {whole.decide_by && <TimeLeft due={whole.decide_by} from={whole.submitted_at} alarmBelow={86400} />}
      </div>
      {whole.published_overdue && <p class="note">{t('moderation.overdue')}</p>}
      {whole.lapsed && <p class="note">{t('moderation.lapsed')}</p>}
      {(whole.kind === 'notice' || whole.kind === 'complaint') && !whole.decided && <p class="note">{t(whole.kind === 'notice' ? 'moderation.stays' : 'moderation.contested')}</p>}
      {whole.review_words && <div class="answered"><h3>{t('moderation.answers')}</h3><Voice text={[whole.review_words.title, whole.review_words.body].filter(Boolean).join('\n')} lang={whole.review_words.lang} /></div>}
      {whole.reply_author && <h3>{t('moderation.reply_by', { who: whole.reply_author })}</h3>}
      <div class="decide-words">
        {whole.title && <Voice text={whole.title} lang={whole.lang} marks={marksOf(whole, 'title')} large title />}
        {whole.body && <Voice text={whole.body} lang={whole.lang} marks={marksOf(whole, 'body')} large />}
      </div>
      {whole.findings.length > 0 && (
        <ul class="findings" aria-label={t('moderation.found')}>
          {whole.findings.map((one, at) => <li key={at}><strong>{coded('code.reason_', one.reason)}</strong>{one.text && <q lang={whole.lang || undefined}>{one.text}</q>}<span class="soft">{one.field === 'proof' ? t('moderation.found_proof') : coded('moderation.field_', one.field)}</span></li>)}
        </ul>
      )}
      {whole.notice && (
        <section class="affair"><h2>{t(whole.notice.source === 'dealer' ? 'moderation.notice_dealer' : 'moderation.notice_public')}</h2>
          <p class="soft">{coded('code.reason_', whole.notice.reason)}, {ago(whole.notice.at)}</p><p class="said">{whole.notice.explanation}</p>
          {whole.notice.answer && <><h3>{t('moderation.decision_before')}</h3><p class="said">{whole.notice.answer}</p></>}
        </section>
      )}
      {whole.statement && <section class="affair"><h2>{t('moderation.decision_before')}</h2><p class="soft">{coded('code.reason_', whole.statement.reason)}, {date(whole.statement.at)}</p><p class="said">{whole.statement.explanation}</p></section>}
      {whole.complaint && <section class="affair"><h2>{t(whole.complaint.source === 'author' ? 'moderation.complaint_author' : 'moderation.complaint_notifier')}</h2><p class="said">{whole.complaint.explanation}</p></section>}
      {whole.first_opinion && !whole.barred && (
        <section class="affair"><h2>{t('moderation.second', { who: whole.first_opinion.moderator })}</h2>
          {firstShown ? <><p>{t('moderation.second_view', { reason: coded('code.reason_', whole.first_opinion.reason) })}</p><p class="said">{whole.first_opinion.explanation}</p></>
            : <p>{t('moderation.second_own')} <button type="button" class="link" onClick={() => showFirst(true)}>{t('moderation.key_first')} <Kbd>v</Kbd></button></p>}
        </section>
      )}
      {whole.decided && <p class="note">{t('moderation.already', { what: coded('code.state_', whole.decided) })}</p>}
      {whole.barred && <p class="note">{coded('moderation.why_', whole.barred)}</p>}
      {open && (
        <>
          {(whole.decisions.some(needsReason)) && (
            <fieldset class="reasons" aria-invalid={missing === 'reason'}>
              <legend>{t('moderation.reason')}</legend>
              <div class="reasons-list">{reasons.map((one, at) => <button key={one} type="button" aria-pressed={reason === one} class={found.includes(one) ? 'found' : ''} onClick={() => { setReason(reason === one ? '' : one); setMissing(''); }}><Kbd>{keyOf(at)}</Kbd> {t(`code.reason_${one}`)}</button>)}</div>
              {missing === 'reason' && <p class="error" role="alert">{t('moderation.reason_missing')}</p>}
              <p class="rule" role="status">{reason ? t(`code.rule_${reason as 'insult'}`) : t('moderation.rule_none')}</p>
            </fieldset>
          )}
          {whole.must_declare && (
            <div class="declare"><p class="note">{t('moderation.not_yours', { language: languageName(whole.lang) })}</p>
              <Check label={t('moderation.reads', { language: languageName(whole.lang) })} checked={reads} onChange={(event) => { setReads(event.currentTarget.checked); setMissing(''); }} />
              {missing === 'reads' && <p class="error" role="alert">{t('moderation.reads_missing')}</p>}
            </div>
          )}
          <Textarea label={t(whole.kind === 'notice' ? 'moderation.explanation_notice' : whole.kind === 'complaint' ? 'moderation.explanation_complaint' : 'moderation.explanation')} help={t('moderation.explanation_help')}
            rows={2} value={explanation} maxLength={4000} error={missing === 'explanation' ? t('moderation.explanation_missing') : undefined}
            onInput={(event) => { setExplanation(event.currentTarget.value); if (missing === 'explanation') setMissing(''); }}
            onKeyDown={(event) => { if (event.key === 'Escape') event.currentTarget.blur(); if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit(decision || (whole.decisions[1] ?? '')); }} />
          {(reason === 'illegal' || law) && <Textarea label={t('moderation.law')} rows={1} value={law} maxLength={300} onInput={(event) => setLaw(event.currentTarget.value)} />}
          {whole.tick && <Check checked={tick} onChange={(event) => setTick(event.currentTarget.checked)} label={<>{t(whole.tick === 'abuse' ? 'moderation.tick_abuse' : 'moderation.tick_unfounded')} <span class="soft">{t('moderation.marks', { n: whole.marks })} {whole.next_effect && t(`moderation.next_${whole.next_effect}`)}</span></>} />}
          <div class="acts decide-acts">
            {whole.decisions.map((one, at) => <button key={one} type="button" class={at === 0 ? '' : 'quiet'} onClick={() => commit(one)}>{t(`moderation.do_${one}`)} <Kbd>{letters[one]!}</Kbd></button>)}
          </div>
          <p class="soft small">{t('moderation.blind')}</p>
        </>
      )}
    </div>
  );
}
