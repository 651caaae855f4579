// What no theme covers yet: phrases that rise, and a theme that is taught by examples and counted like the others from then on.
import { useSignal } from '@preact/signals';
import { FormProblem, Input, Textarea, useForm } from '../../parts/form.tsx';
import { Voice } from '../../parts/ink.tsx';
import { Shown } from '../../parts/page.tsx';
import { del, get, post, type Answer } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { t } from '../../shell/words.ts';
import { branchOf, type View } from './ask.ts';

type Taught = Answer<'/api/v1/taught-themes'>['themes'][number];
type Made = Taught & { found: number; looked_at: number; finds: { review: string; lang: string; body: string; start: number; end: number }[] };

function RisingPhrases({ branch }: { branch: string }) {
  const of = useLoad((signal) => get('/api/v1/rising', { query: { branch }, signal }), [branch]);
  return (
    <Shown of={of} lines={3}>{(data) => (data.groups.length === 0 ? <p class="soft">{t('headquarters.rising_none', { n: data.reviews })}</p> : (
      <ol class="sentences">
        {data.groups.map((group) => (
          <li key={group.phrases[0]}>
            <p><strong>«&#8239;{group.phrases[0]}&#8239;»</strong> <span class="soft">{group.phrases.slice(1).join(', ')}</span></p>
            <p class="facts small"><span>{t('headquarters.rising_counts', { now: group.now, before: group.before })}</span></p>
            {group.reviews.slice(0, 1).map((one) => <div key={one.review}><Voice text={one.body} lang={one.lang} /><p class="facts"><a href={to('reviews', one.review)}>{t('headquarters.open_review')}</a></p></div>)}
          </li>
        ))}
      </ol>
    ))}</Shown>
  );
}

function Teach({ changed }: { changed: () => void }) {
  const name = useSignal(''), examples = useSignal(''), made = useSignal<Made | undefined>(undefined);
  const taught = useLoad((signal) => get('/api/v1/taught-themes', { signal }), []);
  const form = useForm(async () => {
    made.value = await post('/api/v1/taught-themes', { name: name.value, examples: examples.value.split('\n').map((one) => one.trim()).filter(Boolean) }) as Made;
    name.value = examples.value = '';
    void taught.reload();
    changed();
  });
  const remove = async (one: Taught) => {
    await del('/api/v1/taught-themes/{taught}', { path: { taught: one.theme } });
    toast(t('headquarters.teach_removed', { name: one.name }));
    void taught.reload();
    changed();
  };
  const done = made.value;
  return (
    <>
      {taught.data && taught.data.themes.length > 0 && (
        <ul class="rows">{taught.data.themes.map((one) => (
          <li key={one.theme} class="facts"><strong>{one.name}</strong><span>{t('headquarters.teach_sure', { found: one.found_again, of: one.number, wrong: one.false_finds, others: one.others })}</span>
            <button type="button" class="link" onClick={() => void remove(one)}>{t('headquarters.teach_remove')} <span class="hidden">{one.name}</span></button></li>
        ))}</ul>
      )}
      {done && (
        <div role="status">
          <p>{t('headquarters.teach_finds', { name: done.name, n: done.found, of: done.looked_at })}</p>
          <ol class="sentences">{done.finds.map((one) => <li key={one.review}><Voice text={one.body} lang={one.lang} marks={[{ start: one.start, end: one.end, title: done.name }]} /></li>)}</ol>
        </div>
      )}
      <form onSubmit={form.onSubmit}>
        <Input label={t('headquarters.teach_name')} value={name.value} maxLength={60} error={form.state.errors.name} onInput={(event) => { name.value = event.currentTarget.value; }} />
        <Textarea label={t('headquarters.teach_examples')} help={t('headquarters.teach_help')} rows={8} value={examples.value} error={form.state.errors.examples} onInput={(event) => { examples.value = event.currentTarget.value; }} />
        <FormProblem state={form.state} />
        <p class="acts"><button type="submit" disabled={name.value.trim() === '' || examples.value.trim() === ''} aria-disabled={form.state.sending}>{t('headquarters.teach_send')}</button></p>
      </form>
    </>
  );
}

export function NewThemes({ view, changed }: { view: View; changed: () => void }) {
  const rising = useSignal(false), teaching = useSignal(false);
  return (
    <>
      {may('reviews.read') && <details class="case-part" onToggle={(event) => { rising.value = event.currentTarget.open; }}><summary>{t('headquarters.rising')}</summary>{rising.value && <RisingPhrases branch={branchOf(view)} />}</details>}
      {may('findings.manage') && <details class="case-part" onToggle={(event) => { teaching.value = event.currentTarget.open; }}><summary>{t('headquarters.teach')}</summary>{teaching.value && <Teach changed={changed} />}</details>}
    </>
  );
}
