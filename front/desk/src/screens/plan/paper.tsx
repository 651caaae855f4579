// Letters on paper: how many wait, the print runs with their files for the printer, and what the post brought back.
import { useState } from 'preact/hooks';
import { confirm } from '../../parts/dialog.tsx';
import { FormProblem, Send, Textarea, useForm } from '../../parts/form.tsx';
import { Empty, Failure, Waiting } from '../../parts/page.tsx';
import { address, get, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { usePages } from '../../shell/load.ts';
import { toast } from '../../shell/toast.tsx';
import { date, t } from '../../shell/words.ts';

type Run = Answer<'/api/v1/plan/paper/runs'>['runs'][number];
type Back = Answer<'/api/v1/plan/paper/returns', 'post'>;

export function Paper() {
  const [waits, setWaits] = useState(0);
  const runs = usePages<Run>(async (after, signal) => {
    const page = await get('/api/v1/plan/paper/runs', { query: { limit: 20, after }, signal });
    setWaits(page.waiting);
    return [page.runs, page.next];
  }, []);
  const making = useForm(async () => {
    const { run } = await post('/api/v1/plan/paper/runs');
    toast(t('plan.paper_made', { run: run.id }));
    await runs.reload();
  });
  if (runs.error && runs.items.length === 0) return <Failure problem={runs.error} retry={runs.reload} />;
  if (runs.items.length === 0 && runs.loading) return <Waiting />;
  return (
    <>
      <form class="plan-holds" onSubmit={making.onSubmit}>
        <p role="status">{waits > 0 ? t('plan.paper_waiting', { n: waits }) : t('plan.paper_none_waits')}</p>
        <FormProblem state={making.state} />
        {waits > 0 && <p class="acts"><Send state={making.state}>{t('plan.paper_make')}</Send></p>}
      </form>
      {runs.items.length === 0 ? <Empty title={t('plan.paper_none')}>{t('plan.paper_none_hint')}</Empty> : (
        <ol class="plan-list plan-runs">{runs.items.map((one) => <li key={one.id}><One of={one} onChange={(next) => runs.change((items) => items.map((each) => (each.id === next.id ? next : each)))} /></li>)}</ol>
      )}
      {!runs.done && <p class="acts"><button type="button" class="quiet" onClick={() => void runs.more()}>{t('plan.call_more')}</button></p>}
      {runs.items.length > 0 && <Returns onNoted={runs.reload} />}
    </>
  );
}

function One({ of, onChange }: { of: Run; onChange: (run: Run) => void }) {
  const path = { paper_run: of.id };
  const gone = of.forgotten_at !== null && new Date(of.forgotten_at) <= new Date();
  const [problem, setProblem] = useState<unknown>(undefined);
  const tell = async () => {
    if (!(await confirm(t('plan.paper_printed'), t('plan.paper_printed_yes'), t('plan.paper_printed_ask')))) return;
    try { onChange((await post('/api/v1/plan/paper/runs/{paper_run}/printed', undefined, { path })).run); } catch (error) { setProblem(error); }
  };
  return (
    <article aria-labelledby={`run-${of.id}`}>
      <h2 id={`run-${of.id}`}>{t('plan.paper_run', { run: of.id })}</h2>
      <p class="facts">
        <span>{t('plan.paper_letters', { n: of.letters })}</span>
        <span>{t('plan.paper_made_by', { at: date(of.made_at, 'full'), who: of.made_by.replace(/^(staff|system):/, '') })}</span>
        <span>{of.printed_at ? t('plan.paper_printed_at', { at: date(of.printed_at, 'full') }) : t('plan.paper_open')}</span>
        {of.returned > 0 && <span>{t('plan.paper_back', { n: of.returned })}</span>}
        {of.forgotten_at && <span>{gone ? t('plan.paper_forgotten', { at: date(of.forgotten_at) }) : t('plan.paper_until', { at: date(of.forgotten_at) })}</span>}
      </p>
      {!gone && (
        <ul class="plan-files">
          {of.files.map(({ first, last }) => <li key={first}><a href={address('/api/v1/plan/paper/runs/{paper_run}/letters.zip', { path, query: { first } })} download>{t('plan.paper_file', { first, last })}</a></li>)}
          <li><a href={address('/api/v1/plan/paper/runs/{paper_run}/letters.csv', { path })} download>{t('plan.paper_addresses')}</a></li>
          <li><a href={address('/api/v1/plan/paper/runs/{paper_run}/manifest.json', { path })} download>{t('plan.paper_manifest')}</a></li>
        </ul>
      )}
      {problem !== undefined && <p class="error" role="alert">{sentenceOf(problem)}</p>}
      {!of.printed_at && <p class="acts"><button type="button" class="quiet" onClick={() => void tell()}>{t('plan.paper_printed')}</button></p>}
    </article>
  );
}

/** One letter a line, as a scanner for bar codes types them: its number, then why. */
const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
  const [reference = '', ...why] = line.split(/[\s;,]+/);
  return { reference, reason: why.join(' ') };
});

function Returns({ onNoted }: { onNoted: () => Promise<void> }) {
  const [back, setBack] = useState<Back | undefined>(undefined);
  const { state, onSubmit } = useForm(async (form) => {
    const box = form.elements.namedItem('returns') as HTMLTextAreaElement;
    const said = await post('/api/v1/plan/paper/returns', { returns: linesOf(box.value) });
    setBack(said);
    box.value = linesOf(box.value).filter((one) => said.unknown.includes(one.reference)).map((one) => `${one.reference} ${one.reason}`.trim()).join('\n');  // to be looked at again
    await onNoted();
  });
  return (
    <form class="board-part" onSubmit={onSubmit}>
      <h2>{t('plan.paper_returns')}</h2>
      <Textarea label={t('plan.paper_returned')} name="returns" required spellcheck={false} help={t('plan.paper_returned_help')} error={state.errors.returns} />
      <FormProblem state={state} />
      <div role="status">{back && (
        <>
          {back.taken > 0 && <p>{t('plan.paper_taken', { n: back.taken })}</p>}
          {back.already > 0 && <p>{t('plan.paper_already', { n: back.already })}</p>}
          {back.unknown.length > 0 && <p class="error">{t('plan.paper_unknown', { list: back.unknown.join(', ') })}</p>}
        </>
      )}</div>
      <p class="acts"><Send state={state}>{t('plan.paper_note')}</Send></p>
    </form>
  );
}
