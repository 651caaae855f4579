// A file is looked at first: counts, the first rows as understood, what would be rejected and why. Then it is taken, or not.
import { useState } from 'preact/hooks';
import { FileField, FormProblem, Select, Send, useForm } from '../../parts/form.tsx';
import { Empty, Shown } from '../../parts/page.tsx';
import { Split } from '../../parts/register.tsx';
import { Table } from '../../parts/table.tsx';
import { address, get, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { useLive } from '../../shell/live.ts';
import { useLoad } from '../../shell/load.ts';
import { go, to } from '../../shell/router.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, date, duration, percent, t } from '../../shell/words.ts';

type Whole = Answer<'/api/v1/imports/{import}'>;
// What a row must have; the rest stands in docs/formats.md.
const needed: Record<string, string> = { sites: 'code, name, country', products: 'code, name, kind', experiences: 'id, kind, occurred_on, site', people: 'email, name, role, scope' };

export function Imports({ picked }: { picked?: string }) {
  const all = useLoad(async (signal) => get('/api/v1/imports', { signal }), []);
  const [fresh, setFresh] = useState<Whole>();
  useLive(/^import\./, () => { void all.reload(); });
  return (
    <Shown of={all}>
      {({ imports, kinds }) => (
        <Split
          picked={picked !== undefined}
          list={(
            <>
              <New kinds={kinds} made={(one) => { setFresh(one); void all.reload(); go(to('settings', 'imports', one.id)); }} />
              {imports.length === 0 ? <Empty title={t('settings.no_imports')} /> : (
                <ol class="register" aria-label={t('settings.tab_imports')}>
                  {imports.map((one) => (
                    <li key={one.id}><a href={to('settings', 'imports', one.id)} aria-current={one.id === picked ? 'true' : undefined} class="set-row"><span class="set-name">{one.file_name}</span><span class="soft set-short">{coded('settings.file_', one.kind)} · {date(one.at, 'moment')}</span><span class={one.state === 'failed' ? 'set-edition alarm' : 'set-edition soft'}>{one.state === 'running' && one.total > 0 ? percent(one.counts.read / one.total) : coded('settings.import_', one.state)}</span></a></li>
                  ))}
                </ol>
              )}
            </>
          )}
          detail={picked ? <One key={picked} id={picked} fresh={fresh?.id === picked ? fresh : undefined} reload={() => { void all.reload(); }} /> : <Empty title={t('settings.pick')} />}
        />
      )}
    </Shown>
  );
}

function New({ kinds, made }: { kinds: string[]; made: (one: Whole) => void }) {
  const [kind, setKind] = useState(kinds[0] ?? '');
  const [file, setFile] = useState<File>();
  const { state, onSubmit } = useForm(async (form) => {
    const given = new FormData();
    given.append('kind', String(new FormData(form).get('kind')));
    if (file) given.append('file', file);
    made(await post('/api/v1/imports', given));
  });
  return (
    <form onSubmit={onSubmit} class="set-file">
      <Select label={t('settings.file_kind')} name="kind" value={kind} onChange={(event) => setKind(event.currentTarget.value)} options={kinds.map((one) => [one, coded('settings.file_', one)])} help={kind === 'people' ? t('settings.people_help') : undefined} />
      <FileField label={t('settings.file')} help={<>{t('settings.file_help')} {t('settings.needs')} <code>{needed[kind]}</code></>} accept=".csv,.jsonl,.ndjson" onFile={setFile} error={state.errors['file']} />
      <FormProblem state={state} />
      <p class="acts"><Send state={state}>{t('settings.look')}</Send></p>
    </form>
  );
}

/** How far it is, row by row; the platform says so once a second. */
function Progress({ of }: { of: Whole }) {
  const { read } = of.counts, begun = of.state === 'running';
  return (
    <div class="set-progress">
      <progress max={Math.max(1, of.total)} value={begun ? read : undefined} aria-label={coded('settings.import_', of.state)} />
      <p role="status">{begun ? t('settings.progress', { read, total: of.total }) : coded('settings.import_', of.state)}</p>
    </div>
  );
}

function One({ id, fresh, reload }: { id: string; fresh?: Whole; reload: () => void }) {
  const kept = useLoad((signal) => get('/api/v1/imports/{import}', { path: { import: id }, signal }), [id]);
  useLive(/^import\./, (event) => { if (event.ref === id || event.ref === '') void kept.reload(); });
  return (
    <Shown of={kept}>
      {(now) => {
        const one = fresh && now.state === 'previewed' ? fresh : now;
        const columns = [...new Set(one.rows.flatMap((row) => Object.keys(row)))];
        return (
          <article class="set-one" aria-labelledby="set-title">
            <h2 id="set-title">{one.file_name}</h2>
            {(one.state === 'waiting' || one.state === 'running') && <Progress of={one} />}
            <p>{t(one.state === 'running' || one.state === 'done' || one.state === 'failed' ? 'settings.counts_done' : 'settings.counts', { read: one.counts.read, taken: one.counts.taken, already: one.counts.already, rejected: one.counts.rejected })}</p>
            {one.why && <p class="error">{one.why}</p>}
            {one.state === 'previewed'
              ? <p class="acts"><button type="button" disabled={one.counts.taken === 0} onClick={() => { post('/api/v1/imports/{import}/start', undefined as never, { path: { import: id } }).then(() => { reload(); void kept.reload(); }, (error) => toast(sentenceOf(error), { alarm: true })); }}>{t('settings.take', { n: one.counts.taken })}</button></p>
              : one.ended_at && <p class="soft" role="status">{coded('settings.import_', one.state)}, {date(one.ended_at, 'full')}{one.started_at && `, ${duration((Date.parse(one.ended_at) - Date.parse(one.started_at)) / 1000)}`}</p>}
            {one.rejections.length > 0 && (
              <>
                <h3>{t('settings.rejected')}{one.state === 'done' && <> <a class="csv" href={address('/api/v1/imports/{import}/rejections.csv', { path: { import: id } })} download>CSV</a></>}</h3>
                {one.counts.rejected > one.rejections.length && <p class="soft small">{t('settings.first_of', { n: one.rejections.length, all: one.counts.rejected })}</p>}
                <ul class="set-criteria">{one.rejections.map((rejection) => <li key={rejection.line}><span lang="en">{rejection.why}</span> <span class="soft">{t('settings.line', { n: rejection.line })}</span></li>)}</ul>
              </>
            )}
            {one.rows.length > 0 && <Table caption={t('settings.first_rows')} columns={columns.map((name) => ({ key: name, name, text: true, cell: (row: Record<string, string>) => row[name] ?? '' }))} rows={one.rows} id={(row) => JSON.stringify(row)} />}
          </article>
        );
      }}
    </Shown>
  );
}
