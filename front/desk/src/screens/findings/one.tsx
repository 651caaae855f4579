// One finding whole: the words behind it, the people asked, what they say, and its end.
import { useSignal } from '@preact/signals';
import { confirm } from '../../parts/dialog.tsx';
import { Check, FormProblem, Send, Textarea, useForm } from '../../parts/form.tsx';
import { Lang, Stars, Voice } from '../../parts/ink.tsx';
import { Shown } from '../../parts/page.tsx';
import { del, get, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { useLive } from '../../shell/live.ts';
import { useLoad } from '../../shell/load.ts';
import { go, to } from '../../shell/router.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, date, languageName, languages, number, t } from '../../shell/words.ts';
import { branchName } from '../headquarters/ask.ts';
import { Write } from './write.tsx';

export type Finding = Answer<'/api/v1/findings'>['findings'][number];
export type View = Answer<'/api/v1/findings/{finding}'>;
/** A country's name is the reader's, every other its own. */
export const aboutName = (one: { about: string; about_name: string }) => (one.about === '*' || one.about.startsWith('country:') ? branchName(one.about) : one.about_name);
type Letters = NonNullable<View['letters']>;

export function One({ id, changed }: { id: string; changed: () => void }) {
  const view = useLoad((signal) => get('/api/v1/findings/{finding}', { path: { finding: id }, signal }), [id]);
  useLive(/^finding\./, (event) => { if (event.ref === id) void view.reload(); });
  const take = (next: View) => { view.set(next); changed(); };
  return <Shown of={view}>{(data) => <Whole of={data} take={take} changed={changed} />}</Shown>;
}

function Whole({ of, take, changed }: { of: View; take: (view: View) => void; changed: () => void }) {
  const { finding } = of;
  const part = useSignal<'' | 'write' | 'send' | 'close'>('');
  const mine = of.recipients.find((one) => one.self);
  const open = finding.state !== 'closed';
  if (part.value === 'write') return <Write of={of} reviews={of.reviews.map((one) => one.id)} done={changed} stop={(next) => { part.value = ''; if (next) take(next); }} />;
  const reopen = async () => {
    try { take(await post('/api/v1/findings/{finding}/reopen', {}, { path: { finding: finding.id } })); } catch (error) { toast(sentenceOf(error), { alarm: true }); }
  };
  const drop = async () => {
    try {
      take(await post('/api/v1/findings/{finding}/close', { outcome: 'dropped' }, { path: { finding: finding.id } }));
      toast(t('findings.dropped'), { undo: () => { void reopen(); } });
    } catch (error) { toast(sentenceOf(error), { alarm: true }); }
  };
  const discard = async () => {
    if (!await confirm(t('findings.discard_sure'), t('findings.discard'))) return;
    try { await del('/api/v1/findings/{finding}', { path: { finding: finding.id } }); changed(); go(to('findings'), true); } catch (error) { toast(sentenceOf(error), { alarm: true }); }
  };
  return (
    <article class="finding">
      <a class="back" href={to('findings')}>← {t('shell.back')}</a>
      <h2>{finding.title}</h2>
      <p class="facts"><span>{aboutName(finding)}</span><span>{coded('findings.state_', finding.outcome ?? finding.state)}</span><span>{finding.author}</span><span>{date(finding.created_at)}</span></p>
      <p class="finding-text">{finding.text}</p>
      {finding.manages && open && part.value === '' && (
        <p class="acts">
          <button type="button" onClick={() => { part.value = 'send'; }}>{t('findings.send')}</button>{' '}
          <button type="button" class="quiet" onClick={() => { part.value = 'close'; }}>{t('findings.we_changed')}</button>{' '}
          <button type="button" class="quiet" onClick={() => { part.value = 'write'; }}>{t('findings.rewrite')}</button>{' '}
          {finding.state === 'draft' ? <button type="button" class="quiet" onClick={() => void discard()}>{t('findings.discard')}</button> : <button type="button" class="quiet" onClick={() => void drop()}>{t('findings.drop')}</button>}
        </p>
      )}
      {finding.manages && finding.outcome === 'dropped' && <p class="acts"><button type="button" class="quiet" onClick={() => void reopen()}>{t('findings.reopen')}</button></p>}
      {part.value === 'send' && <SendTo of={of} done={(next) => { part.value = ''; if (next) take(next); }} />}
      {part.value === 'close' && <Close of={of} done={(next) => { part.value = ''; if (next) take(next); }} />}
      {mine && open && <Reply of={of} mine={mine} take={take} />}
      {of.recipients.length > 0 && !(of.recipients.length === 1 && mine) && (
        <section>
          <h3>{t('findings.people')}</h3>
          <ul class="finding-people">
            {of.recipients.map((one) => (
              <li key={one.person}>
                <p><b>{one.name}</b> <span class="soft">{coded('shell.role_', one.role)}, {branchName(one.branch)}</span></p>
                <p class="soft small">{one.answered_at ? t('findings.answered_on', { day: date(one.answered_at) }) : one.seen_at ? t('findings.seen_on', { day: date(one.seen_at) }) : t('findings.sent_on', { day: date(one.sent_at) })}</p>
                {one.answer && <p class="said">{one.answer}</p>}
                {one.changed && <p class="said"><b>{t('findings.they_changed')}</b> {one.changed}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {of.letters && (
        <section>
          <h3>{t('findings.customers')}</h3>
          {Object.entries(of.words).map(([language, words]) => <div key={language}><p class="soft small">{languageName(language)}</p><Voice text={words} lang={language} /></div>)}
          <Told of={of.letters} />
        </section>
      )}
      <section>
        <h3>{t('findings.behind')} <span class="soft">{number(finding.reviews)}</span></h3>
        <ol class="sentences">
          {of.reviews.map((one) => (
            <li key={one.id}>
              <p class="facts"><Stars of={one.rating} /><span>{one.subject_name}</span><span>{date(one.published_at)}</span><Lang of={one.lang} /></p>
              {one.title && <Voice title text={one.title} lang={one.lang} />}
              <Voice text={one.body} lang={one.lang} />
              <p class="facts"><a href={to('reviews', one.id)}>{t('headquarters.open_review')}</a></p>
            </li>
          ))}
        </ol>
        {of.reviews.length < finding.reviews && <p class="soft small">{t('findings.beside', { n: finding.reviews - of.reviews.length })}</p>}
      </section>
      {of.history.length > 0 && (
        <details><summary>{t('findings.history')}</summary>
          <ol class="finding-history">{of.history.map((step, at) => <li key={at}><time datetime={step.at}>{date(step.at, 'full')}</time> {coded('findings.step_', step.step)}{step.detail && <span class="soft"> {coded('findings.state_', step.detail)}</span>} <span class="soft">{step.by.replace(/^staff:/, '')}</span></li>)}</ol>
        </details>
      )}
    </article>
  );
}

function Told({ of }: { of: Letters }) {
  return (
    <>
      <p><b>{t('findings.told', { n: of.told })}</b></p>
      {of.held_back.length > 0 && <ul class="held">{of.held_back.map((one) => <li key={one.reason}><span class="held-count">{number(one.count)}</span> {coded('findings.held_', one.reason)}</li>)}</ul>}
      {of.languages_missing.length > 0 && <p class="soft small">{t('findings.missing')} {of.languages_missing.map((one) => `${languageName(one.language)} (${number(one.count)})`).join(', ')}</p>}
    </>
  );
}

function SendTo({ of, done }: { of: View; done: (view?: View) => void }) {
  const id = of.finding.id;
  const wanted = useSignal(''), chosen = useSignal<number[]>([]);
  const people = useLoad(async (signal) => {
    const all = [];
    for (let after: string | undefined, round = 0; round < 10; round++) {
      const page = await get('/api/v1/findings/{finding}/people', { path: { finding: id }, query: { limit: 200, ...(after ? { after } : {}) }, signal });
      all.push(...page.people);
      if (!page.next) break;
      after = page.next;
    }
    const known = new Set(of.recipients.map((one) => one.person));
    return all.filter((one) => !known.has(one.person));
  }, [id]);
  const { state, onSubmit } = useForm(async () => {
    const view = await post('/api/v1/findings/{finding}/recipients', { people: chosen.value }, { path: { finding: id } });
    toast(t('findings.sent_to', { n: chosen.value.length }));
    done(view);
  });
  return (
    <form onSubmit={onSubmit} class="finding-form">
      <h3>{t('findings.send')}</h3>
      <p class="soft small">{t('findings.send_help')}</p>
      <label class="pick"><span>{t('findings.filter')}</span><input type="search" value={wanted.value} onInput={(event) => { wanted.value = event.currentTarget.value; }} /></label>
      <Shown of={people}>{(all) => {
        const text = wanted.value.trim().toLowerCase();
        const shown = all.filter((one) => `${one.name} ${coded('shell.role_', one.role)} ${branchName(one.branch)}`.toLowerCase().includes(text)).slice(0, 50);
        return shown.length === 0 ? <p class="soft">{t('findings.nobody')}</p> : (
          <fieldset class="finding-choose"><legend class="hidden">{t('findings.people')}</legend>
            {shown.map((one) => <Check key={one.person} checked={chosen.value.includes(one.person)} onChange={() => { chosen.value = chosen.value.includes(one.person) ? chosen.value.filter((each) => each !== one.person) : [...chosen.value, one.person]; }}
              label={<>{one.name} <span class="soft">{coded('shell.role_', one.role)}, {branchName(one.branch)}</span></>} />)}
          </fieldset>
        );
      }}</Shown>
      <FormProblem state={state} />
      <p class="acts">{chosen.value.length > 0 && <Send state={state}>{t('findings.send_n', { n: chosen.value.length })}</Send>} <button type="button" class="quiet" onClick={() => done()}>{t('shell.cancel')}</button></p>
    </form>
  );
}

function Close({ of, done }: { of: View; done: (view?: View) => void }) {
  const id = of.finding.id;
  const said = [...new Set(of.reviews.map((one) => one.lang.slice(0, 2)).filter((one) => /^[a-z]{2}$/.test(one) && one !== 'un'))];
  const words = useSignal<Record<string, string>>(Object.fromEntries((said.length ? said : ['en']).map((one) => [one, ''])));
  const written = () => Object.fromEntries(Object.entries(words.value).filter(([, text]) => text.trim() !== ''));
  const letters = useSignal<Letters | undefined>(undefined);
  const look = async () => { try { letters.value = await post('/api/v1/findings/{finding}/audience', { words: written() }, { path: { finding: id } }); } catch (error) { toast(sentenceOf(error), { alarm: true }); } };
  const { state, onSubmit } = useForm(async () => {
    await look();
    const told = letters.value?.told ?? 0;
    if (!await confirm(t('findings.close_sure', { n: told }), t('findings.tell'), t('findings.close_warning'))) return;
    done(await post('/api/v1/findings/{finding}/close', { outcome: 'changed', words: written() }, { path: { finding: id } }));
    toast(t('findings.closed'));
  });
  const more = Object.keys(languages).filter((one) => !(one in words.value));
  return (
    <form onSubmit={onSubmit} class="finding-form">
      <h3>{t('findings.we_changed')}</h3>
      <p class="soft small">{t('findings.close_help')}</p>
      {Object.entries(words.value).map(([language, text]) => (
        <Textarea key={language} voice rows={4} maxLength={1500} lang={language} label={t('findings.words_in', { language: languageName(language) })} value={text} error={state.errors.words} onInput={(event) => { words.value = { ...words.value, [language]: event.currentTarget.value }; letters.value = undefined; }} />
      ))}
      {more.length > 0 && <label class="pick"><span>{t('findings.add_language')}</span><select value="" onChange={(event) => { if (event.currentTarget.value) words.value = { ...words.value, [event.currentTarget.value]: '' }; }}><option value="" /> {more.map((one) => <option key={one} value={one}>{languageName(one)}</option>)}</select></label>}
      <p><button type="button" class="quiet" onClick={() => void look()}>{t('findings.who_hears')}</button></p>
      <div role="status">{letters.value && <Told of={letters.value} />}</div>
      <FormProblem state={state} />
      <p class="acts"><Send state={state}>{t('findings.close_tell')}</Send> <button type="button" class="quiet" onClick={() => done()}>{t('shell.cancel')}</button></p>
    </form>
  );
}

function Reply({ of, mine, take }: { of: View; mine: View['recipients'][number]; take: (view: View) => void }) {
  const { state, onSubmit } = useForm(async (form) => {
    const fields = new FormData(form);
    take(await post('/api/v1/findings/{finding}/answer', { answer: String(fields.get('answer')), changed: String(fields.get('changed')) }, { path: { finding: of.finding.id } }));
    toast(t('findings.thanks'));
  });
  return (
    <form onSubmit={onSubmit} class="finding-form">
      <h3>{t('findings.your_answer')}</h3>
      <Textarea label={t('findings.answer')} name="answer" rows={3} maxLength={4000} defaultValue={mine.answer ?? ''} error={state.errors.answer} />
      <Textarea label={t('findings.changed')} name="changed" rows={3} maxLength={4000} defaultValue={mine.changed ?? ''} help={t('findings.changed_help')} error={state.errors.changed} />
      <FormProblem state={state} />
      <p class="acts"><Send state={state}>{t('findings.answer_send')}</Send></p>
    </form>
  );
}
