// The plan as people write it: every mistake beside its line while one types, what it would do, and publishing it with a day.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { Check, Field, FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { Shown } from '../../parts/page.tsx';
import { Problem, get, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { go, guard, to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { date, number, t } from '../../shell/words.ts';
import { simulate, Told, type Simulated } from './years.tsx';

type Checked = Answer<'/api/v1/plan/check', 'post'>;

export function File() {
  const plan = useLoad((signal) => get('/api/v1/plan', { signal }), []);
  return <Shown of={plan} lines={8}>{(data) => <Editor key={data.published?.number ?? 0} written={data.plan} />}</Shown>;
}

function Editor({ written }: { written: string }) {
  const [text, setText] = useState(written);
  const [checked, setChecked] = useState<Checked>();
  const [problem, setProblem] = useState<Problem>();
  const [lives, setLives] = useState<Simulated>();
  const [busy, setBusy] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const changed = text !== written;
  useEffect(() => {
    guard(changed ? () => window.confirm(t('plan.unsaved')) : undefined);
    return () => guard(undefined);
  }, [changed]);
  useEffect(() => {
    const waiting = new AbortController();
    const later = setTimeout(() => {
      post('/api/v1/plan/check', { plan: text }, { signal: waiting.signal }).then(
        (answer) => { setChecked(answer); setProblem(undefined); },
        (error) => { if (!waiting.signal.aborted) setProblem(error instanceof Problem ? error : new Problem(500, 'broken')); },
      );
    }, 500);
    return () => { clearTimeout(later); waiting.abort(); };
  }, [text]);
  const at = (line: number) => {
    const lines = text.split('\n'), from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const area = box.current;
    if (!area) return;
    area.focus();
    area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    area.scrollTop = Math.max(0, (area.scrollHeight * (line - 4)) / Math.max(1, lines.length));
  };
  const good = checked !== undefined && checked.faults.length === 0;
  const look = async () => {
    setBusy(true);
    try { setLives(await simulate(text)); setProblem(undefined); } catch (error) { setProblem(error instanceof Problem ? error : new Problem(500, 'broken')); }
    setBusy(false);
  };
  return (
    <>
      <div class="plan-file">
        <Field label={t('plan.file')} help={t('plan.file_help')}>
          {(ids) => <textarea ref={box} class="code" spellcheck={false} rows={28} value={text} onInput={(event) => setText(event.currentTarget.value)} readOnly={!may('plan.manage')} {...ids} />}
        </Field>
        <section class="plan-faults" aria-live="polite">
          <h2>{checked === undefined ? t('plan.checking') : good ? t('plan.no_faults') : t('plan.n_faults', { n: checked.faults.length })}</h2>
          {checked && <p class="soft">{t('plan.n_campaigns', { n: checked.campaigns.length })}</p>}
          <ol>{checked?.faults.slice(0, 100).map((one, index) => <li key={index}><button type="button" class="link" onClick={() => at(one.line)}>{t('plan.line', { n: one.line })}</button> <span lang="en">{one.message}</span></li>)}</ol>
          {problem && <p class="error" role="alert">{sentenceOf(problem)}</p>}
          <p class="acts">
            <button type="button" class="quiet" disabled={!good || busy} onClick={() => void look()}>{busy ? t('shell.sending') : t('plan.look')}</button>
            {may('plan.manage') && <button type="button" disabled={!good} onClick={() => setPublishing(true)}>{t('plan.publish')}</button>}
            {changed && <button type="button" class="quiet" onClick={() => setText(written)}>{t('plan.discard')}</button>}
          </p>
        </section>
      </div>
      {lives && <section class="board-part"><h2>{t('plan.would_do')}</h2><Told of={lives} campaigns={checked?.campaigns ?? []} /></section>}
      {publishing && <Publish text={text} checked={checked!} close={() => setPublishing(false)} />}
    </>
  );
}

function Publish({ text, checked, close }: { text: string; checked: Checked; close: () => void }) {
  const [from, setFrom] = useState('');
  const [held, setHeld] = useState(false);
  const { state, onSubmit } = useForm(async () => {
    const done = await post('/api/v1/plan/publish', { plan: text, ...(from ? { from } : {}), ...(held ? { hold_back: true } : {}) });
    guard(undefined);
    toast(t('plan.published', { version: done.version, from: date(done.from ?? '', 'full') }));
    close();
    go(to('plan', 'versions'));
  });
  return (
    <Dialog title={t('plan.publish')} onClose={close}>
      <form onSubmit={onSubmit}>
        <p>{t('plan.publish_what', { version: checked.version, n: number(checked.campaigns.length) })}</p>
        <p class="soft">{t('plan.publish_rule')}</p>
        <Input type="date" label={t('plan.from')} help={t('plan.from_help')} value={from} onInput={(event) => setFrom(event.currentTarget.value)} error={state.errors.from} />
        {state.errors.plan && <p class="error">{state.errors.plan}</p>}
        {(held || state.problem?.code === 'plan_letters') && <Check label={t('plan.hold_back')} checked={held} onChange={(event) => setHeld(event.currentTarget.checked)} />}
        <FormProblem state={state} />
        <p class="acts"><Send state={state}>{t('plan.publish')}</Send><button type="button" class="quiet" onClick={close}>{t('shell.cancel')}</button></p>
      </form>
    </Dialog>
  );
}
