// The requirements of docs/law, as today's report has them. What is open stands first in the list's choice; each shows how it went day by day.
import { useRef, useState } from 'preact/hooks';
import { Empty, Shown } from '../../parts/page.tsx';
import { Split } from '../../parts/register.tsx';
import { FormProblem, Input, Send, Textarea, useForm } from '../../parts/form.tsx';
import { Table } from '../../parts/table.tsx';
import { get, post, request, sentenceOf, type Answer } from '../../shell/client.ts';
import { useKeys } from '../../shell/keys.ts';
import { useLoad } from '../../shell/load.ts';
import { go, to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, date, number, t } from '../../shell/words.ts';

type Report = Answer<'/api/v1/evidence'>;
type Requirement = Report['requirements'][number];

const stateOf = (one: Requirement) => one.evidence?.result ?? (one.duty ? `duty_${one.duty.state}` : 'none');
const isOpen = (one: Requirement) => ['not_met', 'not_measured'].includes(one.evidence?.result ?? '') || (one.duty !== null && one.duty.state !== 'done');
const bad = (state: string) => state === 'not_met' || state === 'not_measured' || state === 'duty_overdue' || state === 'duty_missing';

export function Requirements({ picked, shown }: { picked?: string; shown: string }) {
  const report = useLoad((signal) => get('/api/v1/evidence', { signal }), []);
  const [measuring, setMeasuring] = useState(false);
  const measure = async () => {
    setMeasuring(true);
    try { report.set(await post('/api/v1/evidence')); toast(t('auditor.measured')); } catch (error) { toast(sentenceOf(error), { alarm: true }); } finally { setMeasuring(false); }
  };
  return (
    <Shown of={report} lines={8}>
      {(data) => {
        const list = data.requirements.filter((one) => (shown === 'open' ? isOpen(one) : shown === 'duties' ? one.duty !== null : true));
        const one = data.requirements.find((each) => each.id === picked);
        const href = (id: string) => `${to('auditor', 'requirements', id)}${shown ? `?show=${shown}` : ''}`;
        return (
          <Split picked={one !== undefined}
            list={
              <>
                <div class="list-head audit-head">
                  <p class="audit-sums"><strong>{t('auditor.met', { n: data.counts.met, all: data.counts.met + data.counts.not_met + data.counts.not_measured })}</strong> <span class={data.counts.not_met + data.counts.not_measured > 0 ? 'alarm' : 'soft'}>{t('auditor.not_met', { n: data.counts.not_met + data.counts.not_measured })}</span> <span class={data.counts.duty_overdue + data.counts.duty_missing > 0 ? 'alarm' : 'soft'}>{t('auditor.duties_open', { n: data.counts.duty_overdue + data.counts.duty_missing })}</span></p>
                  <p class="soft small">{t('auditor.as_of', { when: date(data.generated_at, 'full') })} {may('evidence.keep') && <button type="button" class="link" disabled={measuring} onClick={() => void measure()}>{measuring ? t('auditor.measuring') : t('auditor.measure')}</button>}</p>
                  <nav class="choice" aria-label={t('auditor.show')}>{(['', 'open', 'duties'] as const).map((each) => <a key={each} class="button small quiet" aria-current={shown === each ? 'true' : undefined} href={`${to('auditor', 'requirements')}${each ? `?show=${each}` : ''}`}>{t(`auditor.show_${each || 'all'}`)}</a>)}</nav>
                </div>
                <Keys ids={list.map((each) => each.id)} picked={picked} href={href} />
                {list.length === 0 ? <Empty title={t('auditor.none_open')} /> : (
                  <ol class="register" aria-label={t('auditor.tab_requirements')}>
                    {list.map((each) => (
                      <li key={each.id}><a href={href(each.id)} aria-current={each.id === picked ? 'true' : undefined}>
                        <span class="requirement-row"><span class="requirement-id">{each.id}</span><span><span lang="en">{each.asks}</span><span class={`requirement-state${bad(stateOf(each)) ? ' alarm' : ''}`}>{coded('auditor.result_', stateOf(each))}{each.evidence && each.duty && each.duty.state !== 'done' && <span class="alarm">, {coded('auditor.result_', `duty_${each.duty.state}`)}</span>}</span></span></span>
                      </a></li>
                    ))}
                  </ol>
                )}
              </>
            }
            detail={one ? <One key={one.id} one={one} proofs={data.proofs.filter((proof) => proof.duty === one.id)} reload={report.reload} back={`${to('auditor', 'requirements')}${shown ? `?show=${shown}` : ''}`} /> : <p class="soft">{t('auditor.pick')}</p>} />
        );
      }}
    </Shown>
  );
}

function Keys({ ids, picked, href }: { ids: string[]; picked?: string; href: (id: string) => string }) {
  const step = (by: number) => {
    const at = ids.indexOf(picked ?? '');
    const next = ids[at < 0 ? 0 : Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (next && next !== picked) go(href(next), picked !== undefined);
  };
  useKeys([{ key: 'j', says: 'shell.key_next', does: () => step(1) }, { key: 'k', says: 'shell.key_previous', does: () => step(-1) }]);
  return null;
}

function One({ one, proofs, reload, back }: { one: Requirement; proofs: Report['proofs']; reload: () => Promise<void>; back: string }) {
  const found = one.evidence;
  return (
    <>
      <a class="back phone-only" href={back}>← {t('shell.back')}</a>
      <h2>{one.id}</h2>
      <p class="lead" lang="en">{one.asks}</p>
      <p class="soft">{one.clause}</p>
      {found && (
        <section class="audit-result">
          <p class={bad(found.result) ? 'alarm' : ''}><strong>{coded('auditor.result_', found.result)}</strong>{found.value !== null && <> {found.of === null ? number(found.value) : t('auditor.of', { n: found.value, all: found.of })} {found.expects && <span class="soft">{t('auditor.expects', { what: found.expects })}</span>}</>}</p>
          <p lang="en">{found.says}</p>
          <History id={one.id} />
          {found.sql && <details><summary>{t('auditor.sql')}</summary><pre tabIndex={0}><code>{found.sql.trim()}</code></pre></details>}
        </section>
      )}
      <section><h3>{t('auditor.how')}</h3><p lang="en">{one.how}</p></section>
      {one.tests.length > 0 && <section><h3>{t('auditor.tests')}</h3><p class="mono">{one.tests.join(', ')}</p></section>}
      {one.duty && (
        <section class="audit-duty">
          <h3>{t('auditor.duty')}</h3>
          <p lang="en">{one.duty.what}</p>
          <p class="soft">{t('auditor.duty_who', { who: one.duty.who, n: one.duty.every_months })} <strong class={one.duty.state === 'done' ? '' : 'alarm'}>{coded('auditor.result_', `duty_${one.duty.state}`)}</strong></p>
          {!found && <History id={one.id} />}
          {proofs.length > 0 && (
            <ul class="proofs">{[...proofs].reverse().map((proof) => <li key={proof.id}><time datetime={proof.on}>{date(proof.on)}</time> <span>{proof.note}</span> {proof.file && <a href={`/api/v1/evidence/proofs/${proof.id}`} download>{proof.file}</a>} <span class="soft">{proof.by}</span></li>)}</ul>
          )}
          {may('evidence.keep') && <LayDown duty={one.id} reload={reload} />}
        </section>
      )}
    </>
  );
}

/** Ninety days as thin strokes, the same as a table. */
function History({ id }: { id: string }) {
  const days = useLoad((signal) => get('/api/v1/evidence/history', { query: { requirement: id, limit: 90 }, signal }), [id]);
  return (
    <Shown of={days} lines={1}>
      {({ days: list }) => (list.length === 0 ? <p class="soft small">{t('auditor.no_history')}</p> : (
        <div class="history">
          <svg viewBox={`0 0 ${90 * 4} 16`} height="16" role="img" aria-label={t('auditor.history', { n: list.length, bad: list.filter((day) => bad(day.result)).length })}>
            {[...list].reverse().map((day, at) => <rect key={day.day} class={bad(day.result) ? 'alarm' : day.result === 'met' || day.result === 'duty_done' ? '' : 'soft'} x={at * 4} y={bad(day.result) ? 0 : 5} width="3" height={bad(day.result) ? 16 : 11}><title>{`${date(day.day)}: ${coded('auditor.result_', day.result)}`}</title></rect>)}
          </svg>
          <details class="figure-table"><summary>{t('shell.as_table')}</summary>
            <Table caption={t('auditor.history_title', { id })} quiet rows={list} id={(day) => day.day} columns={[
              { key: 'day', name: t('auditor.day'), cell: (day) => date(day.day), by: (day) => day.day, text: true },
              { key: 'result', name: t('auditor.result'), cell: (day) => coded('auditor.result_', day.result), by: (day) => day.result, text: true },
              { key: 'value', name: t('auditor.value'), cell: (day) => (day.value === null ? '–' : number(day.value)), by: (day) => day.value },
              { key: 'of', name: t('auditor.among'), cell: (day) => (day.of === null ? '–' : number(day.of)), by: (day) => day.of },
            ]} />
          </details>
        </div>
      ))}
    </Shown>
  );
}

function LayDown({ duty, reload }: { duty: string; reload: () => Promise<void> }) {
  const box = useRef<HTMLDetailsElement>(null);
  const { state, onSubmit } = useForm(async (form) => {
    const data = new FormData(form);
    data.set('duty', duty);
    await request('post', '/api/v1/evidence/proofs', data);
    form.reset();
    if (box.current) box.current.open = false;
    toast(t('auditor.kept'));
    await reload();
  });
  return (
    <details class="lay-down" ref={box}>
      <summary>{t('auditor.lay_down')}</summary>
      <form onSubmit={onSubmit}>
        <Input label={t('auditor.on')} name="on" type="date" required error={state.errors.on} />
        <Textarea label={t('auditor.note')} name="note" rows={2} maxLength={2000} error={state.errors.note} />
        <div class="field"><label>{t('auditor.file')} <input type="file" name="file" accept=".pdf,.png,.jpg,.jpeg,.txt,.json" /></label><p class="help">{t('auditor.file_help')}</p>{state.errors.file && <p class="error">{state.errors.file}</p>}</div>
        <FormProblem state={state} />
        <p class="acts"><Send state={state}>{t('auditor.lay_down_send')}</Send></p>
      </form>
    </details>
  );
}
